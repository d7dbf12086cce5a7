"""What leaders do in the room, from two remotes at once, and what is kept of votes once they are revealed."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assessment import clock, tokens
from assessment.alliance.commitments import CommitmentDraft
from assessment.retreat import phones, plans
from assessment.retreat.steering import Overtaken, Steering
from assessment.retreat.values import NoRetreat, RetreatError
from assessment.slides.plan_data import to_data
from assessment.slides.steps import MOST_FINDINGS, Kind, Step
from assessment.slides.votes import Column, Counted
from assessment.storage import retreats as rows
from tests.retreat.world import Room, stranger_to

FIST, CHOOSE = 2, 3


def steering(room: Room) -> Steering:
    """Return an act of a remote that has seen the room as it is."""
    with room.store.read() as session:
        return Steering(room.store, room.retreat_id, room.leader, rows.version(session, room.retreat_id) or 0)


def voted(room: Room, position: int, choices: Sequence[int]) -> list[str]:
    """Start the room, go to a step and let one phone a choice vote; return their keys."""
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    steering(room).jump(position)
    step = plans.read(room.store, room.retreat_id, room.leader).steps[position - 1]
    keys = [tokens.new_token() for _ in choices]
    for key, choice in zip(keys, choices, strict=True):
        phones.join(room.store, code, key)
        phones.vote(room.store, key, step.id, choice)
    return keys


def test_two_remotes_never_step_twice(room: Room) -> None:
    plans.start(room.store, room.retreat_id, room.leader)
    one, other = steering(room), steering(room)
    one.next()
    with pytest.raises(Overtaken):
        other.next()
    assert plans.read(room.store, room.retreat_id, room.leader).position == 1


def test_what_is_promised_twice_at_a_press_stands_once(small_room: Room) -> None:
    room = small_room
    plans.start(room.store, room.retreat_id, room.leader)
    draft = CommitmentDraft("Papers a week before", clock.today() + timedelta(days=30))
    with ThreadPoolExecutor(2) as pressed:
        list(pressed.map(lambda one: one.promise(draft), [steering(room), steering(room)]))
    steering(room).promise(dataclasses.replace(draft, what="Meet monthly"))
    made = plans.record(room.store, room.retreat_id, room.leader).commitments
    assert sorted(one.promise.what for one in made) == ["Meet monthly", "Papers a week before"]


def test_next_turns_pages_first_and_stops_at_the_last_step(room: Room) -> None:
    plans.start(room.store, room.retreat_id, room.leader)
    steering(room).next()
    steering(room).next(pages=2)
    assert plans.read(room.store, room.retreat_id, room.leader).position == 1
    steering(room).next(pages=2)
    assert plans.read(room.store, room.retreat_id, room.leader).position == 2
    steering(room).jump(4)
    with pytest.raises(RetreatError, match="no step beyond"):
        steering(room).next()
    steering(room).jump(0)
    with pytest.raises(RetreatError, match="no step beyond"):
        steering(room).back()


def test_nobody_else_steers_it_and_nobody_steers_what_does_not_run(room: Room) -> None:
    with pytest.raises(RetreatError, match="not running"):
        steering(room).next()
    plans.start(room.store, room.retreat_id, room.leader)
    with pytest.raises(NoRetreat):
        Steering(room.store, room.retreat_id, stranger_to(room.leader), 1).next()


@pytest.mark.parametrize(
    ("choices", "columns"),
    [
        ([], ()),
        ([3], ()),
        ([3, 3], ()),
        ([3, 3, 3], ()),
        ([0, 1, 2, 3], ()),
        ([5] * 4, ()),
        ([0, 1, 2, 3, 4], (("0–5", 5),)),
        ([3] * 5, (("0", 0), ("1", 0), ("2", 0), ("3", 5), ("4", 0), ("5", 0))),
        ([0] * 3 + [4] * 2 + [5] * 4, (("0", 3), ("1", 0), ("2", 0), ("3–5", 6))),
        ([0] + [5] * 7, (("0–5", 8),)),
    ],
)
def test_a_column_of_one_or_two_votes_is_merged_and_few_votes_are_not_shown(
    small_room: Room, choices: list[int], columns: tuple[tuple[str, int], ...]
) -> None:
    voted(small_room, FIST, choices)
    steering(small_room).reveal()
    shown = plans.record(small_room.store, small_room.retreat_id, small_room.leader).polls["fist"]
    assert shown == Counted(tuple(Column(*column) for column in columns), sum(votes for _, votes in columns))


def test_small_choices_go_into_other(room: Room) -> None:
    voted(room, CHOOSE, [0] * 5 + [1] + [2] * 2)
    steering(room).reveal()
    shown = plans.record(room.store, room.retreat_id, room.leader).polls["choose"]
    assert [(column.label, column.votes) for column in shown.columns] == [("Harbour", 5), ("Other", 3)]


def test_revealing_deletes_the_votes_and_takes_no_more(room: Room) -> None:
    keys = voted(room, FIST, [2] * 6)
    steering(room).reveal()
    with room.store.read() as session:
        assert rows.count_voted(session, room.retreat_id, "fist") == 0
    assert phones.see(room.store, keys[0]) == (room.retreat_id, None, 0, None)
    with pytest.raises(phones.NotAsked):
        phones.vote(room.store, keys[0], "fist", 1)
    with pytest.raises(RetreatError, match="nothing to reveal"):
        steering(room).reveal()
    steering(room).back()
    steering(room).next()
    with pytest.raises(phones.NotAsked):
        phones.vote(room.store, keys[0], "fist", 1)


def test_a_phone_has_one_vote_and_may_change_it(room: Room) -> None:
    keys = voted(room, FIST, [0] * 5)
    for key in keys:
        phones.vote(room.store, key, "fist", 4)
    assert phones.see(room.store, keys[0]).own == 4
    steering(room).reveal()
    shown = plans.record(room.store, room.retreat_id, room.leader).polls["fist"]
    assert shown.columns[4] == Column("4", 5)
    assert shown.voted == 5


def test_forged_keys_other_steps_and_choices_that_are_not_offered_do_not_count(room: Room) -> None:
    (key,) = voted(room, FIST, [1])
    with pytest.raises(phones.NotJoined):
        phones.vote(room.store, tokens.new_token(), "fist", 1)
    for step, choice in (("choose", 1), ("", 1), ("fist", 6), ("fist", -1)):
        with pytest.raises(phones.NotAsked):
            phones.vote(room.store, key, step, choice)
    with room.store.read() as session:
        assert (rows.count_phones(session, room.retreat_id), rows.count_voted(session, room.retreat_id, "fist")) == (
            1,
            1,
        )


def test_every_vote_that_was_taken_is_counted_whoever_reveals_meanwhile(room: Room) -> None:
    keys = voted(room, FIST, [3] * 10)
    ready = threading.Barrier(len(keys) + 1)

    def change(key: str) -> bool:
        ready.wait()
        try:
            phones.vote(room.store, key, "fist", 5)
        except phones.NotAsked:
            return False
        return True

    with ThreadPoolExecutor(len(keys)) as threads:
        changed = [threads.submit(change, key) for key in keys]
        ready.wait()
        steering(room).reveal()
        taken = sum(one.result() for one in changed)
    with room.store.read() as session:
        kept = rows.revealed(session, room.retreat_id)["fist"]["columns"]
        assert rows.count_voted(session, room.retreat_id, "fist") == 0
    fives = sum(people for codes, people in kept if codes == [6])
    assert sum(people for _, people in kept) == 10
    assert fives == taken or taken in {1, 2, 8, 9}, "one or two are merged with their neighbours"


def test_results_are_put_behind_the_present_step_as_many_as_a_retreat_may_have(small_room: Room) -> None:
    plans.start(small_room.store, small_room.retreat_id, small_room.leader)
    steering(small_room).jump(1)
    late = Steering(small_room.store, small_room.retreat_id, small_room.leader, 0)
    late.append(to_data(tuple(Step(f"found{n}", Kind.ALIKE, "Why?") for n in range(8))))
    steps = plans.read(small_room.store, small_room.retreat_id, small_room.leader).steps
    findings = [step for step in steps if step.sort.finding]
    assert len(findings) == MOST_FINDINGS
    assert [step.id for step in steps[:2]] == ["split", "found0"]
    assert [step.id for step in steps[-3:]] == ["fist", "choose", "promise"]
