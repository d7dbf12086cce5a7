"""Transactions, pragmas and two processes on one file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import SQLAlchemyError

from assessment.storage import sqlite
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.errors import ReadOnly, Unprotected
from assessment.storage.tables import Guess, Instance
from tests.storage.rows import count_guesses, guess

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_written_can_be_read_by_the_next_transaction(store: Store) -> None:
    with store.write() as session:
        session.get_one(Instance, 1).sample = True
    with store.read() as session:
        assert session.get_one(Instance, 1).sample


def test_an_error_leaves_nothing_of_a_transaction_behind(store: Store) -> None:
    def stumble() -> None:
        with store.write() as session:
            session.add(guess(b"a"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert count_guesses(store) == 0


def test_a_reading_session_cannot_write(store: Store) -> None:
    def write_while_reading() -> None:
        with store.read() as session:
            session.add(guess(b"a"))
            session.flush()

    with pytest.raises(ReadOnly):
        write_while_reading()
    assert count_guesses(store) == 0


def test_an_error_tells_no_log_what_was_written(store: Store) -> None:
    secret = guess(b"somebody's own words")
    with pytest.raises(SQLAlchemyError) as refused, store.write() as session:
        session.execute(text("INSERT INTO guess (subject, failures) VALUES (:subject, 1)"), {"subject": secret.subject})
    told = "".join(traceback.format_exception(refused.value))
    assert "guess" in told
    assert "somebody's own words" not in told.replace("\\'", "'")


def test_one_process_has_one_store_for_an_address(database_url: str) -> None:
    assert open_store(database_url) is open_store(database_url)


def test_every_connection_runs_with_the_pragmas_of_the_promises(sqlite_url: str) -> None:
    migrate(sqlite_url)
    mode, synchronous = sqlite.journal()
    wanted = {**sqlite.PRAGMAS, "journal_mode": mode, "synchronous": synchronous}
    with open_store(sqlite_url).engine.connect() as one, open_store(sqlite_url).engine.connect() as two:
        for connection in (one, two):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted


def test_a_pragma_that_does_not_hold_stops_the_start(sqlite_url: str) -> None:
    migrate(sqlite_url)
    store = Store(sqlite_url)

    def weaken(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA secure_delete = OFF")

    event.listen(store.engine, "connect", weaken)
    with pytest.raises(Unprotected, match="secure_delete = 0"):
        store.check()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 60, 0), True),
    ],
)
def test_a_write_ahead_log_is_used_only_where_it_loses_nothing(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite.wal_is_safe(version) is safe


def test_many_threads_lose_no_write(store: Store) -> None:
    with store.write() as session:
        session.add(guess(b"all"))

    def add() -> None:
        for _ in range(5):
            with store.write() as session:
                row = session.scalars(select(Guess).with_for_update()).one()
                row.failures += 1

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert session.scalars(select(Guess.failures)).one() == 1 + 40


WRITER = """
import sys
from sqlalchemy import select
from assessment.storage.engine import open_store
from assessment.storage.tables import Guess
store = open_store(sys.argv[1])
for _ in range(20):
    with store.write() as session:
        session.scalars(select(Guess).with_for_update()).one().failures += 1
"""


def test_a_second_process_shares_the_database_and_loses_nothing(store: Store) -> None:
    with store.write() as session:
        session.add(guess(b"all"))
    command = [sys.executable, "-c", WRITER, store.url]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with store.read() as session:
        assert session.scalars(select(Guess.failures)).one() == 1 + 40


def test_tables_of_secrets_keep_no_order_of_arrival(sqlite_url: str) -> None:
    migrate(sqlite_url)
    with open_store(sqlite_url).engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        found = {name: str(sql) for name, sql in rows}
    assert all("WITHOUT ROWID" in found[table] for table in ("code", "ballot", "text"))
