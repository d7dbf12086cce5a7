"""Roles' averages of a dimension beside the columns of its questions: from 20 people on both are shown (R2, R9b)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.disclosure.averages import of_people, rounded
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.values import Average, PublishedRelease, Result
from tests.attacks.enumeration import Table, end_coded, histograms, promised
from tests.attacks.test_composites import Way, reading
from tests.attacks.worlds import ROLES, World

ATTACKS = settings.get_profile("attacks")


@st.composite
def two_roles(draw: st.DrawFn) -> World:
    """Two roles of ten or eleven people each who answer both questions of a dimension, on three points."""
    value = st.sampled_from(draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))) | st.integers(1, 3)
    n, m = draw(st.integers(10, 11)), draw(st.integers(10, 11))
    answers = tuple((draw(value), draw(value)) for _ in range(n + m))
    rules = Rules(attribution=Attribution.ALLIANCE, breakdown=Breakdown.ROLES)
    return World(3, (0,) * (n + m), (1,) * n + (2,) * m, answers, rules)


class Split(NamedTuple):
    """Ways to answer one question: (ways x points) of each role, and the sums of both."""

    roles: Way
    sums: tuple[Table, Table]


def consistent(world: World, question: int) -> Split:
    """Keep the ways in which both roles together read like one question's average, spread and columns."""
    found = [[a[question] for a, r in zip(world.answers, world.role, strict=True) if r == role] for role in (1, 2)]
    one, other = (histograms(len(answers), world.points) for answers in found)
    left, right = (g.ravel() for g in np.meshgrid(np.arange(len(one)), np.arange(len(other)), indexing="ij"))
    actual = [np.bincount(np.array(answers), minlength=world.points + 1)[None, 1:] for answers in found]
    ways = Way(np.concatenate([actual[0], one[left]]), np.concatenate([actual[1], other[right]]))
    same = (numbers := reading(world, ways)) == numbers[0]
    same[0] = False
    kept = Way(ways.both[same], ways.one[same])
    return Split(kept, kept.sums(world.points))


def of_role(release: PublishedRelease, role: int) -> Result:
    """Return the dimension of a role, of the alliance for 0."""
    found = release.result("d", f"role:{ROLES[role - 1]}" if role else "alliance")
    assert found is not None
    return found


def reads(world: World, people: int, average: Average) -> Table:
    """Tell which totals of a number of people, in half points, read like a shown average."""
    said = (rounded(of_people(total, 2, people), world.points) for total in range(2 * world.points * people + 1))
    return np.array([(round(float(s.value), 1), s.bound) == (average.value, average.bound) for s in said])


def fitting(world: World, release: PublishedRelease) -> Table:
    """Tell which pairs of the roles' totals, in half points, the release leaves possible."""
    sizes = [world.role.count(role) for role in (1, 2)]
    whole, *roles = (of_role(release, role).average for role in (0, 1, 2))
    low, high = (
        np.array([end_coded(of_people(total, 2, n), world.points) for total in range(2 * world.points * n + 1)])
        for n in sizes
    )
    possible = low[:, None] | high[None, :]
    if roles[0] is not None and roles[1] is not None:
        one, other = (reads(world, n, average) for n, average in zip(sizes, roles, strict=True) if average)
        possible = one[:, None] & other[None, :] & ~possible
    if whole is not None and not of_role(release, 0).from_questions:
        everybody = reads(world, sum(sizes), whole)
        possible &= everybody[np.add.outer(np.arange(len(low)), np.arange(len(high)))]
    return possible


def with_partner(first: Split, second: Split, possible: Table) -> Table:
    """Tell which ways of answering the first question go with some way of answering the second."""
    partners = np.unique(np.column_stack(second.sums), axis=0)
    pairs, place = np.unique(np.column_stack(first.sums), axis=0, return_inverse=True)
    goes = [
        bool(len(partners)) and bool(possible[pair[0] + partners[:, 0], pair[1] + partners[:, 1]].any())
        for pair in pairs
    ]
    return np.array(goes, bool)[place.ravel()]


@settings(ATTACKS)
@given(world=two_roles())
def test_a_dimension_by_role_beside_its_questions_pins_nobody(world: World) -> None:
    release = world.seal().release
    first, second = consistent(world, 0), consistent(world, 1)
    possible = fitting(world, release)
    for u, v in {a for a, r in zip(world.answers, world.role, strict=True) if r == 1}:
        mine, other = first.roles.both[:, u - 1] > 0, second.roles.both[:, v - 1] > 0
        one = Split(Way(*(t[mine] for t in first.roles)), (first.sums[0][mine], first.sums[1][mine]))
        two = Split(Way(*(t[other] for t in second.roles)), (second.sums[0][other], second.sums[1][other]))
        fits = with_partner(one, two, possible)
        rest = one.roles.both[fits].copy()
        rest[:, u - 1] -= 1
        for left in (rest, one.roles.one[fits]):
            assert int((left > 0).any(axis=0).sum()) >= promised(world.points)
