"""The migration to small ballots: every key still opens its answers, every code its seats, in their own places."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from assessment.collect import ballots
from assessment.storage.engine import Store, bind, make_engine, migrate
from assessment.storage.tables import Ballot, BallotBox, Code, Instance
from assessment.tokens import digest, new_token
from tests.survival.migrating import RELEASED, Make, postgres_makers, sqlite_makers

BEFORE = [path.stem for path in sorted(RELEASED.glob("*.db")) if path.stem < "0006"]
BALLOTS = "SELECT key_hash, round_id, organisation_id, only_total, sent, revisions, answers, texts FROM ballot"
CODES = "SELECT code_hash, round_id, organisation_id, seats FROM code"


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "SQLite":
        return sqlite_makers(tmp_path)
    return postgres_makers(request.getfixturevalue("postgres"))


def released(version: str, rows: str) -> dict[bytes, tuple[Any, ...]]:
    """Return what a released file holds of its open round, by the half of each hash that stays."""
    with closing(sqlite3.connect(f"{(RELEASED / version).as_uri()}.db?mode=ro", uri=True)) as raw:
        return {row[0][:16]: row[1:] for row in raw.execute(rows)}


@pytest.mark.parametrize("version", BEFORE)
def test_every_ballot_and_code_lies_in_its_own_place(make: Make, version: str) -> None:
    url = make(version)
    migrate(url)
    store = Store(url)
    with store.read() as session:
        found = {
            b.key_hash: (b.lies_in.round_id, b.lies_in.organisation_id, b.only_total, b.sent, b.revisions, b.answers)
            for b in session.scalars(select(Ballot))
        }
        written = {b.key_hash: b.texts for b in session.scalars(select(Ballot))}
        codes = {
            c.code_hash: (c.lies_in.round_id, c.lies_in.organisation_id, c.seats) for c in session.scalars(select(Code))
        }
        due = session.scalar(select(Instance.purge_due))
    store.close()
    before = released(version, BALLOTS)
    assert len(before) == 7
    assert found == {key: row[:-1] for key, row in before.items()}
    assert written == {key: json.loads(row[-1]) for key, row in before.items()}
    assert codes == released(version, CODES)
    assert due is True


def test_a_return_code_and_a_code_of_before_still_open_what_they_opened(make: Make) -> None:
    url, key, code = make(BEFORE[-1]), new_token(), new_token()
    engine = make_engine(url)
    _, writing = bind(engine)
    with writing.begin() as connection:
        own, round_id, answers = connection.execute(
            text("SELECT key_hash, round_id, answers FROM ballot LIMIT 1")
        ).one()
        connection.execute(
            text("UPDATE ballot SET key_hash = :new WHERE key_hash = :own"), {"new": digest(key), "own": own}
        )
        spare = connection.scalar(text("SELECT code_hash FROM code LIMIT 1"))
        connection.execute(
            text("UPDATE code SET code_hash = :new WHERE code_hash = :own"), {"new": digest(code), "own": spare}
        )
    engine.dispose()
    migrate(url)
    store = Store(url)
    found, seat = ballots.find(store, key), ballots.look_up(store, code)
    store.close()
    assert (found.round_id, found.answers) == (round_id, bytes(answers))
    assert (seat.round_id, seat.left) == (round_id, 1)


def test_boxes_are_numbered_by_their_organisations_and_tell_nothing_of_who_came_first(make: Make) -> None:
    url = make(BEFORE[-1])
    migrate(url)
    store = Store(url)
    with store.read() as session:
        rows = session.execute(select(BallotBox.round_id, BallotBox.organisation_id).order_by(BallotBox.number)).all()
    store.close()
    places = [(round_id, organisation_id or "") for round_id, organisation_id in rows]
    assert len(places) > 2
    assert places == sorted(set(places))
