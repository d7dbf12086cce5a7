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


def promised(points: int) -> int:
    """How many possible answers everybody else keeps: three of five, two of three or two."""
    return 3 if points > 3 else 2


def end_coded(mean: Mean, points: int) -> bool:
    """Tell whether an average cannot be shown as it is."""
    return not has_room(mean, points) or bound_of(mean, points) != "exact"
