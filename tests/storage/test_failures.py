"""A database that is gone, locked, full, read-only or strange: plain words, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, event

from assessment.storage import postgresql, sqlite
from assessment.storage.engine import Store, bind, make_engine, migrate, open_store
from assessment.storage.errors import Busy, Damaged, Full, ReadOnly, StorageError, Unreachable
from tests.postgres import PostgresServer
from tests.storage.rows import count_guesses, guess

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file_store(sqlite_url: str) -> Iterator[Store]:
    """A SQLite instance with one row that was acknowledged."""
    migrate(sqlite_url)
    store = Store(sqlite_url)
    with store.write() as session:
        session.add(guess(b"acknowledged"))
    yield store
    store.close()


def write(store: Store) -> None:
    with store.write() as session:
        session.add(guess(b"another"))


def be_impatient(store: Store) -> None:
    """Let this store's connections give up at once instead of after ten seconds."""

    def give_up(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute("PRAGMA busy_timeout = 0")

    event.listen(store.engine, "checkout", give_up)


def test_a_locked_database_says_busy_and_works_again_afterwards(file_store: Store) -> None:
    be_impatient(file_store)
    with closing(sqlite3.connect(str(file_store.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="Try again"):
            write(file_store)
        other.execute("ROLLBACK")
    write(file_store)
    assert count_guesses(file_store) == 2


def test_a_writer_waits_for_another_one(file_store: Store) -> None:
    begun = threading.Event()
    event.listen(file_store.engine, "checkout", lambda *_: begun.set())
    writer = threading.Thread(target=write, args=(file_store,))
    with closing(sqlite3.connect(str(file_store.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer.start()
        begun.wait()
        other.execute("COMMIT")
        writer.join()
    assert count_guesses(file_store) == 2


def test_a_full_disk_says_so_and_keeps_what_was_there(file_store: Store) -> None:
    def fill_up(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute("PRAGMA max_page_count = 1")  # SQLite makes it the present size

    event.listen(file_store.engine, "checkout", fill_up)
    with pytest.raises(Full, match="full"), file_store.write() as session:
        session.add_all([guess(os.urandom(32)) for _ in range(2_000)])
    assert count_guesses(file_store) == 1


LIMITED = """
import resource, signal, sys
from assessment.storage.engine import open_store
from assessment.storage.errors import Full
from tests.storage.rows import guess
import os
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = os.path.getsize(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    with open_store(sys.argv[1]).write() as session:
        session.add_all([guess(os.urandom(32)) for _ in range(2_000)])
except Full as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_bytes_says_so_and_keeps_what_was_there(file_store: Store) -> None:
    command = [sys.executable, "-c", LIMITED, file_store.url, str(file_store.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "full" in done.stdout
    assert count_guesses(file_store) == 1


def test_a_read_only_file_can_be_read_and_says_why_it_is_not_written(file_store: Store) -> None:
    read_only = open_read_only(file_store)
    with pytest.raises(ReadOnly, match="right to write"):
        write(read_only)
    assert count_guesses(read_only) == 1


def open_read_only(store: Store) -> Store:
    """Open a store as a user without the right to write would: root may always write, so SQLite is told."""
    found = Store(store.url)
    found.engine = create_engine(f"sqlite:///file:{store.path}?mode=ro&uri=true")
    sqlite.prepare(found.engine)
    found._reader, found._writer = bind(found.engine)
    return found


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'nowhere.db'}")
    with pytest.raises(Unreachable, match=r"cannot be reached: there is no file .* `python3 start.py`"):
        store.check()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_vanishes_while_we_run_is_noticed_before_anything_is_promised(file_store: Store) -> None:
    path = file_store.path
    assert path is not None
    path.rename(path.with_suffix(".moved"))
    with pytest.raises(StorageError):
        write(file_store)
    path.with_suffix(".moved").rename(path)
    file_store.close()
    assert count_guesses(file_store) == 1


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "tend.db").write_bytes(b"This is a letter, not a database. " * 200)
    with pytest.raises(Damaged, match="damaged"):
        open_store(f"sqlite:///{tmp_path / 'tend.db'}").check()
    with pytest.raises(Damaged):
        migrate(f"sqlite:///{tmp_path / 'tend.db'}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unreachable, match="cannot be made"):
        migrate(f"sqlite:///{tmp_path / 'file' / 'data' / 'tend.db'}")


def test_a_damaged_page_is_found_when_files_are_cleaned(file_store: Store) -> None:
    with file_store.write() as session:
        session.add_all([guess(os.urandom(32)) for _ in range(500)])
    path = file_store.path
    assert path is not None
    file_store.close()
    raw = bytearray(path.read_bytes())
    raw[-4096:-2048] = b"\xff" * 2048
    path.write_bytes(raw)
    with pytest.raises(Damaged):
        file_store.purge()


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(Unreachable, match="cannot be reached"):
        open_store("postgresql+psycopg://nobody@127.0.0.1:1/none").check()


def test_a_server_that_goes_away_says_so_and_is_found_again(postgres_url: str) -> None:
    migrate(postgres_url)
    store = Store(postgres_url)

    def write_while_it_goes() -> None:
        with store.write() as session:
            session.add(guess(b"a"))
            session.flush()
            own = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (own,))
            session.add(guess(b"b"))
            session.flush()

    with pytest.raises(Unreachable):
        write_while_it_goes()
    assert count_guesses(store) == 0
    store.close()


def test_a_database_that_the_server_does_not_have_says_so(postgres: PostgresServer) -> None:
    url = postgres.create()
    postgres.drop(url)
    with pytest.raises(Unreachable):
        migrate(url)


def test_a_table_that_another_holds_says_busy_on_postgresql(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(postgres_url)
    monkeypatch.setattr(postgresql, "LOCKED_FOR", "1ms")
    store = Store(postgres_url)
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE guess")
        for _ in range(2):  # what was undone before leaves the connection as patient as it was
            with pytest.raises(Busy):
                write(store)
    write(store)
    assert count_guesses(store) == 1
    store.close()


def test_a_server_that_is_cut_off_is_given_up(postgres_url: str) -> None:
    with closing(make_engine(postgres_url).raw_connection()) as connection:
        told = connection.driver_connection.info.get_parameters()
    assert {name: told[name] for name in postgresql.NETWORK} == {n: str(v) for n, v in postgresql.NETWORK.items()}
