"""What a restore must not bring back beside ballots: rooms, their votes, words that were taken away; nor be undone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment import clock, rounds, tokens
from assessment.alliance import words
from assessment.alliance.words import Decision
from assessment.retreat import phones, plans
from assessment.retreat.steering import Steering
from assessment.storage.backups import opened, outdated
from assessment.storage.engine import Store
from assessment.storage.tables import Phone, PollVote, Retreat, TextState, Written
from tests.commands.conftest import Tend
from tests.retreat.world import Room, make_room
from tests.rounds.world import make_world

KEY = tokens.new_token()


@pytest.fixture
def room(store: Store, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room that runs, with one vote that nobody may see yet, in the instance that commands take as theirs."""
    monkeypatch.setenv("DATABASE_URL", store.url)
    made = make_room(store)
    view = plans.start(store, made.retreat_id, made.leader)
    phones.join(store, view.code or "", KEY)
    Steering(store, made.retreat_id, made.leader, 1).jump(2)
    phones.vote(store, KEY, "fist", 3)
    return made


def row(room: Room) -> Retreat:
    with room.store.read() as session:
        return session.scalars(select(Retreat)).one()


def hidden(room: Room) -> tuple[int, int]:
    """Count phones and hidden votes."""
    with room.store.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Phone, PollVote)]
    return counts[0], counts[1]


def test_a_room_that_ended_since_opens_nothing_and_no_vote_comes_back(say: Tend, room: Room, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "backup"))
    assert hidden(room) == (1, 1)
    plans.end(room.store, room.retreat_id, room.leader)
    assert say("restore", str(tmp_path / "backup")).status == 0
    there = row(room)
    assert (there.ended_at is not None, there.code, there.screen_token, there.asked) == (True, None, None, None)
    assert hidden(room) == (0, 0)


def test_an_address_of_a_screen_that_was_withdrawn_stays_withdrawn(say: Tend, room: Room, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "backup"))
    token = plans.renew_screen(room.store, room.retreat_id, room.leader)
    assert say("restore", str(tmp_path / "backup")).status == 0
    there = row(room)
    assert (there.ended_at, there.screen_token) == (None, token)
    assert hidden(room) == (0, 0)


def test_words_that_were_taken_away_since_stay_away(
    say: Tend, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", store.url)
    world = make_world(store)
    world.answer(round_id := world.open(), 12, words=["Ana shouted at us"] * 6)
    rounds.seal(store, round_id)
    ids = [text.id for text in words.to_moderate(store, world.alliance_id, round_id)]
    for text_id in ids[:2]:
        words.decide(store, world.alliance_id, text_id, Decision("Ana shouted at us", TextState.SHOWN))
    say("backup", str(tmp_path / "backup"))
    words.decide(store, world.alliance_id, ids[0], Decision("[Somebody] shouted at us", TextState.SHOWN))
    words.decide(store, world.alliance_id, ids[1], Decision("Ana shouted at us", TextState.COUNTED))
    assert say("restore", str(tmp_path / "backup")).status == 0
    with store.read() as session:
        found = {text.id: (text.words, text.state) for text in session.scalars(select(Written))}
    assert found[ids[0]] == ("[Somebody] shouted at us", TextState.SHOWN)
    assert found[ids[1]] == ("Ana shouted at us", TextState.COUNTED)


def test_a_restored_database_is_never_taken_for_an_old_backup(
    say: Tend, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("backup", str(tmp_path / "backup"))
    say("restore", str(tmp_path / "backup"))
    copy = f"sqlite:///{tmp_path / 'copied.db'}"
    say("copy", "--from", f"sqlite:///{tmp_path / 'backup'}", "--to", copy)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        assert "deleted" in say("backup", str(tmp_path / "later"), "--remove-old").out
        monkeypatch.setenv("DATABASE_URL", copy)
        say("backup", str(tmp_path / "of-the-copy"), "--remove-old")
    assert not (tmp_path / "backup").exists()
    assert (tmp_path / "copied.db").exists()
    assert room.store.path is None or room.store.path.exists()


def test_a_restore_that_is_killed_leaves_nothing_that_others_read_or_nobody_finds(
    say: Tend, room: Room, tmp_path: Path
) -> None:
    say("backup", str(tmp_path / "backup"))
    before = (tmp_path / "backup").read_bytes()
    with opened(tmp_path / "backup"), clock.standing_at(clock.now() + timedelta(days=15)):
        left = tmp_path / "backup.restoring"
        assert left.stat().st_mode & 0o077 == 0
        assert left in list(outdated(tmp_path, room.store.path))
    assert not list(tmp_path.glob("*.restoring*"))
    assert (tmp_path / "backup").read_bytes() == before
