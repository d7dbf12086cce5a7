"""A dimension beside its questions: what is left of the answers of somebody who answered both, or only one (R18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assessment.disclosure.averages import of_people, rounded, shown_spread
from assessment.disclosure.columns import columns
from assessment.disclosure.door import door
from assessment.disclosure.people import own_spread
from assessment.disclosure.rules import Attribution, Protection, Rules
from assessment.disclosure.values import PublishedRelease
from tests.attacks.enumeration import histograms, named, promised
from tests.attacks.worlds import World

ATTACKS = settings.get_profile("attacks")
Table = NDArray[np.int64]


class Way(NamedTuple):
    """Every way to answer one question: (ways x points) of those who answered both, and of those who answered one."""

    both: Table
    one: Table

    def sums(self, points: int) -> tuple[Table, Table]:
        codes = np.arange(1, points + 1)
        return self.both @ codes, self.one @ codes


@st.composite
def two_questions(draw: st.DrawFn) -> World:
    """An alliance of 5 to 12 people, a dimension of two questions, some of them answering one only."""
    points = draw(st.sampled_from((3, 4, 5)))
    both = draw(st.integers(5, 8))
    first, second = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    value = st.sampled_from(draw(st.lists(st.integers(1, points), min_size=1, max_size=3))) | st.integers(1, points)
    answers = [(draw(value), draw(value)) for _ in range(both)]
    answers += [(draw(value), 0) for _ in range(first)] + [(0, draw(value)) for _ in range(second)]
    n = len(answers)
    return World(points, (0,) * n, (1,) * n, tuple(answers), Rules())


def ways(world: World, question: int) -> Way:
    """Go through every way in which a question can have been answered by those who did."""
    both = sum(all(a) for a in world.answers)
    one = sum(a[question] > 0 and not all(a) for a in world.answers)
    a, b = histograms(both, world.points), histograms(one, world.points)
    left, right = (grid.ravel() for grid in np.meshgrid(np.arange(len(a)), np.arange(len(b)), indexing="ij"))
    return Way(a[left], b[right])


def reading(world: World, way: Way) -> Table:
    """Return what a question's average, spread and columns would say, as numbers."""
    counts = way.both + way.one
    n, points = int(counts[0].sum()), world.points

    def said(row: tuple[int, ...]) -> object:
        total = sum(code * people for code, people in enumerate(row, 1))
        squares = sum(code * code * people for code, people in enumerate(row, 1))
        value = rounded(of_people(total, 1, n), points)
        deviation = float(np.sqrt((n * squares - total * total) / (n * (n - 1))))
        spread = shown_spread(deviation, n, value, points) if own_spread(n) else None
        return value, spread, columns(row, False, Protection.GUARDED)

    with door():
        return named(counts, said)


def consistent(world: World, question: int) -> Way:
    """Keep the ways in which a question reads as it does."""
    way = ways(world, question)
    both = [a[question] for a in world.answers if all(a)]
    one = [a[question] for a in world.answers if a[question] and not all(a)]
    actual = Way(*(np.bincount(np.array(v, int), minlength=world.points + 1)[None, 1:] for v in (both, one)))
    read = reading(world, Way(np.concatenate([actual.both, way.both]), np.concatenate([actual.one, way.one])))
    same = read[1:] == read[0]
    return Way(way.both[same], way.one[same])


def fits(world: World, release: PublishedRelease, first: Way, second: Way) -> NDArray[np.bool_]:
    """Tell which ways of answering the first question go with some way of answering the second, by the dimension."""
    found = release.result("d")
    assert found is not None
    if found.from_questions or found.average is None:
        return np.full(len(first.both), len(second.both) > 0)
    n = sum(any(a) for a in world.answers)
    own, other = first.sums(world.points), second.sums(world.points)
    possible = np.unique(other[0] + 2 * other[1])
    mine = own[0] + 2 * own[1]
    shown = (found.average.value, found.average.bound)
    halves = {}
    for total in range(int(mine.min() + possible.min()), int(mine.max() + possible.max()) + 1):
        value = rounded(of_people(total, 2, n), world.points)
        halves[total] = (round(float(value.value), 1), value.bound) == shown
    good = np.array([t for t, same in halves.items() if same], np.int64)
    return np.isin(mine[:, None] + possible[None, :], good).any(axis=1)


def left(first: Way, second: Way, world: World, release: PublishedRelease) -> Iterator[set[int]]:
    """Yield the answers left to everybody else who answered both, or this one only, for every insider of both."""
    for u, v in {a for a in world.answers if all(a)}:
        mine = first.both[:, u - 1] > 0
        partner = second.both[:, v - 1] > 0
        one, other = (Way(w.both[k], w.one[k]) for w, k in ((first, mine), (second, partner)))
        ok = fits(world, release, one, other)
        rest = one.both[ok].copy()
        rest[:, u - 1] -= 1
        yield {int(code) + 1 for code in np.flatnonzero((rest > 0).any(axis=0))}
        if first.one.any():
            yield {int(code) + 1 for code in np.flatnonzero((one.one[ok] > 0).any(axis=0))}


@settings(ATTACKS)
@given(world=two_questions(), swap=st.booleans())
def test_a_dimension_beside_its_questions_pins_nobody(world: World, swap: bool) -> None:
    attack_questions(world.with_answers([a[::-1] for a in world.answers]) if swap else world)


def attack_questions(world: World) -> None:
    """Fail if a dimension beside its questions leaves somebody fewer possible answers than promised."""
    world = replace(world, rules=replace(world.rules, attribution=Attribution.ALLIANCE))
    first, second = consistent(world, 0), consistent(world, 1)
    release = world.seal().release
    for answers in left(first, second, world, release):
        assert len(answers) >= promised(world.points)


@settings(ATTACKS)
@given(world=two_questions())
def test_few_who_skipped_a_question_turn_the_dimension_into_an_average_of_averages(world: World) -> None:
    partial = sum(not all(a) for a in world.answers)
    release = world.seal().release
    found, *parts = (release.result(measure) for measure in ("d", "q0", "q1"))
    assert found is not None
    coded = any(part and part.average and part.average.bound != "exact" for part in parts)
    assert found.from_questions == ((coded or 0 < partial < 20) and found.average is not None)
