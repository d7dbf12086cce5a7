"""Small judgements that turn a number into a word (statistics 1.1, 1.2). What they may be shown with is the door's."""

from __future__ import annotations

import enum
import math
from typing import NamedTuple

import numpy as np

from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Interval


class Band(enum.StrEnum):
    """How strong an average is; the value is the phrase to show."""

    WEAK = "weak: needs attention"
    MIXED = "mixed: worth a conversation"
    STRONG = "strong"


class Bands(NamedTuple):
    """The bands of an interval's two ends; one word only where they are the same, else "between X and Y"."""

    low: Band
    high: Band

    @property
    def word(self) -> Band | None:
        """Return the band where the whole interval lies in it."""
        return self.low if self.low is self.high else None


def bands(likely: Interval[float], points: int, settings: Judgement = JUDGEMENT) -> Bands:
    """Put both ends of an interval into bands; raise ValueError for NaN.

    >>> bands(Interval(3.2, 3.7), 5).word
    <Band.MIXED: 'mixed: worth a conversation'>
    >>> bands(Interval(2.8, 3.7), 5).word is None
    True
    """
    return Bands(_band(likely.low, points, settings), _band(likely.high, points, settings))


def _band(value: float, points: int, settings: Judgement) -> Band:
    if math.isnan(value):
        raise ValueError("there is no average to put into a word")
    if value < settings.place(settings.weak_below, points):
        return Band.WEAK
    return Band.STRONG if value >= settings.place(settings.strong_from, points) else Band.MIXED


def nearest_label(mean: float, points: int) -> int:
    """Return the point 1..points whose label is nearest to an average, halves upwards; raise ValueError off the scale.

    >>> nearest_label(3.4, 5), nearest_label(3.5, 5)
    (3, 4)
    """
    if not 1 <= mean <= points:
        raise ValueError(f"{mean} is not on a scale of {points} points")
    return math.floor(mean + 0.5)


def is_lit(likely: Interval[float], lit_below: float) -> bool:
    """Tell whether an early warning is lit: its whole interval lies below `lit_below`, in points of its own scale.

    >>> is_lit(Interval(2.1, 2.9), 3.0), is_lit(Interval(2.1, 3.0), 3.0)
    (True, False)
    """
    return likely.high < lit_below


def of_hundred(mean: float, points: int) -> float:
    """Carry an average from 1..points to 0..100: for exports only, readers take 70 for a school grade.

    >>> of_hundred(3.4, 5), of_hundred(4, 4)
    (60.0, 100.0)
    """
    return 100 * (mean - 1) / (points - 1)


def many_cannot_judge(dont_know_share: float, settings: Judgement = JUDGEMENT) -> bool:
    """Tell whether "can't say" is so common that it is a finding of its own."""
    return dont_know_share >= settings.cannot_judge


def lenses_differ(people: float, organisations: float, points: int, settings: Judgement = JUDGEMENT) -> bool:
    """Tell whether the two lenses are far enough apart for a sentence; False where either is missing."""
    return _apart(people, organisations) >= settings.step(settings.lenses_differ, points)


def items_differ(persons: float, items: float, points: int, settings: Judgement = JUDGEMENT) -> bool:
    """Tell whether the mean of persons and the mean of the questions' means are worth a note to coordinators."""
    return _apart(persons, items) > settings.step(settings.items_differ, points)


def _apart(one: float, other: float) -> float:
    # rounding takes away what floating point adds: 3.8 - 3.6 is 0.2
    return float(np.round(abs(one - other), 9))
