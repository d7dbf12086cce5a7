"""How large databases are: SQLite's file, and the same on a PostgreSQL server of our own where there is one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import text

from assessment.storage.engine import Store
from benchmarks.world import open_round
from tests.postgres import OwnServer, PostgresServer, binaries


def file_size(path: Path) -> float:
    """Return the MB of a SQLite file once everything is in it that was committed."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.stat().st_size / 1e6


def postgres_size(people: int) -> float | None:
    """Return the MB of ballots and their indexes in PostgreSQL; None where this machine has no server."""
    found = binaries()
    if found is None:
        return None
    with OwnServer(found) as address:
        url = PostgresServer(address).create()
        open_round(url, people)
        store = Store(url)
        with store.read() as session:
            size = session.scalar(text("SELECT pg_total_relation_size('ballot')"))
        store.close()
    return float(size or 0) / 1e6
