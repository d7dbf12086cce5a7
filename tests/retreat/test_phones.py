"""Joining by a room code: what it takes, and that guessing codes is bounded for all together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessment import clock, tokens
from assessment.retreat import phones, plans
from assessment.storage import retreats as rows
from tests.retreat.world import Room


def test_a_code_may_be_typed_in_any_way_and_joining_twice_is_joining_once(room: Room) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    key = tokens.new_token()
    for typed in (code, f" {code[:3].lower()} - {code[3:]} "):
        assert phones.join(room.store, typed, key) == room.retreat_id
    assert phones.see(room.store, key).retreat_id == room.retreat_id
    with room.store.read() as session:
        assert rows.count_phones(session, room.retreat_id) == 1


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "AEIOUL", "BCDFGH", "é" * 6, "x" * 10_000])
def test_other_codes_open_nothing(room: Room, typed: str) -> None:
    with pytest.raises(phones.CodeRefused):
        phones.join(room.store, typed, tokens.new_token())


def test_guessing_is_bounded_for_all_together_for_a_minute(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    wrong = "BCDFGH" if code != "BCDFGH" else "BCDFGJ"
    monkeypatch.setattr(phones, "WRONG_CODES", 3)
    for _ in range(3):
        with pytest.raises(phones.CodeRefused):
            phones.join(room.store, wrong, tokens.new_token())
    with pytest.raises(phones.TooManyCodes):
        phones.join(room.store, code, tokens.new_token())
    moment = datetime.now(UTC) + phones.WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert phones.join(room.store, code, tokens.new_token()) == room.retreat_id


def test_who_scans_the_screen_comes_in_while_others_guess(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    started = plans.start(room.store, room.retreat_id, room.leader)
    code, screen = started.code or "", started.screen or ""
    scanned, forged = tokens.room_code_to_scan(code, screen), tokens.room_code_to_scan(code, "another screen")
    monkeypatch.setattr(phones, "WRONG_CODES", 2)
    for _ in range(2):
        with pytest.raises(phones.CodeRefused):
            phones.join(room.store, forged, tokens.new_token())
    for typed in (code, forged):
        with pytest.raises(phones.TooManyCodes):
            phones.join(room.store, typed, tokens.new_token())
    assert phones.join(room.store, scanned, tokens.new_token()) == room.retreat_id


def test_a_code_scanned_from_an_earlier_screen_opens_nothing(room: Room) -> None:
    started = plans.start(room.store, room.retreat_id, room.leader)
    scanned = tokens.room_code_to_scan(started.code or "", started.screen or "")
    plans.renew_screen(room.store, room.retreat_id, room.leader)
    with pytest.raises(phones.CodeRefused):
        phones.join(room.store, scanned, tokens.new_token())


def test_codes_that_are_tried_at_the_same_moment_are_bounded_too(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    code = plans.start(room.store, room.retreat_id, room.leader).code or ""
    wrong = "BCDFGH" if code != "BCDFGH" else "BCDFGJ"
    monkeypatch.setattr(phones, "WRONG_CODES", 3)
    told: list[object] = []
    for typed in ([wrong, code, "rubbish"], [wrong, code, wrong, wrong, code, wrong], [code]):
        with room.store.write() as session:
            told += phones.find_all(session.connection(), typed)
    refused, over = phones.CodeRefused, phones.TooManyCodes
    opened = [refused, str, refused, refused, str, refused, over, over, over, over]
    assert [type(one) for one in told] == opened
