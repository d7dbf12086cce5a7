"""Who sees which organisations of a release: as the round's attribution promised on its first page (R15)."""

from __future__ import annotations

import pytest

from assessment import rounds
from assessment.alliance.values import Person
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.values import GroupKind, PublishedRelease
from assessment.storage.engine import Store
from assessment.storage.tables import Role
from tests.rounds.world import NAMES, World, make_world


def person(world: World, role: Role) -> Person:
    own = world.organisations[0] if role is Role.READER else None
    return Person("a", world.alliance_id, "Harbour", "Ana", "ana@example.org", role, own, False)


def organisations_in(release: PublishedRelease) -> list[str]:
    """Return the names of organisations that a release holds, and assert that no result of another one is in it."""
    assert {result.group for result in release.results} == {group.key for group in release.groups}
    return sorted(group.name for group in release.groups if group.kind is GroupKind.ORGANISATION)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("attribution", "breakdown"),
    [
        (Attribution.VISIBLE, Breakdown.ORGANISATIONS),
        (Attribution.OWN, Breakdown.ORGANISATIONS),
        (Attribution.OWN, Breakdown.CHAPTERS),
        (Attribution.ALLIANCE, Breakdown.ROLES),
    ],
)
def test_each_sees_the_organisations_that_the_round_promised(
    store: Store, role: Role, attribution: Attribution, breakdown: Breakdown
) -> None:
    world = make_world(store)
    round_id = world.open(rules=Rules(attribution=attribution, breakdown=breakdown))
    world.answer(round_id, 72)
    rounds.seal(store, round_id)
    seen = organisations_in(rounds.published_for(store, round_id, person(world, role)))
    shown = list(NAMES) if breakdown is Breakdown.ORGANISATIONS else []
    if attribution is Attribution.OWN:
        shown = shown[:1] if role is Role.READER else []
    assert seen == shown


def test_what_is_left_out_for_a_reader_changes_nothing_else(store: Store) -> None:
    world = make_world(store)
    round_id = world.open(rules=Rules(attribution=Attribution.OWN, breakdown=Breakdown.ORGANISATIONS))
    world.answer(round_id, 72)
    rounds.seal(store, round_id)
    whole, seen = rounds.published(store, round_id), rounds.published_for(store, round_id, person(world, Role.OWNER))
    assert (seen.facts, seen.rules) == (whole.facts, whole.rules)
    assert [r for r in whole.results if r.group == "alliance"] == list(seen.results)
