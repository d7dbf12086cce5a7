"""A backup under load holds all that was acknowledged before it began; a restore brings back nothing destroyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment import clock, rounds
from assessment.settings import sqlite_url
from assessment.storage.backups import made_at, write_backup
from assessment.storage.copying import digests
from assessment.storage.engine import Store, open_store
from assessment.storage.tables import Ballot, Round, State
from tests.collect.world import World, make_world
from tests.commands.conftest import Tend
from tests.rounds.world import make_world as make_alliance
from tests.survival.hall import Hall, read_ballots
from tests.survival.member import Known
from tests.survival.processes import HOST, Nursery

Record = Callable[[str, object], None]


def test_a_backup_under_sixteen_writers_holds_all_that_was_acknowledged_before(
    nursery: Nursery, database_url: str, tmp_path: Path, record_property: Record
) -> None:
    world, port = make_world(database_url), nursery.listen()
    hall = Hall(world, (HOST, port))
    app = nursery.serve(port, database_url)
    hall.open_gate()
    with hall.answering():
        hall.wait_for(100)
        before = [list(member.ballots) for member in hall.members]
        began = hall.acknowledged
        write_backup(world.store, tmp_path / "backup")
        during = hall.acknowledged - began
        hall.wait_for(20)
    nursery.kill(app)
    after = {known.key_hash: known for member in hall.members for known in member.ballots}
    lost = missing(before, after, world, tmp_path / "backup")
    kind = "SQLite" if world.store.is_sqlite else "PostgreSQL"
    record_property("counted", f"backup, {kind}: {began:,} steps acknowledged before, {during:,} during, {lost} lost")
    assert lost == 0
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.glob("backup*")] == ["backup"]


def missing(before: list[list[Known]], after: dict[bytes, Known], world: World, file: Path) -> int:
    """Count the ballots of which a backup holds less than was acknowledged before it began."""
    backup = Store(sqlite_url(file))
    held = read_ballots(world, backup)
    backup.close()
    lost = 0
    for known in (ballot for ballots in before for ballot in ballots if ballot.here):
        found = held.get(known.key_hash)
        if found is None:
            lost += after[known.key_hash].here  # else it was withdrawn meanwhile
        else:
            fewer = any(found.marks.get(name, (0, 0))[1] < saves for name, (_, saves) in known.marks.items())
            lost += fewer or (known.sent and not found.sent)
    return lost


@pytest.fixture
def alliance(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An instance of two open rounds with answers, which commands take as theirs."""
    world = make_alliance(store)
    for name in ("Spring", "Autumn"):
        world.answer(world.open(name), 12, words=["Sentence one"])
    monkeypatch.setenv("DATABASE_URL", store.url)
    return store


def names(store: Store) -> dict[str, State]:
    with store.read() as session:
        return {row.name: row.state for row in session.scalars(select(Round))}


def ids(store: Store, name: str) -> str:
    with store.read() as session:
        return session.scalars(select(Round.id).where(Round.name == name)).one()


def test_a_restore_brings_everything_back(say: Tend, alliance: Store, tmp_path: Path) -> None:
    assert say("backup", str(tmp_path / "backup")).status == 0
    before = {copied.table: copied for copied in digests(alliance)}
    with alliance.write() as session:
        session.scalars(select(Round)).first().phase = "a mistake"  # type: ignore[union-attr]
    status, _, err = say("restore", str(tmp_path / "backup"))
    assert (status, err) == (0, "")
    after = {copied.table: copied for copied in digests(alliance)}
    assert {name for name in before if before[name] != after[name]} == {"audit"}


def test_what_was_destroyed_and_withdrawn_since_stays_so(say: Tend, alliance: Store, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "backup"))
    rounds.destroy_round(alliance, ids(alliance, "Spring"))
    with alliance.write() as session:
        withdrawn = session.scalars(select(Ballot)).first()
        assert withdrawn
        key = withdrawn.key_hash
        session.delete(withdrawn)
    status, out, _ = say("restore", str(tmp_path / "backup"))
    assert status == 0
    assert "Left out with its answers: Spring" in out
    with alliance.read() as session:
        keys = session.scalars(select(Ballot.key_hash)).all()
    assert (len(keys), key in keys) == (11, False)
    assert names(alliance) == {"Autumn": State.OPEN}


def test_a_round_that_was_sealed_since_comes_back_in_no_case(say: Tend, alliance: Store, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "backup"))
    rounds.seal(alliance, ids(alliance, "Spring"))
    before = digests(alliance)
    status, _, err = say("restore", str(tmp_path / "backup"))
    assert status == 2
    assert "Spring was sealed since this backup was made" in err
    assert "Its results are lost then, too" in err
    assert digests(alliance) == before
    assert say("restore", str(tmp_path / "backup"), "--without", "spring").status == 0
    assert names(alliance) == {"Autumn": State.OPEN}


def test_into_an_empty_database_somebody_must_say_what_became_of_open_rounds(
    say: Tend, alliance: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("backup", str(tmp_path / "backup"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    status, _, err = say("restore", str(tmp_path / "backup"))
    assert status == 2
    assert "nobody can tell what was sealed" in err
    assert say("restore", str(tmp_path / "backup"), "--nothing-sealed").status == 0
    assert names(open_store(f"sqlite:///{tmp_path / 'new.db'}")) == {"Spring": State.OPEN, "Autumn": State.OPEN}


def test_a_backup_past_its_time_is_named_deleted_and_not_restored(say: Tend, alliance: Store, tmp_path: Path) -> None:
    with clock.standing_at(clock.now() - timedelta(days=15)):
        say("backup", str(tmp_path / "old"))
    assert clock.now() - made_at(tmp_path / "old") > timedelta(days=14)
    status, _, err = say("restore", str(tmp_path / "old"))
    assert (status, "Members were promised" in err) == (2, True)
    assert f"(or use --remove-old): {tmp_path / 'old'}" in say("backup", str(tmp_path / "new")).out
    assert f"deleted: {tmp_path / 'old'}" in say("backup", str(tmp_path / "newer"), "--remove-old").out
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [b"", b"This is a letter. " * 300])
def test_what_is_no_backup_is_not_restored(say: Tend, alliance: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter").write_bytes(content)
    before = digests(alliance)
    status, _, err = say("restore", str(tmp_path / "letter"))
    assert (status, "is no backup" in err) == (2, True)
    assert digests(alliance) == before


def test_no_backup_is_overwritten(say: Tend, alliance: Store, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("mine")
    assert say("backup", str(tmp_path / "backup")).status == 2
    assert (tmp_path / "backup").read_text() == "mine"
