"""copy moves a whole instance between SQLite and PostgreSQL, and proves it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from assessment import rounds
from assessment.commands import copy as command
from assessment.storage import copying
from assessment.storage.copying import Copied, digests
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.schema import head
from assessment.storage.tables import Base, Round, State
from tests.commands.conftest import Said, Tend

RELEASED = Path(__file__).resolve().parents[1] / "storage" / "released" / f"{head()}.db"


@pytest.fixture
def full(tmp_path: Path) -> str:
    """The address of a file with rows in every table."""
    shutil.copy(RELEASED, tmp_path / "full.db")
    return f"sqlite:///{tmp_path / 'full.db'}"


def copy(say: Tend, source: str, target: str) -> Said:
    return say("copy", "--from", source, "--to", target)


def test_an_instance_goes_to_postgresql_and_back_without_losing_a_digit(
    say: Tend, full: str, postgres_url: str, tmp_path: Path
) -> None:
    there, back = postgres_url.replace("+psycopg", ""), f"sqlite:///{tmp_path / 'back.db'}"
    status, out, err = copy(say, full, there)
    assert (status, err) == (0, "")
    before = digests(open_store(full))
    assert all(copied.rows for copied in before)
    assert f"{sum(copied.rows for copied in before):,} rows in all; both databases" in out
    assert digests(open_store(postgres_url)) == before
    assert copy(say, there, back).status == 0
    assert digests(open_store(back)) == before
    assert (tmp_path / "back.db").stat().st_mode & 0o077 == 0


def test_a_copy_goes_on_as_its_original_would(say: Tend, full: str, postgres_url: str) -> None:
    copy(say, full, postgres_url)
    sealed = []
    for store in (open_store(full), open_store(postgres_url)):
        with store.read() as session:
            still_open = session.scalars(select(Round).where(Round.state == State.OPEN)).one()
        rounds.seal(store, still_open.id)
        sealed.append(rounds.published(store, still_open.id))
    assert sealed[0].facts.answered == 7
    assert sealed[0] == sealed[1]


def test_rows_lie_in_the_order_of_random_keys_and_are_of_one_transaction(
    say: Tend, full: str, postgres_url: str
) -> None:
    copy(say, full, postgres_url)
    with open_store(postgres_url).read() as session:
        for table, key in (("ballot", "key_hash"), ("code", "code_hash")):
            lying = session.scalars(text(f"SELECT {key} FROM {table} ORDER BY ctid")).all()
            assert len(lying) > 2
            assert lying == sorted(lying)
            assert len(session.scalars(text(f"SELECT DISTINCT xmin::text FROM {table}")).all()) == 1


def test_a_database_that_holds_an_alliance_is_left_alone(say: Tend, full: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(RELEASED, other)
    before = digests(open_store(f"sqlite:///{other}"))
    status, _, err = copy(say, full, f"sqlite:///{other}")
    assert status == 2
    assert "holds an alliance already" in err
    assert digests(open_store(f"sqlite:///{other}")) == before


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("mysql://here/tend", "sqlite:////x.db", "--from begins with 'mysql'"),
        ("sqlite:////nowhere/tend.db", "sqlite:////x.db", "cannot be reached"),
        ("sqlite:////x.db", "sqlite:///:memory:", "--to is"),
        ("sqlite:////x.db", "sqlite:////x.db", "the same database"),
    ],
)
def test_what_cannot_be_copied_is_told(say: Tend, source: str, target: str, words: str) -> None:
    status, _, err = copy(say, source, target)
    assert status == 2
    assert words in err


def test_a_copy_that_differs_is_not_kept(
    say: Tend, full: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copying.digest
    monkeypatch.setattr(copying, "digest", lambda table, connection: real(table, connection)._replace(digest="other"))
    status, _, err = copy(say, full, sqlite_url)
    assert status == 2
    assert "The copy differs" in err
    with open_store(sqlite_url).read() as session:
        assert session.scalars(select(Round)).all() == []


def test_who_wrote_meanwhile_is_noticed(say: Tend, full: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[Store, Store], list[Copied]] = command.copy_all

    def write_meanwhile(source: Store, target: Store) -> list[Copied]:
        copied = real(source, target)
        with source.write() as session:
            session.execute(text("UPDATE round SET phase = 'later'"))
        return copied

    monkeypatch.setattr(command, "copy_all", write_meanwhile)
    status, out, _ = copy(say, full, sqlite_url)
    assert status == 1
    assert "Stop the server" in out


def test_a_new_table_cannot_be_forgotten(sqlite_url: str) -> None:
    migrate(sqlite_url)
    with open_store(sqlite_url).read() as session:
        there = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    assert {table.name for table in Base.metadata.sorted_tables} == there - {"schema_version"}
