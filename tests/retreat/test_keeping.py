"""What is forgotten by itself: phones and votes at the end of a room, and a day after nobody did anything in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from assessment import clock, tokens
from assessment.retreat import phones, plans
from assessment.retreat.keeping import FORGOTTEN, end_forgotten
from assessment.retreat.steering import Steering
from assessment.rounds.keeping import keep_promises
from assessment.storage.tables import Instance, Phone, PollVote
from tests.retreat.world import Room
from tests.rounds.test_traces import files_of

FIST = 2


def voted(room: Room) -> list[str]:
    """Start the room and let six phones vote; return their keys."""
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    Steering(room.store, room.retreat_id, room.leader, 1).jump(FIST)
    keys = [tokens.new_token() for _ in range(6)]
    for key in keys:
        phones.join(room.store, code, key)
        phones.vote(room.store, key, "fist", 3)
    return keys


def kept(room: Room) -> tuple[int, int]:
    """Count phones and hidden votes."""
    with room.store.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Phone, PollVote)]
    return counts[0], counts[1]


def test_a_room_that_nobody_ended_ends_after_a_day(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    voted(room)
    assert end_forgotten(room.store) == []
    moment = datetime.now(UTC) + timedelta(hours=24, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    keep_promises(room.store, (FORGOTTEN,))
    assert kept(room) == (0, 0)
    assert not plans.read(room.store, room.retreat_id, room.leader).running
    with room.store.read() as session:
        assert not session.scalar(select(Instance.purge_due))


def test_an_act_keeps_a_room_for_another_day(small_room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    voted(small_room)
    for hours in (23, 46):
        moment = datetime.now(UTC) + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda now=moment: now)
        assert end_forgotten(small_room.store) == []
        with small_room.store.read() as session:
            from assessment.storage import retreats as rows

            seen = rows.version(session, small_room.retreat_id) or 0
        Steering(small_room.store, small_room.retreat_id, small_room.leader, seen).blank(True)
    assert kept(small_room) == (6, 6)


def test_after_the_end_no_file_holds_a_phone(room: Room) -> None:
    hashes = [tokens.digest(key) for key in voted(room)]
    before = b"".join(files_of(room.store))
    assert all(one in before for one in hashes), "the search finds what is there"
    plans.end(room.store, room.retreat_id, room.leader)
    after = b"".join(files_of(room.store))
    assert [one for one in hashes if one in after] == []
