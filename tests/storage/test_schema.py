"""Migrations: the same schema as the tables say, old files come up, newer ones are refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from assessment import rounds
from assessment.storage import schema
from assessment.storage.engine import Store, make_engine, migrate, open_store
from assessment.storage.errors import NewerSchema, OlderSchema
from assessment.storage.tables import Base, Instance, Round, State

ROOT = Path(__file__).resolve().parents[2]
RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))


def test_migrations_make_exactly_the_tables_that_the_code_describes(store: Store) -> None:
    def is_here(item: Any, *_: object) -> bool:
        return item.info.get("dialect", store.engine.dialect.name) == store.engine.dialect.name

    with store.engine.connect() as connection:
        options = {"version_table": schema.VERSION_TABLE, "compare_type": True, "include_object": is_here}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_file_belongs_to_its_user_alone_whatever_the_system_proposes(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "tend.db"
    proposed = os.umask(0o022)
    try:
        migrate(f"sqlite:///{path}")
    finally:
        os.umask(proposed)
    assert path.stat().st_mode & 0o777 == 0o600


def test_migrating_twice_changes_nothing(store: Store) -> None:
    migrate(store.url)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Instance)) == 1


def test_a_database_that_was_never_prepared_says_how_to_prepare_it(database_url: str) -> None:
    make_engine(database_url, create=True).connect().close()
    with pytest.raises(OlderSchema, match="python -m assessment migrate"):
        Store(database_url).check()


def test_a_newer_database_is_refused_and_left_alone(store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE schema_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="newer version"):
        store.check()
    with pytest.raises(NewerSchema), store.write():
        pass
    with pytest.raises(NewerSchema):
        migrate(store.url)
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM schema_version")) == "9999"


MIGRATE = "import sys; from assessment.storage.engine import migrate; migrate(sys.argv[1])"


def test_two_programs_that_start_together_migrate_one_after_the_other(database_url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", MIGRATE, database_url], cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    open_store(database_url).check()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.upgrade

    def fail(config: Config, revision: str) -> None:
        real(config, revision)
        raise RuntimeError("half way")

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(RuntimeError, match="half way"):
        migrate(database_url)
    monkeypatch.undo()
    migrate(database_url)
    open_store(database_url).check()


def test_there_is_a_released_file_of_every_schema() -> None:
    versions = {script.revision for script in schema._scripts().walk_revisions()}
    assert {path.stem for path in RELEASED} == versions


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_released_file_comes_up_with_every_row(released: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tend.db"
    shutil.copy(released, copy)
    url = f"sqlite:///{copy}"
    with closing(sqlite3.connect(copy)) as before:
        tables = {name for (name,) in before.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        there = {name: before.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    migrate(url)
    with open_store(url).read() as session:
        counted = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name in tables
        }
    assert len(counted) >= 16
    assert counted == {name: there[name] for name in counted}
    assert [name for name, rows in counted.items() if not rows] == []
    open_store(url).purge()


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_results_in_a_released_file_can_still_be_read_and_compared_with(released: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tend.db"
    shutil.copy(released, copy)
    migrate(f"sqlite:///{copy}")
    store = open_store(f"sqlite:///{copy}")
    with store.read() as session:
        sealed = session.scalars(select(Round).where(Round.state == State.SEALED)).all()
        still_open = session.scalars(select(Round).where(Round.state == State.OPEN)).one()
    assert [release.facts.answered for release in rounds.releases(store, still_open.alliance_id)] == [40, 40]
    rounds.seal(store, still_open.id)
    assert rounds.published(store, still_open.id).facts.answered == 7
    assert len(sealed) == 2
