"""R2-R7 and R19: which groups and lenses may be shown, by who answered, at k-1, k and k+1."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assessment.disclosure.linear import exposed
from assessment.disclosure.planner import Plan, Who, plan
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import Withheld

FEW, PROTECTED, ORGANISATIONS = Withheld.FEW, Withheld.PROTECTED, Withheld.ORGANISATIONS


def rules(breakdown: Breakdown = Breakdown.ORGANISATIONS, **other: object) -> Rules:
    made: dict[str, object] = {"protection": Protection.OPEN, "attribution": Attribution.VISIBLE, **other}
    return Rules(breakdown=breakdown, **made)  # type: ignore[arg-type]


def organisations(*people: int, nowhere: int = 0) -> Who:
    """Who answered where organisations are the groups."""
    h = len(people)
    table = np.zeros((h + 1, h + 1), np.int64)
    table[range(h), range(h)] = people
    table[h, h] = nowhere
    return Who(tuple("ABCDEFGHIJ"[:h]), table)


def crossed(*rows: list[int]) -> Who:
    """Who answered, by role or chapter (rows) and organisation (columns); nobody in none."""
    table = np.zeros((len(rows) + 1, len(rows[0]) + 1), np.int64)
    table[:-1, :-1] = rows
    return Who(tuple("ABCDEFGHIJ"[: len(rows)]), table)


def planned(who: Who, given: Rules) -> Plan:
    return plan(who, given, [int(n) for n in who.groups], 5)


@pytest.mark.parametrize(("people", "why"), [(4, FEW), (5, None), (6, None)])
def test_results_begin_with_five_people(people: int, why: Withheld | None) -> None:
    assert planned(organisations(1, 1, people - 2), rules(Breakdown.NONE)).alliance is why


@pytest.mark.parametrize(("given", "why"), [((6, 6), ORGANISATIONS), ((6, 6, 1), None)])
def test_the_alliance_is_three_organisations_or_more(given: tuple[int, ...], why: Withheld | None) -> None:
    assert planned(organisations(*given), rules()).alliance is why


def test_without_attribution_organisations_do_not_matter() -> None:
    alone = rules(Breakdown.NONE, attribution=Attribution.ALLIANCE)
    found = planned(Who((), np.array([[9]], np.int64)), alone)
    assert found.alliance is None
    assert found.organisations is Withheld.NOT_STORED


@pytest.mark.parametrize(("last", "shown"), [(4, (0, 1)), (5, (0, 1, 2)), (6, (0, 1, 2))])
def test_an_organisation_of_four_is_few_and_never_the_remainder(last: int, shown: tuple[int, ...]) -> None:
    found = planned(organisations(9, 8, last, 5 - last if last == 4 else 0), rules())
    assert found.shown[: len(shown)] == shown


REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "statistics.json").read_text())["suppression_k5"]


@pytest.mark.parametrize(("sizes", "kept"), REFERENCE)
def test_complementary_suppression_equals_the_reference(sizes: dict[str, int], kept: list[str]) -> None:
    who = organisations(*sizes.values())
    found = planned(who, rules())
    assert [who.names[i] for i in found.shown] == kept


def test_of_equal_groups_the_last_by_name_goes() -> None:
    found = planned(organisations(6, 6, 2), rules())
    assert found.groups == (None, PROTECTED, FEW)


@pytest.mark.parametrize(
    ("role", "why"),
    [([3, 3, 0], ORGANISATIONS), ([4, 2, 2], None), ([5, 2, 2], ORGANISATIONS), ([3, 2, 1], None)],
)
def test_a_role_is_three_organisations_none_with_more_than_half(role: list[int], why: Withheld | None) -> None:
    found = planned(crossed(role, [4, 4, 4]), rules(Breakdown.ROLES))
    assert found.groups[0] is why


@pytest.mark.parametrize(("holders", "why"), [(9, FEW), (10, None), (11, None)])
def test_without_organisations_a_role_takes_twice_as_many_holders(holders: int, why: Withheld | None) -> None:
    who = crossed([7], [20])
    alone = rules(Breakdown.ROLES, attribution=Attribution.ALLIANCE)
    assert plan(who, alone, [holders, 20], 5).groups[0] is why


@pytest.mark.parametrize(("only_total", "shown"), [(0, True), (4, False), (5, True)])
def test_people_counted_in_the_total_only_are_part_of_the_remainder(only_total: int, shown: bool) -> None:
    found = planned(organisations(6, 7, 8, nowhere=only_total), rules())
    assert (found.groups[0] is None) is shown


@pytest.mark.parametrize(("small", "shown"), [(4, False), (5, True)])
@pytest.mark.parametrize("voice", Lens)
def test_a_second_lens_goes_where_it_would_isolate_a_small_organisation(small: int, shown: bool, voice: Lens) -> None:
    found = planned(organisations(7, 7, small), rules(Breakdown.NONE, lens=voice))
    assert found.both is shown
    assert (found.people if voice is Lens.PEOPLE else found.organisations) is None


@pytest.mark.parametrize(("people", "shown"), [(19, False), (20, True), (21, True)])
def test_the_guarded_level_compares_lenses_from_twenty_people_on(people: int, shown: bool) -> None:
    guarded = rules(Breakdown.NONE, protection=Protection.GUARDED)
    assert planned(organisations(6, 5, 4, people - 15), guarded).both is shown


@pytest.mark.parametrize(
    ("people", "columns", "shown"), [(19, False, False), (20, False, True), (49, True, False), (50, True, True)]
)
def test_the_guarded_level_shows_groups_from_twenty_people_beside_columns_from_fifty(
    people: int, columns: bool, shown: bool
) -> None:
    guarded = rules(protection=Protection.GUARDED)
    who = organisations(7, 6, people - 13)
    assert bool(plan(who, guarded, who.groups, 5, columns).shown) is shown


def test_the_audit_finds_sums_that_no_pair_of_groups_gives_away() -> None:
    rows = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]], np.int64)
    assert not exposed(rows, [6, 6, 6, 3], 3)
    assert exposed(np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 0]], np.int64), [6, 6, 6, 3], 5)
    assert not exposed(np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 0]], np.int64), [6, 6, 6, 3], 3)
    assert exposed(np.array([[1, 1, 1], [2, 2, 3]], np.int64), [6, 6, 3], 5)


@pytest.mark.parametrize(("last", "shown"), [(4, (0,)), (5, (0, 1, 2))])
def test_the_remainder_is_mended_before_a_lens_is_given_up(last: int, shown: tuple[int, ...]) -> None:
    who = crossed(*([[last] * 3 + [0] * 4, [0] * 3 + [last] * 3 + [0], [0] * 6 + [last]]))
    given = Rules(protection=Protection.OPEN, attribution=Attribution.ALLIANCE, breakdown=Breakdown.ROLES)
    assert plan(who, given, [20] * 3, 5).shown == shown
    found = planned(who, rules(Breakdown.CHAPTERS))
    assert found.groups[2] is (FEW if last == 4 else ORGANISATIONS)
    assert found.organisations is None
