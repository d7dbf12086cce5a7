"""Attack 1: add and subtract everything published about a measure, for every set of fewer than k people."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.disclosure.planner import Plan, Who, plan
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import Withheld
from tests.attacks.thresholds import lowered

ATTACKS = settings.get_profile("attacks")
Person = tuple[int, int]


@st.composite
def answering(draw: st.DrawFn) -> tuple[Who, list[Person], Rules]:
    """Who answered a measure: up to 14 people, each in a group and an organisation or in none; k from 3 to 6."""
    breakdown = draw(st.sampled_from((Breakdown.ORGANISATIONS, Breakdown.ROLES, Breakdown.CHAPTERS)))
    people: list[Person] = []
    for _ in range(draw(st.integers(3, 14))):
        organisation = draw(st.integers(-1, 5))
        if breakdown is Breakdown.ORGANISATIONS or organisation < 0:
            people.append((organisation, organisation))
        else:
            people.append(
                (organisation % 3 if breakdown is Breakdown.CHAPTERS else draw(st.integers(-1, 2)), organisation)
            )
    groups = 6 if breakdown is Breakdown.ORGANISATIONS else 3
    table = np.zeros((groups + 1, 7), np.int64)
    for group, organisation in people:
        table[group, organisation] += 1
    rules = Rules(
        protection=Protection.OPEN,
        attribution=Attribution.VISIBLE,
        breakdown=breakdown,
        lens=draw(st.sampled_from(Lens)),
    )
    who = Who(tuple(f"g{i}" for i in range(groups)), table)
    return who, people, lowered(rules, draw(st.integers(3, 6)))


def published(who: Who, people: list[Person], found: Plan) -> list[list[Fraction]]:
    """Everything that the plan publishes, as weights of the people."""
    rows = [[Fraction(group == i) for group, _ in people] for i in found.shown]
    if found.people is None:
        rows.append([Fraction(1)] * len(people))
    if found.organisations is None:
        heard = who.organisations
        rows.append([Fraction(1, int(heard[o])) if o >= 0 else Fraction(0) for _, o in people])
    return rows


def null_space(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """Every vector that all rows are blind to, by exact elimination."""
    table = [row[:] for row in rows]
    pivots: list[int] = []
    for column in range(width):
        row = next((r for r in range(len(pivots), len(table)) if table[r][column]), None)
        if row is None:
            continue
        at = len(pivots)
        table[at], table[row] = table[row], table[at]
        table[at] = [x / table[at][column] for x in table[at]]
        for r in range(len(table)):
            if r != at and table[r][column]:
                table[r] = [x - table[r][column] * y for x, y in zip(table[r], table[at], strict=True)]
        pivots.append(column)
    free = [c for c in range(width) if c not in pivots]
    found = []
    for c in free:
        vector = [Fraction(0)] * width
        vector[c] = Fraction(1)
        for row, pivot in enumerate(pivots):
            vector[pivot] = -table[row][c]
        found.append(vector)
    return found


def computable(rows: list[list[Fraction]], width: int, k: int) -> tuple[int, ...] | None:
    """Find a set of 1 to k-1 people whose total can be computed: every blind vector is 0 on it."""
    blind = null_space(rows, width)
    for size in range(1, min(k, width + 1)):
        for chosen in combinations(range(width), size):
            if all(sum(vector[i] for i in chosen) == 0 for vector in blind):
                return chosen
    return None


@settings(ATTACKS)
@given(made=answering())
def test_no_total_of_fewer_than_k_people_can_be_computed(made: tuple[Who, list[Person], Rules]) -> None:
    who, people, rules = made
    found = plan(who, rules, [len(people)] * len(who.names), 5)
    rows = published(who, people, found)
    if rows:
        assert computable(rows, len(people), rules.k) is None


def test_the_attacker_finds_what_an_unguarded_plan_gives_away() -> None:
    people = [(0, 0)] * 9 + [(1, 1)] * 6 + [(2, 2)] * 2
    table = np.zeros((4, 4), np.int64)
    for group, organisation in people:
        table[group, organisation] += 1
    careless = Plan(None, None, Withheld.PROTECTED, (None, None, Withheld.FEW))
    rows = published(Who(("a", "b", "c"), table), people, careless)
    assert computable(rows, len(people), 5) == (15, 16)


@pytest.mark.parametrize("small", [1, 4])
def test_two_lenses_alone_give_away_a_small_organisation(small: int) -> None:
    people = [(0, 0)] * 6 + [(1, 1)] * 6 + [(2, 2)] * small
    table = np.zeros((4, 4), np.int64)
    for group, organisation in people:
        table[group, organisation] += 1
    who = Who(("a", "b", "c"), table)
    careless = Plan(None, None, None, (Withheld.FEW,) * 3)
    assert computable(published(who, people, careless), len(people), 5) == tuple(range(12, 12 + small))
    rules = Rules(protection=Protection.OPEN, attribution=Attribution.VISIBLE)
    assert plan(who, rules, [0] * 3, 5).organisations is Withheld.PROTECTED
