"""Going through every way in which people can answer, and telling apart what reads differently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.averages import Mean, bound_of, has_room

Table = NDArray[np.int64]


class TooMany(Exception):
    """Raised for a world with more possible answers than an attack may enumerate."""


@dataclass(frozen=True)
class Pinned:
    """A successful attack: whose answers are left fewer than promised."""

    atom: int
    insider: tuple[int, int]
    left: tuple[int, ...]


@cache
def histograms(people: int, points: int) -> Table:
    """Every way in which some people can answer: (ways x points)."""
    found = [
        np.bincount(np.array(way, int), minlength=points)
        for way in combinations_with_replacement(range(points), people)
    ]
    return np.array(found, np.int64).reshape(len(found), points)


def named(rows: Table, read: Callable[[tuple[int, ...]], object]) -> Table:
    """Give each distinct reading of rows a number; rows that read alike get the same."""
    lowest = rows.min(axis=0)
    radix = (rows.max(axis=0) - lowest).astype(np.int64) + 1
    key = np.zeros(len(rows), np.int64)
    for column, least, base in zip(rows.T, lowest, radix, strict=True):
        key = key * base + (column - least)
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    numbers: dict[object, int] = {}
    keys = []
    for row in rows[first]:
        value = read(tuple(int(x) for x in row))
        keys.append(int(value) if isinstance(value, int) else numbers.setdefault(value, len(numbers)))
    return np.array(keys, np.int64)[place.ravel()]


def averages_read(value: Table, scale: int, mean: Mean, points: int) -> Table:
    """Read many averages value/scale as they would be shown, as numbers: below 0 where withheld or end-coded (R9a).

    `mean` is such an average without its value. The attacker's own arithmetic, in whole numbers: it takes no part of
    the door's.
    """
    if not has_room(mean, points):
        return np.full(len(value), -4)
    tenths = 10 if mean.n >= 10 else 5
    middle = (2 * tenths * value + scale) // (2 * scale)
    low, high, whole = (value, value, scale) if mean.voices == mean.n else (2 * middle - 1, 2 * middle + 1, 2 * tenths)
    at_most = low * mean.shared_by <= (mean.shared_by + points + 1) * whole
    at_least = high * mean.shared_by >= (points * mean.shared_by - points - 1) * whole
    return np.where(at_most, -2, np.where(at_least, -3, middle))


def extreme_averages(counts: Table, sizes: list[int], nowhere: int, scale: int) -> tuple[Table, Table]:
    """Return the lowest and highest average by organisation, in 1/scale, that the same answers could have.

    The highest answers go to the smallest organisations, or the lowest do; those in none count for nothing.
    """
    weights = [0] * nowhere + [scale // n // len(sizes) for n in sorted(sizes, reverse=True) for _ in range(n)]
    below = np.concatenate([[0], np.cumsum(weights)])
    ends = np.cumsum(counts, axis=1)
    starts, points = ends - counts, np.arange(1, counts.shape[1] + 1)
    people = len(weights)
    highest = ((below[ends] - below[starts]) * points).sum(axis=1)
    lowest = ((below[people - starts] - below[people - ends]) * points).sum(axis=1)
    return lowest, highest


def promised(points: int) -> int:
    """How many possible answers everybody else keeps: three of five, two of three or two."""
    return 3 if points > 3 else 2


def end_coded(mean: Mean, points: int) -> bool:
    """Tell whether an average cannot be shown as it is."""
    return not has_room(mean, points) or bound_of(mean, points) != "exact"
