"""Questions whose good place is the middle, and the pair of autonomy and control (statistics 1.8).

A two-sided scale is the just-about-right scale of ASTM MNL63: its two sides are always shown with the direction,
because half at each end and everybody in the middle have the same direction.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from assessment.statistics.agreement import camps, leik
from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats


class Lean(enum.StrEnum):
    """Where a two-sided question leans."""

    RIGHT = "right"
    LOW = "low"
    HIGH = "high"
    BOTH = "pulled both ways"
    UNCLEAR = "unclear"


class TwoSided(NamedTuple):
    """Answers to a two-sided question: people on the low side, about right, and on the high side.

    `direction` is the mean distance from the middle with its sign, `distance` without, both in points; `balance` is
    100 in the middle and 0 at the ends (for exports only). NaN where nobody answered.
    """

    low: float
    right: float
    high: float
    direction: float
    distance: float
    balance: float


def two_sided(counts: ArrayLike) -> TwoSided:
    """Read the counts of points 1..m; on an even scale nobody is about right.

    For a question whose "too much" leans inward turn the counts round first, so that low is inward.

    >>> two_sided([2, 3, 5, 1, 1]).distance.__round__(4)
    0.8333
    """
    table = np.asarray(counts, dtype=float)
    low, right, high = (float(side) for side in camps(table))
    x = np.arange(1, len(table) + 1) - (len(table) + 1) / 2
    with np.errstate(invalid="ignore"):
        share = table / table.sum()
    direction, distance = float((share * x).sum()), float((share * np.abs(x)).sum())
    return TwoSided(low, right, high, direction, distance, 100 * (1 - distance / float(x[-1])))


def lean(found: TwoSided, settings: Judgement = JUDGEMENT) -> Lean:
    """Name the side: right from 60 % on, a side from 20 % and 3 people on, both if both are named.

    >>> lean(two_sided([2, 3, 5, 1, 1])), lean(two_sided([0, 2, 5, 1, 0])), lean(two_sided([2, 2, 1, 2, 2]))
    (<Lean.LOW: 'low'>, <Lean.RIGHT: 'right'>, <Lean.BOTH: 'pulled both ways'>)
    """
    people = found.low + found.right + found.high
    if people and found.right >= settings.right_share * people:
        return Lean.RIGHT
    fewest = max(settings.side_share * people, settings.camp_people)
    named = (found.low >= fewest, found.high >= fewest)
    return {(True, True): Lean.BOTH, (True, False): Lean.LOW, (False, True): Lean.HIGH}.get(named, Lean.UNCLEAR)


class Penalty(NamedTuple):
    """How much lower people on a side rate something overall than those in the middle; NaN for an empty side."""

    low: float
    high: float


def penalty(codes: ArrayLike, overall: ArrayLike, points: int) -> Penalty:
    """Return the mean drop in `overall` on either side of a two-sided question, person by person (NaN: missing).

    For coordinators, from `Judgement.penalty_people` answers on.
    """
    side, rated = np.asarray(codes, dtype=float) - (points + 1) / 2, np.asarray(overall, dtype=float)
    right, low, high = (_mean(rated[chosen & ~np.isnan(rated)]) for chosen in (side == 0, side < 0, side > 0))
    return Penalty(right - low, right - high)


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else np.nan


class Autonomy(NamedTuple):
    """Where we are between each on its own and one centre, and where our purpose needs us to be.

    `gap` is needed minus now on average, `misfit` its size without sign, in points; `more`, `same` and `less` count
    people who need more central direction, the same, or less. `disagreement` is Leik's D of what is needed.
    """

    people: int
    gap: float
    misfit: float
    more: int
    same: int
    less: int
    disagreement: float

    def has_direction(self, settings: Judgement = JUDGEMENT) -> bool:
        """Tell whether the gap may be told as a direction: not if people disagree on what is needed."""
        return self.people > 0 and self.disagreement <= settings.different_above


def autonomy(now: ArrayLike, needed: ArrayLike, points: int) -> Autonomy:
    """Compare what is with what is needed, over people who answered both (points 1..points, NaN: missing)."""
    a, b = np.asarray(now, dtype=float), np.asarray(needed, dtype=float)
    both = ~(np.isnan(a) | np.isnan(b))
    gap = b[both] - a[both]
    wanted = np.bincount(b[both].astype(int), minlength=points + 1)[1:]
    more, same, less = (int(side.sum()) for side in (gap > 0, gap == 0, gap < 0))
    return Autonomy(len(gap), _mean(gap), _mean(np.abs(gap)), more, same, less, float(leik(wanted)))
