"""Commitments: made, carried, kept or dropped, on both databases."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from assessment import clock, rounds
from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft, Promise
from assessment.alliance.entries import NotThere
from assessment.alliance.values import FieldFaults
from assessment.storage.engine import Store
from tests.rounds.world import World, make_world

SOON = clock.today() + timedelta(days=30)
PAPERS = CommitmentDraft("Papers a week before", SOON)


@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)


def there(world: World) -> tuple[commitments.CommitmentView, ...]:
    return commitments.list_commitments(world.store, world.alliance_id)


def sealed(world: World) -> str:
    round_id = world.open()
    world.answer(round_id, 20)
    rounds.seal(world.store, round_id)
    return round_id


def test_a_commitment_names_owner_day_and_what_should_move(world: World) -> None:
    draft = dataclasses.replace(
        PAPERS, organisation_id=world.organisations[0], measure="structure", since=sealed(world)
    )
    commitments.add(world.store, world.alliance_id, draft)
    (seen,) = there(world)
    assert (seen.promise, seen.owner, seen.state, seen.made_on) == (draft, "Choir", Promise.OPEN, clock.today())


def test_it_is_kept_dropped_and_open_again(world: World) -> None:
    made = commitments.add(world.store, world.alliance_id, PAPERS)
    for state, closed in ((Promise.KEPT, clock.today()), (Promise.DROPPED, clock.today()), (Promise.OPEN, None)):
        commitments.settle(world.store, world.alliance_id, made, state)
        assert [(c.state, c.closed_on) for c in there(world)] == [(state, closed)]


def test_it_is_changed_and_removed(world: World) -> None:
    made = commitments.add(world.store, world.alliance_id, PAPERS)
    later = dataclasses.replace(PAPERS, what="Papers two weeks before", due_on=SOON + timedelta(days=9))
    commitments.change(world.store, world.alliance_id, made, later)
    assert [c.promise for c in there(world)] == [later]
    commitments.remove(world.store, world.alliance_id, made)
    assert there(world) == ()


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("what", "  ", "what"),
        ("what", "x" * 141, "what"),
        ("what", "a\u2066b", "what"),
        ("due_on", clock.today() - timedelta(days=2), "due_on"),
        ("due_on", clock.today() + timedelta(days=5_000), "due_on"),
        ("organisation_id", "nobody", "organisation"),
        ("measure", "trust", "measure"),
    ],
)
def test_a_faulty_commitment_is_not_kept(world: World, field: str, value: object, named: str) -> None:
    with pytest.raises(FieldFaults) as refused:
        commitments.add(world.store, world.alliance_id, dataclasses.replace(PAPERS, **{field: value}))
    assert list(refused.value.faults) == [named]
    assert there(world) == ()


def test_what_should_move_was_asked_in_a_sealed_round_of_ours(world: World) -> None:
    round_id, still_open = sealed(world), world.open("Open")
    for measure, since in (("no such", round_id), ("trust", still_open), ("trust", "nothing")):
        with pytest.raises(FieldFaults):
            commitments.add(world.store, world.alliance_id, dataclasses.replace(PAPERS, measure=measure, since=since))
    assert there(world) == ()


def test_another_alliances_commitment_is_out_of_reach(world: World) -> None:
    made = commitments.add(world.store, world.alliance_id, PAPERS)
    for act in (
        lambda: commitments.change(world.store, "other", made, PAPERS),
        lambda: commitments.settle(world.store, "other", made, Promise.KEPT),
        lambda: commitments.remove(world.store, "other", made),
    ):
        with pytest.raises(NotThere):
            act()
    assert [c.state for c in there(world)] == [Promise.OPEN]


def test_members_are_told_at_most_five_open_ones_first_and_none_that_was_dropped(world: World) -> None:
    for number in range(7):
        draft = dataclasses.replace(PAPERS, what=f"Promise {number}", due_on=SOON + timedelta(days=number))
        made = commitments.add(world.store, world.alliance_id, draft)
        if number < 2:
            commitments.settle(world.store, world.alliance_id, made, (Promise.DROPPED, Promise.KEPT)[number])
    commitments.settle(world.store, world.alliance_id, there(world)[0].id, Promise.DROPPED)
    with world.store.read() as session:
        told = commitments.told_members(session, world.alliance_id)
    assert [t.what for t in told] == ["Promise 3", "Promise 4", "Promise 5", "Promise 6", "Promise 1"]
    assert [t.kept for t in told] == [False, False, False, False, True]
