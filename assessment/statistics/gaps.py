"""How far apart two groups are: roles, or an organisation and the rest (statistics 1.5).

A group is compared with everybody else, never with the total that contains it. The verdict on a gap follows the same
rules as the verdict on a change (`change.compare`, `change.verdicts`).
"""

from __future__ import annotations

import enum

import numpy as np
from numpy.typing import ArrayLike

from assessment.statistics.change import Comparison, compare
from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.sums import Sums
from assessment.statistics.values import Floats


class Size(enum.StrEnum):
    """How large a gap is; the value is the phrase to show."""

    SAME = "about the same"
    LITTLE = "a little"
    CLEARLY = "clearly"
    VERY = "very"


def probability_higher(first: ArrayLike, second: ArrayLike) -> Floats:
    """Return how often one of the first group gives a higher answer than one of the second, ties half.

    PS = P(X > Y) + P(X = Y) / 2 = U / (n1 n2), Mann and Whitney's U. Counts of the same ordered answers lie along the
    last axis. NaN where a group is empty.

    >>> float(probability_higher([0, 0, 1, 4, 3], [1, 2, 5, 2, 0]))
    0.89375
    """
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    below = np.cumsum(two, axis=-1) - two
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((one * (below + two / 2)).sum(axis=-1) / (one.sum(axis=-1) * two.sum(axis=-1)))


def tallied(first: ArrayLike, second: ArrayLike) -> tuple[Floats, Floats]:
    """Count two groups' raw scores over the values that occur in either; NaN (missing) is left out."""
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    one, two = one[~np.isnan(one)], two[~np.isnan(two)]
    values, place = np.unique(np.concatenate([one, two]), return_inverse=True)
    tables = (np.bincount(part, minlength=len(values)) for part in (place[: len(one)], place[len(one) :]))
    a, b = (np.asarray(table, dtype=float) for table in tables)
    return a, b


def cliffs_delta(probability: ArrayLike) -> Floats:
    """Return Cliff's delta, 2 PS - 1: from -1 (always lower) to 1 (always higher)."""
    return np.asarray(2 * np.asarray(probability, dtype=float) - 1)


def size(delta: float, settings: Judgement = JUDGEMENT) -> Size:
    """Put Cliff's delta into words, by Romano's (2006) thresholds as in R effsize; raise ValueError for NaN.

    >>> size(0.1), size(-0.2), size(0.4), size(0.7875)
    (<Size.SAME: 'about the same'>, <Size.LITTLE: 'a little'>, <Size.CLEARLY: 'clearly'>, <Size.VERY: 'very'>)
    """
    if np.isnan(delta):
        raise ValueError("an empty group has no gap")
    bounds = (settings.about_the_same, settings.a_little, settings.clearly)
    return tuple(Size)[sum(abs(delta) >= bound for bound in bounds)]


def against_rest(groups: Sums, alliance: Sums, settings: Judgement = JUDGEMENT) -> Comparison:
    """Compare every group with everybody else on every measure: group minus rest, groups x measures.

    `alliance` holds the sums of the whole as its only group. Judge what is shown together with `change.verdicts`.
    """
    points = np.array([measure.points for measure in groups.measures])
    return compare(groups.rest(alliance).summary, groups.summary, points, settings)
