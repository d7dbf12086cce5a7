"""SQLite as the promises need it: the pragmas of every connection, asserted, and clean files after deleting."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from sqlalchemy import Connection, Engine, event

from assessment.storage.errors import Damaged, Unprotected

PRAGMAS = {
    "busy_timeout": 10_000,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
}
FULL, EXTRA = 2, 3
BEGIN = "tend_begin"
"""Execution option of a connection: how its transactions begin."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite never loses a committed write when its log starts anew.

    >>> wal_is_safe((3, 40, 1)), wal_is_safe((3, 44, 6)), wal_is_safe((3, 50, 6)), wal_is_safe((3, 52, 0))
    (False, True, False, True)
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def journal() -> tuple[str, int]:
    """Return the journal mode and the synchronous level for the linked SQLite."""
    return ("wal", FULL) if wal_is_safe(sqlite3.sqlite_version_info) else ("truncate", EXTRA)


def prepare(engine: Engine) -> None:
    """Set the pragmas on every connection of an engine and let us, not the driver, begin transactions."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)


def check_pragmas(connection: Connection) -> None:
    """Raise Unprotected unless this connection really runs with every pragma that was asked for."""
    mode, synchronous = journal()
    wanted: dict[str, Any] = {**PRAGMAS, "journal_mode": mode, "synchronous": synchronous}
    for name, value in wanted.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != value:
            raise Unprotected(
                f"SQLite runs with {name} = {found}, and the promises to members need {value}. "
                "Use a Python whose sqlite3 is built without restrictions, and a local disk for the database."
            )


def purge(engine: Engine) -> None:
    """Rewrite the file without what was deleted, empty the log, and check every page; raise Damaged on a fault."""
    with engine.connect() as connection:
        raw = bare(connection)
        raw.execute("PRAGMA query_only = 0")
        raw.execute("VACUUM")
        if journal()[0] == "wal":
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    check_integrity(engine)


def bare(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection, for what SQLite does outside transactions only."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def check_integrity(engine: Engine) -> None:
    """Read every page and every reference; raise Damaged with what SQLite found."""
    with engine.connect() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
        found += [f"broken reference in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if found != ["ok"]:
        raise Damaged(
            f"The database is damaged: {'; '.join(found[:5])}. Restore the last backup and keep this file for a look."
        )


def _connected(raw: sqlite3.Connection, _record: object) -> None:
    # The driver would begin late and commit before some statements: we begin and commit ourselves.
    raw.isolation_level = None
    mode, synchronous = journal()
    for name, value in PRAGMAS.items():
        raw.execute(f"PRAGMA {name} = {value}")
    raw.execute(f"PRAGMA journal_mode = {mode}").fetchall()
    raw.execute(f"PRAGMA synchronous = {synchronous}")


def _begun(connection: Connection) -> None:
    begin = connection.get_execution_options().get(BEGIN, "DEFERRED")
    # What only reads cannot write by mistake, and what writes holds the one writer's place from the start.
    connection.exec_driver_sql(f"PRAGMA query_only = {int(begin == 'DEFERRED')}")
    connection.exec_driver_sql(f"BEGIN {begin}")
