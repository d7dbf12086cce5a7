"""R7 against an attacker who tries every small set of people with exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.disclosure.linear import PRIME, exposed, inverse
from assessment.disclosure.planner import Who, plan
from assessment.disclosure.rules import Attribution, Breakdown, Protection, Rules
from assessment.disclosure.values import Withheld

Row = list[Fraction]


def rank(rows: list[Row]) -> int:
    """Return the rank of rows of fractions."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][column] / rows[found][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def tried(rows: list[Row], sizes: list[int], k: int) -> bool:
    """Tell whether leaving out fewer than k people costs the rows a dimension: then something rests on these alone."""
    whole = rank(rows)
    for count in range(1, k):
        for few in combinations(range(len(sizes)), count):
            others = [[x for j, x in enumerate(row) if j not in few] for row in rows]
            if sum(sizes[j] for j in few) < k and rank(others) < whole:
                return True
    return False


@st.composite
def published(draw: st.DrawFn) -> tuple[list[Row], list[int], int]:
    """Draw groups (0 or 1), some of one atom, perhaps a second lens, over atoms that differ in some row."""
    atoms = draw(st.integers(2, 7))
    one = st.lists(st.sampled_from([0, 1, 1]), min_size=atoms, max_size=atoms)
    groups = draw(st.lists(one, min_size=1, max_size=4))
    groups += [[int(i == told) for i in range(atoms)] for told in draw(st.lists(st.integers(0, atoms - 1), max_size=3))]
    lens = draw(st.lists(st.lists(st.integers(1, 4), min_size=atoms, max_size=atoms), max_size=1))
    rows = [[Fraction(x) for x in group] for group in groups] + [[Fraction(1, n) for n in row] for row in lens]
    sizes: dict[tuple[Fraction, ...], int] = {}
    for column in zip(*rows, strict=True):
        sizes[column] = sizes.get(column, 0) + draw(st.integers(1, 6))
    return [list(row) for row in zip(*sizes, strict=True)], list(sizes.values()), draw(st.integers(3, 6))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(published())
def test_the_audit_finds_what_trying_everything_finds(world: tuple[list[Row], list[int], int]) -> None:
    rows, sizes, k = world
    residues = [[x.numerator * inverse(x.denominator) % PRIME for x in row] for row in rows]
    assert exposed(np.array(residues, np.int64), sizes, k) == tried(rows, sizes, k)


def test_three_people_of_small_organisations_are_not_told_by_their_weighted_average() -> None:
    # 6, 6, 6, 1 and 2 people: both lenses together left the last three's weighted average, though no plain sum
    table = np.zeros((1, 6), np.int64)
    table[0, :5] = (6, 6, 6, 1, 2)
    open_level = Rules(protection=Protection.OPEN, attribution=Attribution.VISIBLE, breakdown=Breakdown.NONE)
    found = plan(Who((), table), open_level, [], 5)
    assert found.alliance is None
    assert found.organisations is Withheld.PROTECTED
