"""Do we see it alike? Spread of answers on an ordered scale, from the counts of its points (statistics 1.4).

Every function takes counts along the last axis, points 1..m in order, without "can't say"; weights are allowed.
NaN where nobody answered. Leik's D is what we show; A, SD and Cns are for the coordinator's technical panel.
"""

from __future__ import annotations

import enum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats


class Agreement(enum.StrEnum):
    """How alike we see something; the value is the phrase to show."""

    ALIKE = "we see this alike"
    SOME = "some difference"
    DIFFERENT = "we see this very differently"
    SPLIT = "we are split"


def leik(counts: ArrayLike) -> Floats:
    """Return Leik's ordinal dispersion D: 0 all the same answer, 1 half at each end.

    D = sum_{j<m} min(F_j, 1 - F_j) / ((m - 1) / 2), F cumulative shares. Leik (1966), as in R agrmt 1.42.12.

    >>> float(leik([2, 2, 2, 2, 2])), float(leik([5, 0, 0, 0, 5])), float(leik([0, 0, 9, 0, 0]))
    (0.6, 1.0, 0.0)
    """
    counts = np.asarray(counts, dtype=float)
    below = np.cumsum(counts, axis=-1)
    whole = below[..., -1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        # min(F, 1 - F) from counts, so that identical answers give 0 and not a rounding error
        smaller = np.minimum(below, whole - below)[..., :-1].sum(axis=-1) / whole[..., 0]
    return np.asarray(smaller / ((counts.shape[-1] - 1) / 2))


def steps_from_median(counts: ArrayLike) -> Floats:
    """Return by how many steps people are away from the median answer, on average: D (m - 1) / 2.

    >>> float(steps_from_median([1, 2, 4, 2, 1]))
    0.8
    """
    counts = np.asarray(counts, dtype=float)
    return np.asarray(leik(counts) * (counts.shape[-1] - 1) / 2)


def camps(counts: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return how many answered below the middle of the scale, in its middle (0 on an even scale), and above."""
    counts = np.asarray(counts, dtype=float)
    half = counts.shape[-1] // 2
    low, high = counts[..., :half].sum(axis=-1), counts[..., -half:].sum(axis=-1)
    middle = counts[..., half] if counts.shape[-1] % 2 else np.zeros_like(low)
    return np.asarray(low), np.asarray(middle), np.asarray(high)


def split(counts: ArrayLike, settings: Judgement = JUDGEMENT) -> NDArray[Any]:
    """Tell whether there are two camps: the smaller holds 30 % and 3 people at least, the middle no more than it.

    >>> bool(split([2, 2, 1, 2, 2])), bool(split([1, 1, 0, 2, 2])), bool(split([0, 3, 4, 3, 0]))
    (True, False, False)
    """
    low, middle, high = camps(counts)
    smaller = np.minimum(low, high)
    whole = low + middle + high
    enough = (smaller >= settings.camp_share * whole) & (smaller >= settings.camp_people)
    return np.asarray(enough & (middle <= smaller))


def agreement(counts: ArrayLike, settings: Judgement = JUDGEMENT) -> Agreement:
    """Put one question's counts into words; raise ValueError where nobody answered.

    >>> agreement([0, 0, 5, 5, 0]), agreement([3, 3, 0, 3, 3])
    (<Agreement.SOME: 'some difference'>, <Agreement.SPLIT: 'we are split'>)
    """
    spread = float(leik(counts))
    if np.isnan(spread):
        raise ValueError("nobody answered: there is no agreement to speak of")
    if split(counts, settings):
        return Agreement.SPLIT
    if spread > settings.different_above:
        return Agreement.DIFFERENT
    return Agreement.ALIKE if spread < settings.alike_below else Agreement.SOME


def van_der_eijk(counts: ArrayLike) -> Floats:
    """Return van der Eijk's agreement A: -1 two camps, 0 flat, 1 all the same (van der Eijk 2001).

    Counts are peeled into layers of equal height; A is the mean of the layers' agreement weighted by their size.

    >>> [round(float(van_der_eijk(c)), 7) for c in ([5, 0, 0, 0, 5], [1, 2, 4, 2, 1])]
    [-1.0, 0.35]
    """
    counts = np.asarray(counts, dtype=float)
    flat = counts.reshape(-1, counts.shape[-1])
    return np.array([_peel(row) for row in flat]).reshape(counts.shape[:-1])


def _peel(row: Floats) -> float:
    whole, found = row.sum(), 0.0
    if not whole > 0:
        return np.nan
    while (pattern := row > 0).any():
        height = row[pattern].min()
        found += height * pattern.sum() / whole * _layer(pattern)
        row = np.where(pattern, row - height, 0.0)
    return float(found)


def _layer(pattern: NDArray[np.bool_]) -> float:
    """Return U (1 - (S-1)/(K-1)) of one layer; U = ((K-2) TU - (K-1) TDU) / ((K-2)(TU + TDU)) over triples.

    TU counts triples 110 and 011, TDU triples 101.
    """
    k, s = len(pattern), int(pattern.sum())
    if s in {1, k}:
        return 1.0 if s == 1 else 0.0
    ones = pattern.astype(int)
    ones_before = np.asarray(np.cumsum(ones) - ones)
    ones_after = s - ones_before - ones
    empty = ~pattern
    tdu = int((ones_before * ones_after)[empty].sum())
    tu = int((_pairs(ones_before) + _pairs(ones_after))[empty].sum())
    unimodal = ((k - 2) * tu - (k - 1) * tdu) / ((k - 2) * (tu + tdu))
    return unimodal * (1 - (s - 1) / (k - 1))


def _pairs(count: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(count * (count - 1) // 2)


def consensus(counts: ArrayLike) -> Floats:
    """Return Tastle and Wierman's Cns = 1 + sum p_i log2(1 - |i - mu| / (m - 1)); 1 all the same, 0 half at each end.

    >>> round(float(consensus([2, 2, 2, 2, 2])), 6)
    0.433985
    """
    counts = np.asarray(counts, dtype=float)
    points = np.arange(counts.shape[-1])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counts / counts.sum(axis=-1, keepdims=True)
        apart = np.abs(points - (share * points).sum(axis=-1, keepdims=True)) / (len(points) - 1)
        bits = np.where(share > 0, share * np.log2(1 - apart), np.where(np.isnan(share), np.nan, 0.0))
    return np.asarray(1 + bits.sum(axis=-1))
