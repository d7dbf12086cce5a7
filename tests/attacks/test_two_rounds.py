"""Attack 4, further: two rounds of one question, every total after every total, each with every set of answers.

What a comparison says, a verdict or a repeated average, must not tell where in a coded end an average lies: neither of
the later round nor of the earlier one, to somebody who knows an own answer and the other round's exact total.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pytest

from assessment.disclosure.columns import columns
from assessment.disclosure.door import door
from assessment.disclosure.exact import Earlier
from assessment.disclosure.release import SealedRound
from assessment.disclosure.rules import Protection, Rules
from tests.attacks.enumeration import Table, histograms, promised
from tests.attacks.worlds import World

Seen = dict[object, set[int]]


def answering(n: int, points: int, total: int) -> World:
    """Some answers with a total: as many as possible at its two nearest points."""
    low, more = divmod(total, n)
    answers = [low + (i < more) for i in range(n)]
    return World(points, (0,) * n, (1,) * n, tuple((a,) for a in answers), Rules())


def read(sealed: SealedRound) -> object:
    """What is said of the average, alone and beside the earlier round."""
    (result,) = (r for r in sealed.release.results if r.measure == "q0")
    return result.average, result.repeats, result.changes


def all_pairs(first_n: int, n: int, points: int) -> tuple[Seen, Seen]:
    """Return which totals a reader is left with: of the later round, and of the earlier one."""
    later: Seen = {}
    earlier: Seen = {}
    for before in range(first_n, first_n * points + 1):
        world = answering(first_n, points, before)
        first = world.seal()
        told = [Earlier(first.release, first.statistics, world.asked)]
        for now in range(n, n * points + 1):
            second = read(answering(n, points, now).seal(told, "r2"))
            later.setdefault((before, second), set()).add(now)
            earlier.setdefault((now, read(first), second), set()).add(before)
    return later, earlier


@cache
def ways(n: int, points: int) -> tuple[Table, tuple[object, ...]]:
    """Every set of answers, and what its columns say."""
    every = histograms(n, points)
    with door():
        return every, tuple(columns(tuple(int(c) for c in row), False, Protection.GUARDED) for row in every)


def fewest_left(n: int, points: int, totals: Iterable[int]) -> int:
    """Return how many answers everybody else is left at least, over every reading of columns and every insider."""
    every, told = ways(n, points)
    held = np.isin(every @ np.arange(1, points + 1), list(totals))
    fewest = points
    for said in {told[i] for i in np.flatnonzero(held)}:
        alike = every[[i for i in np.flatnonzero(held) if told[i] == said]]
        for own in range(points):
            others = alike[alike[:, own] > 0].copy()
            others[:, own] -= 1
            if len(others):
                fewest = min(fewest, int((others > 0).any(axis=0).sum()))
    return fewest


@pytest.mark.parametrize(("points", "first_n", "n"), [(3, 9, 9), (4, 10, 10), (3, 9, 12), (3, 12, 9)])
def test_no_comparison_of_two_rounds_pins_anybody(points: int, first_n: int, n: int) -> None:
    for people, seen in zip((n, first_n), all_pairs(first_n, n, points), strict=True):
        assert len(seen) > people
        left = {totals: fewest_left(people, points, totals) for totals in map(frozenset, seen.values())}
        assert min(left.values()) >= promised(points), [sorted(t) for t in left if left[t] < promised(points)]
