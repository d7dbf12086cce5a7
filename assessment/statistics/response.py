"""Who answered, and how evenly: computed at sealing, never while a round is open (statistics 1.7)."""

from __future__ import annotations

import enum

import numpy as np
from numpy.typing import ArrayLike

from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats


class Evenness(enum.StrEnum):
    """How evenly organisations were heard; the value is the phrase to show."""

    BALANCED = "balanced"
    SOMEWHAT = "somewhat uneven"
    UNEVEN = "uneven"


def response_rate(answered: int, invited: int) -> float:
    """Return f = n/N; raise ValueError where nobody was invited."""
    if invited < 1:
        raise ValueError("nobody was invited")
    return answered / invited


def voice_balance(answered: ArrayLike, invited: ArrayLike) -> float:
    """Return which share of answers would have to come from other organisations to match the membership.

    D = 1/2 sum |n_i/n - N_i/N|, the dissimilarity index. NaN where nobody answered.

    >>> round(voice_balance([9, 6, 2, 12, 1], [10, 8, 10, 20, 4]), 7)
    0.1692308
    """
    n, people = _pair(answered, invited)
    if not n.sum() > 0:
        return np.nan
    return float(np.abs(n / n.sum() - people / people.sum()).sum() / 2)


def evenness(balance: float, settings: Judgement = JUDGEMENT) -> Evenness:
    """Put the voice balance into words; raise ValueError for NaN."""
    if np.isnan(balance):
        raise ValueError("nobody answered: there is no balance")
    if balance > settings.uneven_above:
        return Evenness.UNEVEN
    return Evenness.BALANCED if balance < settings.balanced_below else Evenness.SOMEWHAT


def r_indicator(answered: ArrayLike, invited: ArrayLike) -> float:
    """Return R = 1 - 2 S(rho) over organisations' response rates (Schouten, Cobben and Bethlehem 2009).

    S^2 = sum N_i (rho_i - rho)^2 / (N - 1). Biased downwards for small organisations: see `adjusted_r_indicator`.
    """
    n, people = _pair(answered, invited)
    return float(1 - 2 * np.sqrt(_scatter(n, people) / (people.sum() - 1)))


def adjusted_r_indicator(answered: ArrayLike, invited: ArrayLike) -> float:
    """Return R without the part of the scatter that chance alone makes.

    S^2 = max(0, sum N_i (rho_i - rho)^2 / N - (H - 1) rho (1 - rho) / (N - 1)). Ten organisations of four people with
    equal propensities have a raw R of 0.54 on average, an adjusted one of 0.89. Own judgement; bias adjustment is
    recommended by Shlomo, Skinner and Schouten (2012).

    >>> round(adjusted_r_indicator([9, 6, 2, 12, 1], [10, 8, 10, 20, 4]), 7)
    0.5936246
    """
    n, people = _pair(answered, invited)
    whole, rate = people.sum(), n.sum() / people.sum()
    chance = (len(n) - 1) * rate * (1 - rate) / (whole - 1)
    return float(1 - 2 * np.sqrt(max(0.0, _scatter(n, people) / whole - chance)))


def speaks_for_alliance(
    answered: int, invited: int | None, heard: int, organisations: int, settings: Judgement = JUDGEMENT
) -> bool:
    """Tell whether results may be called the alliance's: else "the views of those who answered", no words, no verdicts.

    At least 30 % of people and half of the organisations; False where N is unknown. Without organisations
    (`organisations` 0: attribution is off) people alone decide.
    """
    if not invited or answered / invited < settings.fewest_answered:
        return False
    return organisations == 0 or heard / organisations >= settings.fewest_heard


def _scatter(n: Floats, people: Floats) -> float:
    return float((people * (n / people - n.sum() / people.sum()) ** 2).sum())


def _pair(answered: ArrayLike, invited: ArrayLike) -> tuple[Floats, Floats]:
    n, people = np.asarray(answered, dtype=float), np.asarray(invited, dtype=float)
    if n.shape != people.shape or not (people > 0).all():
        raise ValueError("every organisation needs a number of people invited, above zero")
    return n, people
