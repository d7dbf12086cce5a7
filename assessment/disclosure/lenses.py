"""Two lenses side by side: shown only where small and large organisations differ less than they could (rule R19).

The second lens beside the first tells how far answers follow the size of organisations. Near the most that this could
be with the same answers, it tells who gave which: all high ones in the small organisations, say. So at the guarded
level it keeps one person's full move, and the slack of R9a, away from both extremes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessment.disclosure.averages import SLACK, of_averages


def extremes(scores: ArrayLike, organisations: Sequence[int], nowhere: int) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest average by organisation that the same scores could have, in the scores' unit.

    `scores` are whole numbers whose sum fits 64 bits, `organisations` the people of each organisation heard, `nowhere`
    those who count in the total only.
    """
    sizes = sorted(organisations, reverse=True)
    ascending = np.sort(np.asarray(scores, np.int64))
    return _dealt(ascending[::-1], nowhere, sizes), _dealt(ascending, nowhere, sizes)


def _dealt(ordered: NDArray[np.int64], nowhere: int, sizes: Sequence[int]) -> Fraction:
    """Deal scores out in their order, first to those who count for nothing, then to one organisation after another."""
    ends = np.cumsum([nowhere, *sizes])
    blocks = np.diff(np.concatenate([[0], np.cumsum(ordered)])[ends])
    return of_averages([int(total) for total in blocks], sizes)


def reach(organisations: Sequence[int], nowhere: int, points: int) -> Fraction:
    """Return how far, in points, one person's move and the slack can shift one lens against the other."""
    least = Fraction(0) if nowhere else Fraction(1, max(organisations) * len(organisations))
    return (points - 1 + SLACK) * (Fraction(1, min(organisations) * len(organisations)) - least)


def apart_enough(least: Fraction, most: Fraction, low: Fraction, high: Fraction, away: Fraction) -> bool:
    """Tell whether an average by organisation, which rounds like all from `least` up to `most`, keeps off the extremes.

    Its rounding step must reach `away` from either extreme, and leave no smaller rest beyond it: that nothing is shown
    would tell of so small a rest that all high answers, say, are in the small organisations.
    """
    above = least <= high - away and (most <= high - away or high < most)
    below = low + away <= most and (low + away <= least or least <= low)
    return above and below
