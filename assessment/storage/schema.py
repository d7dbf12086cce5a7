"""The schema's version: bring a database up to this program's, and refuse one that is ahead of it."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, column, inspect, make_url, select, table, text
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from assessment.storage import sqlite
from assessment.storage.errors import NewerSchema, OlderSchema, StorageError, Unreachable, translated

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "schema_version"
_VERSION = select(column("version_num", String)).select_from(table(VERSION_TABLE))
_LOCK = 7_412_031
"""Number of PostgreSQL's advisory lock: two processes that start together migrate one after the other."""

NEWER = (
    "The database was made by a newer version of this program. Nothing was changed. "
    "Install the newer version, or restore the backup that fits this one."
)
OLDER = "The database is not prepared for this version of the program. Run: python -m assessment migrate"


def migrate(url: str) -> None:
    """Bring a database to this program's schema, making a SQLite file where there is none.

    All of it happens in one transaction. Raise NewerSchema for a database that is ahead of the program,
    another StorageError where it cannot be reached or written.
    """
    from assessment.storage.engine import database_file, make_engine

    path = database_file(make_url(url))
    try:
        if path is not None:
            _make_file(path)
    except OSError as error:
        raise Unreachable(f"The database {path} cannot be made: {error.strerror}.") from error
    engine = make_engine(url, create=True)
    try:
        with engine.connect().execution_options(**{sqlite.BEGIN: "IMMEDIATE"}) as connection:
            _upgrade(connection)
    except SQLAlchemyError as error:
        plain = translated(error)
        if plain is None:
            raise
        raise plain from error
    finally:
        engine.dispose()


def check(connection: Connection) -> None:
    """Raise OlderSchema or NewerSchema unless a database has exactly this program's schema."""
    version = _version(connection)
    if version == head():
        return
    if version is None or version in _known():
        raise OlderSchema(OLDER)
    raise NewerSchema(NEWER)


@lru_cache(maxsize=1)
def head() -> str:
    """Return the schema version of this program."""
    found = _scripts().get_current_head()
    if found is None:
        raise RuntimeError("there is no migration")
    return found


def _make_file(path: Path) -> None:
    """Make the file of a new database, for this user alone from its first moment; its journals follow it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Rebuilding a table must not delete what refers to it. The pragma works outside a transaction only.
        sqlite.bare(connection).execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        if connection.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if inspect(connection).has_table(VERSION_TABLE) and _version(connection) not in {None, *_known()}:
            raise NewerSchema(NEWER)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StorageError("The database holds broken references. Nothing was changed: restore the last backup.")


def _version(connection: Connection) -> str | None:
    """Return the version that the database names; None where there is no such table."""
    try:
        return connection.execute(_VERSION).scalar()
    except (OperationalError, ProgrammingError) as error:
        if translated(error):
            raise
        return None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache(maxsize=1)
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())
