"""Not a sample: every way in which an alliance can answer one question, without a breakdown and without attribution.

For every release that can be read, and every insider, everybody else keeps as many possible answers as promised.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from assessment.disclosure.averages import bounded_spread, has_room, largest_spread, of_people, rounded, shown_spread
from assessment.disclosure.columns import columns
from assessment.disclosure.door import door
from assessment.disclosure.people import own_spread
from assessment.disclosure.rules import Protection
from tests.attacks.enumeration import histograms, named, promised

SIZES = [(points, n) for points in (2, 3, 4, 5) for n in (5, 8, 9, 10, 13, 19, 20)] + [
    (3, 49),
    (3, 50),
    (3, 100),
    (4, 50),
]


def reading(n: int, points: int) -> Callable[[tuple[int, ...]], object]:
    """Return what a release says of counts of answers: average, spread, columns."""

    def said(row: tuple[int, ...]) -> object:
        total = sum(code * people for code, people in enumerate(row, 1))
        squares = sum(code * code * people for code, people in enumerate(row, 1))
        found, mean = columns(row, False, Protection.GUARDED), of_people(total, 1, n)
        if not has_room(mean, points):
            return found
        value, deviation = rounded(mean, points), float(np.sqrt((n * squares - total * total) / (n * (n - 1))))
        spread = value.bound == "exact" and own_spread(n) and shown_spread(deviation, n, value, points)
        return value, spread, found

    return said


def test_no_gap_of_two_axes_pins_anybody() -> None:
    """Two questions of two points as axes, with columns: the spread of the gap tells how they go together."""
    n = 50
    alone = cache(reading(n, 2))
    every = histograms(n, 4)
    sides = np.column_stack([every[:, 2:].sum(axis=1), every[:, 1::2].sum(axis=1), every[:, 1] + every[:, 2]])

    def said(row: tuple[int, ...]) -> object:
        first, second, apart = row
        shown = [alone((n - high, high)) for high in (first, second)]
        averages = [rounded(of_people(n + high, 1, n), 2) for high in (first, second)]
        if any(average.bound != "exact" for average in averages):
            return tuple(shown)
        one, other = (float(average.value) for average in averages)
        deviation = float(np.sqrt((n * apart - (first - second) ** 2) / (n * (n - 1))))
        widest = largest_spread(one, 2) + largest_spread(other, 2)
        return *shown, bounded_spread(deviation, n, 1 + abs(one - other), widest)

    with door():
        read = named(sides, said)
    order = np.argsort(read, kind="stable")
    for alike in np.split(every[order], np.flatnonzero(np.diff(read[order], prepend=-1))[1:]):
        for own in range(4):
            others = alike[alike[:, own] > 0].copy()
            others[:, own] -= 1
            for answers in (others[:, :2] + others[:, 2:], others[:, ::2] + others[:, 1::2]):
                assert not len(others) or int((others > 0).any(axis=0).sum()) >= 2, (own, alike[0], answers[0])


@pytest.mark.parametrize(("points", "n"), SIZES)
def test_no_release_of_an_alliance_pins_anybody(points: int, n: int) -> None:
    every = histograms(n, points)
    with door():
        read = named(every, reading(n, points))
    order = np.argsort(read, kind="stable")
    starts = np.flatnonzero(np.diff(read[order], prepend=-1))
    assert len(starts) > (points > 2)
    for alike in np.split(every[order], starts[1:]):
        for own in range(points):
            others = alike[alike[:, own] > 0].copy()
            others[:, own] -= 1
            left = int((others > 0).any(axis=0).sum())
            assert not len(others) or left >= promised(points)
