"""Copy a whole instance from one database into another, row by row, and prove that both hold the same.

Rows are written in the order of their keys and in one transaction: ballots and codes have random keys, so that the
copy tells nothing of who came when.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, select

from assessment.errors import TendError
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance, Base

CHUNK = 1_000
_DIGITS = 2**256

Row = dict[str, Any]


class NotEmpty(TendError):
    """Say that a copy would be mixed with what is there."""


class NotTheSame(TendError):
    """Say that a copy differs from what was copied; nothing of it was kept."""


class Copied(NamedTuple):
    """What was copied of one table. `digest` is the same for the same rows, in whatever order they lie."""

    table: str
    rows: int
    digest: str


def copy_all(source: Store, target: Store) -> list[Copied]:
    """Copy everything as it is at one moment into an empty, migrated database, in one transaction; check it there.

    Raise NotEmpty, NotTheSame, StorageError; the target is then as it was.
    """
    with source.snapshot() as from_, target.write() as session:
        to = session.connection()
        refuse_full(to)
        return fill(from_, to)


def digests(store: Store) -> list[Copied]:
    """Count and sum up every table as it is now."""
    with store.snapshot() as connection:
        return [digest(table, connection) for table in Base.metadata.sorted_tables]


def refuse_full(connection: Connection) -> None:
    """Raise NotEmpty where an alliance is set up."""
    if connection.execute(select(Alliance.id).limit(1)).first():
        raise NotEmpty("The database to copy into holds an alliance already. Name an empty one: nothing was changed.")


def fill(from_: Connection, to: Connection) -> list[Copied]:
    """Replace all that a database holds by what another one holds; raise NotTheSame."""
    tables = Base.metadata.sorted_tables
    for table in reversed(tables):
        to.execute(delete(table))
    copied = [_copy(table, from_, to) for table in tables]
    for before in copied:
        after = digest(Base.metadata.tables[before.table], to)
        if after != before:
            words = f"{before.rows:,} rows were read of the table {before.table} and {after.rows:,} are there"
            raise NotTheSame(f"The copy differs from what was copied: {words}, or they differ. Nothing was kept.")
    return copied


def digest(table: Table, connection: Connection) -> Copied:
    """Count a table's rows and sum up their fingerprints."""
    rows, total = 0, 0
    for row in read(table, connection):
        rows, total = rows + 1, (total + _fingerprint(row)) % _DIGITS
    return Copied(table.name, rows, f"{total:064x}")


def read(table: Table, connection: Connection) -> Iterator[Row]:
    """Yield a table's rows in the order of their keys, a part in memory at a time."""
    wanted = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=CHUNK)
    for row in connection.execute(wanted):
        yield row._asdict()


def _copy(table: Table, from_: Connection, to: Connection) -> Copied:
    rows, total, waiting = 0, 0, list[Row]()
    for row in read(table, from_):
        rows, total = rows + 1, (total + _fingerprint(row)) % _DIGITS
        waiting.append(row)
        if len(waiting) == CHUNK:
            to.execute(table.insert(), waiting)
            waiting.clear()
    if waiting:
        to.execute(table.insert(), waiting)
    return Copied(table.name, rows, f"{total:064x}")


def _fingerprint(row: Row) -> int:
    written = json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest())


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return str(value.value)
    raise TypeError(f"a column holds {type(value).__name__}, which has no plain form yet")
