"""Averages as they are shown: rounded, end-coded near unanimity, with a spread that gives nothing away (R9a, R17)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from assessment.disclosure.people import band, lowest
from assessment.disclosure.values import Average, Bound
from assessment.statistics.means import half_width
from assessment.statistics.settings import JUDGEMENT

FINE, COARSE, EXACT = Fraction(1, 10), Fraction(1, 5), Fraction(0)
FINE_FROM = 10
"""From this many answers on averages are shown to 0.1, below to 0.2."""
SLACK = 2
"""How far beyond one person's full range a total must lie from either end of the scale to be shown."""
SPREAD_STEP = Fraction(1, 10)
NEIGHBOURS = 0.25
"""Variance of answers that are half one point, half the next: smaller spreads tell that all but one answered so."""
WIDE = 0.8
"""Spreads above this share of the largest possible one are shown as the largest: they tell who stands at the ends."""
INNER = 0.5


class Mean(NamedTuple):
    """An exact average: its value, how many answered, and among how many people one person's move is shared at least.

    With one person one voice `shared_by` is n; with one organisation one voice h x the smallest organisation's n.
    `voices` are the people, or the organisations, that count one each.
    """

    value: Fraction
    n: int
    shared_by: int
    voices: int


class Rounded(NamedTuple):
    """An average after rounding and end-coding; `step` is the grid of its value."""

    value: Fraction
    step: Fraction
    bound: Bound


class Known(NamedTuple):
    """Between what an average lies, both included: the same twice where it is known."""

    low: Fraction
    high: Fraction


def of_people(total: int, unit: int, n: int) -> Mean:
    """Return the average of n people whose scores add up to total/unit points."""
    return Mean(Fraction(total, unit * n), n, n, n)


def of_averages(totals: Sequence[int], people: Sequence[int]) -> Fraction:
    """Return the exact average of totals/people, each counting once; whole numbers until the end, for they are many.

    >>> of_averages([3, 4], [1, 2])
    Fraction(5, 2)
    """
    common = math.lcm(*people)
    return Fraction(sum(total * (common // n) for total, n in zip(totals, people, strict=True)), common * len(people))


def has_room(mean: Mean, points: int) -> bool:
    """Tell whether any average of such a group could be shown without being end-coded from both sides at once."""
    below, above = _inner(mean.shared_by, points, EXACT if mean.voices == mean.n else _step(mean))
    return below < above


def bound_of(mean: Mean, points: int) -> Bound:
    """Return on which side an average is end-coded: a total of at most n + (L-1) + 2, or at least nL - (L-1) - 2.

    Where people weigh differently, everything that rounds like such an average is coded too: the bound would cut a
    rounded value short, and what is left of it would tell who weighs most.
    """
    below, above = _inner(mean.shared_by, points)
    low, high = (mean.value, mean.value) if mean.voices == mean.n else cell(mean)
    if low <= below:
        return "at_most"
    return "at_least" if high >= above else "exact"


def cell(mean: Mean) -> tuple[Fraction, Fraction]:
    """Return between which values all averages round like this one."""
    middle, half = _rounded(mean), _step(mean) / 2
    return middle - half, middle + half


def held(mean: Fraction, shared_by: int, points: int, cells: Fraction = EXACT) -> Fraction:
    """Return an average as it may be compared with other rounds: wherever it lies in a coded end, the end's inner edge.

    So whether an average is repeated does not tell where in the end it lies. `cells` is the step of an average in which
    people weigh differently: there the end takes in what rounds like it.

    >>> [str(held(Fraction(total, 12), 12, 5)) for total in (12, 18, 19)]
    ['3/2', '3/2', '19/12']
    """
    below, above = _inner(shared_by, points, cells)
    return min(max(mean, below), above)


def known(mean: Fraction, shared_by: int, points: int, cells: Fraction = EXACT) -> Known:
    """Return what may be known of an average beside other rounds: itself, or that it lies somewhere in a coded end.

    >>> [[str(end) for end in known(Fraction(total, 12), 12, 5)] for total in (12, 19)]
    [['1', '3/2'], ['19/12', '19/12']]
    """
    below, above = _inner(shared_by, points, cells)
    if mean <= below:
        return Known(Fraction(1), below)
    return Known(above, Fraction(points)) if mean >= above else Known(mean, mean)


def nearest(one: Known, other: Known) -> tuple[Fraction, Fraction]:
    """Return two averages as near to each other as what is known allows: the least by which they can differ.

    The ends of two rounds begin at different places where different numbers answered; that alone is no change.

    >>> high, low = Known(Fraction(4), Fraction(5)), Known(Fraction(2), Fraction(2))
    >>> [str(end) for end in nearest(high, low)], len(set(nearest(high, Known(Fraction(9, 2), Fraction(5)))))
    (['4', '2'], 1)
    """
    if one.high < other.low:
        return one.high, other.low
    if other.high < one.low:
        return one.low, other.high
    common = max(one.low, other.low)
    return common, common


def _step(mean: Mean) -> Fraction:
    return FINE if mean.n >= FINE_FROM else COARSE


def _rounded(mean: Mean) -> Fraction:
    """Round half up, in whole numbers: a release asks thousands of times; steps are unit fractions."""
    steps, whole = _step(mean).denominator, mean.value.denominator
    return Fraction((2 * steps * mean.value.numerator + whole) // (2 * whole), steps)


def rounded(mean: Mean, points: int) -> Rounded:
    """Round an average half up to its step, or replace it by the bound that everybody near the end shares.

    The bound follows from the lowest number of the shown band, so that it does not tell the exact one.
    """
    step = _step(mean)
    bound = bound_of(mean, points)
    fewest = lowest(band(mean.n)) if mean.voices == mean.n else mean.voices
    below, above = _inner(fewest, points)
    if bound == "at_most":
        return Rounded(min(Fraction(points), math.ceil(below / step) * step), step, bound)
    if bound == "at_least":
        return Rounded(max(Fraction(1), points - math.ceil((points - above) / step) * step), step, bound)
    return Rounded(_rounded(mean), step, bound)


@lru_cache(maxsize=10_000)
def _inner(shared_by: int, points: int, cells: Fraction = EXACT) -> tuple[Fraction, Fraction]:
    """Return the inner edges of both coded ends; kept, since a release has thousands of groups of few sizes."""
    reach = Fraction(points - 1 + SLACK, shared_by) + cells
    return 1 + reach, points - reach


def fixed_spread(points: int, composite: bool) -> float:
    """Return the spread behind a band where people are too few for their own: (L-1)/4, of a composite (L-1)/5.

    >>> fixed_spread(5, False), fixed_spread(5, True)
    (1.0, 0.8)
    """
    return round((points - 1) / (5 if composite else 4), 2)


def narrowest(fewest: int, farthest: float) -> float:
    """Return the smallest spread that may be shown: everybody at two neighbouring points, but for one `farthest` away.

    From the fewest people of the shown band, so that it does not tell the exact number.
    """
    return math.ceil(100 * math.sqrt((NEIGHBOURS * fewest + farthest**2) / (fewest - 1)) - 1e-9) / 100


def shown_spread(deviation: float, n: int, shown: Rounded, points: int) -> float:
    """Return the spread that may be published beside a shown average of enough people (`people.own_spread`).

    The exact one to 0.1, but never so narrow or so wide that it told everybody's answer: all alike in the middle, or
    all at the two ends, with or without one person who knows to be the exception.
    """
    return bounded_spread(deviation, n, points - 1, largest_spread(float(shown.value), points))


def largest_spread(value: float, points: int) -> float:
    """Return the largest spread that answers of a shown average can have: all at the two ends."""
    return math.sqrt(max(0.0, (value - 1) * (points - value)))


def bounded_spread(deviation: float, n: int, farthest: float, largest: float) -> float:
    """Return a spread to 0.1 that lies between what tells that all are alike and what tells that all are at the ends.

    `farthest` is how far one exception can be from everybody else, `largest` the largest spread possible.
    """
    narrow = narrowest(lowest(band(n)), farthest)
    if max(deviation, narrow) > WIDE * largest:
        return math.ceil(max(largest, narrow) * 10 - 1e-9) / 10
    return max(math.floor(deviation * 10 + 0.5) / 10, narrow)


def published(shown: Rounded, spread: float | None, fewest: int, invited: int | None, points: int) -> Average:
    """Put bands round a rounded average, from its spread and the fewest people who can have answered (R17).

    End-coded averages and those without a spread get none. `invited` None: no finite correction.
    """
    value, step = round(float(shown.value), 1), float(shown.step)
    if shown.bound != "exact" or spread is None:
        return Average(value, step, shown.bound, None, None, None)
    if invited is not None and fewest >= invited:
        return Average(value, step, shown.bound, spread, None, None)
    outer, inner = _half_widths(fewest, spread, invited, points)
    return Average(value, step, shown.bound, spread, _ends(value, outer, points), _ends(value, inner, points))


@lru_cache(maxsize=10_000)
def _half_widths(fewest: int, spread: float, invited: int | None, points: int) -> tuple[float, float]:
    # a release asks thousands of times, for groups of few sizes
    outer, inner = half_width(fewest, spread, invited, points, level=np.array([JUDGEMENT.level, INNER]))
    return float(outer), float(inner)


def _ends(value: float, half: float, points: int) -> tuple[float, float]:
    return round(max(value - half, 1.0), 2), round(min(value + half, float(points)), 2)
