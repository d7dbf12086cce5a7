"""A retreat before and after it is held: planned, started, ended, and only by those whose alliance it is."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from assessment import clock, tokens
from assessment.alliance.commitments import CommitmentDraft
from assessment.alliance.values import FieldFaults, Role
from assessment.retreat import phones, plans
from assessment.retreat.steering import Steering
from assessment.retreat.values import NoRetreat, RetreatError
from assessment.slides.step_faults import PlanError
from assessment.slides.steps import Plan
from assessment.storage import retreats as rows
from tests.retreat.world import PLAN, Room, stranger_to


def test_a_plan_is_read_back_as_it_was_made(room: Room) -> None:
    seen = plans.read(room.store, room.retreat_id, room.leader)
    assert (seen.name, seen.steps, seen.round_id, seen.round_sealed) == ("Spring retreat", PLAN, room.round_id, True)
    assert (seen.running, seen.code, seen.screen, seen.position) == (False, None, None, 0)
    assert plans.list_retreats(room.store, room.leader.alliance_id) == (seen,)


def test_starting_gives_an_address_and_a_code_and_ending_takes_them(room: Room) -> None:
    seen = plans.start(room.store, room.retreat_id, room.leader)
    assert seen.running
    assert tokens.read_room_code(seen.code or "") == (seen.code, "")
    assert tokens.read_token(seen.screen or "") == seen.screen
    with pytest.raises(RetreatError, match="running already"):
        plans.start(room.store, room.retreat_id, room.leader)
    plans.end(room.store, room.retreat_id, room.leader)
    after = plans.read(room.store, room.retreat_id, room.leader)
    assert (after.running, after.code, after.screen) == (False, None, None)


def test_a_retreat_that_ended_goes_on_with_another_address_and_code(room: Room) -> None:
    first = plans.start(room.store, room.retreat_id, room.leader)
    plans.end(room.store, room.retreat_id, room.leader)
    again = plans.start(room.store, room.retreat_id, room.leader)
    assert again.running
    assert again.started_at == first.started_at
    assert {again.code, again.screen}.isdisjoint({first.code, first.screen})


def test_others_neither_see_nor_lead_it(room: Room) -> None:
    readers = (stranger_to(room.leader), dataclasses.replace(room.leader, role=Role.VIEWER))
    for person in readers:
        for act in (plans.read, plans.start, plans.end, plans.remove, plans.record):
            with pytest.raises(NoRetreat):
                act(room.store, room.retreat_id, person)
        with pytest.raises(NoRetreat):
            plans.change(room.store, room.retreat_id, person, "Ours now", PLAN)
        with pytest.raises(RetreatError):
            plans.make(room.store, person, room.round_id, "Ours", PLAN)


def test_a_plan_that_cannot_be_shown_is_refused(room: Room) -> None:
    with pytest.raises(FieldFaults):
        plans.make(room.store, room.leader, room.round_id, " ", PLAN)
    with pytest.raises(PlanError):
        plans.change(room.store, room.retreat_id, room.leader, "Twice", (PLAN[0], PLAN[0]))
    draft = room.world.draft("Draft")
    with pytest.raises(RetreatError, match="draft"):
        plans.make(room.store, room.leader, draft, "Early", PLAN)


def test_reordering_a_running_plan_keeps_what_the_room_looks_at(room: Room) -> None:
    plans.start(room.store, room.retreat_id, room.leader)
    Steering(room.store, room.retreat_id, room.leader, 1).jump(2)
    plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", (PLAN[2], PLAN[3], PLAN[1]))
    assert plans.read(room.store, room.retreat_id, room.leader).position == 3
    with pytest.raises(RetreatError, match="looks at this step now"):
        plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", PLAN[:1])
    plans.end(room.store, room.retreat_id, room.leader)
    plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", PLAN[:1])
    assert plans.read(room.store, room.retreat_id, room.leader).position == 0


def test_votes_never_count_for_other_words_than_they_were_given_to(room: Room) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    keys = [tokens.new_token() for _ in range(6)]
    for key in keys:
        phones.join(room.store, code, key)
    turned = dataclasses.replace(PLAN[2], options=tuple(reversed(PLAN[2].options)))
    other = (*PLAN[:2], turned, PLAN[3])

    def at(position: int) -> Steering:
        with room.store.read() as session:
            seen = rows.version(session, room.retreat_id) or 0
        steering = Steering(room.store, room.retreat_id, room.leader, seen)
        steering.jump(position)
        return dataclasses.replace(steering, seen=seen + 1)

    def become(steps: Plan) -> None:
        plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", steps)

    at(3)
    for key in keys:
        phones.vote(room.store, key, "choose", 0)
    with pytest.raises(RetreatError, match="Phones answer this step now"):
        become(other)
    become((*PLAN[:2], dataclasses.replace(PLAN[2], minutes=5), PLAN[3]))
    at(2)
    become(other)
    third = plans.read(room.store, room.retreat_id, room.leader).steps[2]
    assert third == dataclasses.replace(turned, id=third.id) != turned
    at(3)
    assert phones.see(room.store, keys[0]).own is None
    with pytest.raises(phones.NotAsked):
        phones.vote(room.store, keys[5], "choose", 0)
    for key in keys[:5]:
        phones.vote(room.store, key, third.id, 2)
    at(3).reveal()
    with pytest.raises(RetreatError, match="its words stay"):
        become((*PLAN[:2], dataclasses.replace(third, options=PLAN[2].options), PLAN[3]))
    at(2)
    become((*PLAN[:2], PLAN[3]))
    become((*PLAN[:2], dataclasses.replace(third, options=PLAN[2].options), PLAN[3]))
    counted = plans.record(room.store, room.retreat_id, room.leader).polls[third.id]
    assert [(column.label, column.votes) for column in counted.columns][-1] == ("Harbour", 5)


def test_hidden_votes_on_a_step_that_is_dropped_are_forgotten(room: Room) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    keys = [tokens.new_token() for _ in range(6)]
    for key in keys:
        phones.join(room.store, code, key)
    Steering(room.store, room.retreat_id, room.leader, 1).jump(3)
    for key in keys:
        phones.vote(room.store, key, "choose", 0)
    Steering(room.store, room.retreat_id, room.leader, 2).jump(2)
    for steps in ((*PLAN[:2], PLAN[3]), PLAN):
        plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", steps)
    with room.store.read() as session:
        seen = rows.version(session, room.retreat_id) or 0
    Steering(room.store, room.retreat_id, room.leader, seen).jump(3)
    assert phones.see(room.store, keys[0]).own is None


def test_a_running_retreat_is_not_deleted_and_its_commitments_outlive_it(room: Room) -> None:
    plans.start(room.store, room.retreat_id, room.leader)
    due = clock.today() + timedelta(days=30)
    Steering(room.store, room.retreat_id, room.leader, 1).promise(CommitmentDraft("Meet monthly", due))
    kept = plans.record(room.store, room.retreat_id, room.leader).commitments
    assert [one.promise.what for one in kept] == ["Meet monthly"]
    with pytest.raises(RetreatError, match="End it first"):
        plans.remove(room.store, room.retreat_id, room.leader)
    plans.end(room.store, room.retreat_id, room.leader)
    plans.remove(room.store, room.retreat_id, room.leader)
    with pytest.raises(NoRetreat):
        plans.read(room.store, room.retreat_id, room.leader)
    assert plans.commitments_of(room.store, room.leader.alliance_id, room.retreat_id) == ()


def test_the_screens_address_can_be_made_anew_and_withdrawn(room: Room) -> None:
    with pytest.raises(RetreatError, match="not running"):
        plans.renew_screen(room.store, room.retreat_id, room.leader)
    first = plans.start(room.store, room.retreat_id, room.leader).screen
    assert plans.renew_screen(room.store, room.retreat_id, room.leader) != first
    plans.withdraw_screen(room.store, room.retreat_id, room.leader)
    assert plans.read(room.store, room.retreat_id, room.leader).screen is None


def test_ending_forgets_every_phone(room: Room) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    key = tokens.new_token()
    phones.join(room.store, code, key)
    plans.end(room.store, room.retreat_id, room.leader)
    with pytest.raises(phones.NotJoined):
        phones.see(room.store, key)
    with pytest.raises(phones.CodeRefused):
        phones.join(room.store, code, key)
