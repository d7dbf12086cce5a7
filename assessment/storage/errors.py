"""What can go wrong with a database, in plain words: DBAPI errors are translated here and nowhere else."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assessment.errors import TendError

TRY_AGAIN = "Nothing of this last step was kept; everything before it is safe. Try again in a moment."
HOST = "Nothing of this last step was kept; everything before it is safe. Ask whoever runs this server: "


class StorageError(TendError):
    """Say that the database could not do what was asked; nothing was half-done."""

    http_status = 503


class Busy(StorageError):
    """Somebody else holds the database, or too many wait for it."""


class Collided(Busy):
    """Two transactions of different processes were in each other's way; this one was undone and may be tried again."""


class Crowded(Busy):
    """So many wait for the database that this one is asked to come back in a moment."""


class Full(StorageError):
    """There is no room to write."""


class ReadOnly(StorageError):
    """The database may be read but not written."""


class Unreachable(StorageError):
    """The database is not there, or does not answer."""


class Damaged(StorageError):
    """The file is no database, or not a whole one."""


class NewerSchema(StorageError):
    """The database was made by a newer version of this program."""


class OlderSchema(StorageError):
    """The database has not been prepared for this version of the program."""


class Unprotected(StorageError):
    """The database does not keep a setting on which the promises to members rest."""


BUSY = "The database is busy. " + TRY_AGAIN
CROWDED = "Very many people answer at this moment. " + TRY_AGAIN
FULL = "The disk that holds the database is full. " + HOST + "make room on it."
READ_ONLY = "The database can be read but not written. " + HOST + "give the program the right to write its database."
GONE = (
    # It may have gone between keeping a step and saying so.
    "The database cannot be reached. This last step may not have been kept; everything before it is safe: look, and do "
    "it again. Ask whoever runs this server: see that it is there and running (python -m assessment doctor)."
)
MISSING = (
    "The database cannot be reached: there is no file in its place. Before the first start it is prepared by "
    "`python3 start.py` (or `python -m assessment migrate`). If it was there before, put it back."
)
DAMAGED = "The database is damaged. " + HOST + "restore the last backup (python -m assessment doctor tells more)."

_SQLITE = {
    sqlite3.SQLITE_BUSY: (Busy, BUSY),
    sqlite3.SQLITE_LOCKED: (Busy, BUSY),
    sqlite3.SQLITE_FULL: (Full, FULL),
    sqlite3.SQLITE_READONLY: (ReadOnly, READ_ONLY),
    sqlite3.SQLITE_PERM: (ReadOnly, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (Unreachable, GONE),
    sqlite3.SQLITE_IOERR: (Unreachable, GONE),
    sqlite3.SQLITE_PROTOCOL: (Busy, BUSY),
    sqlite3.SQLITE_NOTADB: (Damaged, DAMAGED),
    sqlite3.SQLITE_CORRUPT: (Damaged, DAMAGED),
}
_SQLITE_WHOLE = {
    sqlite3.SQLITE_READONLY_DBMOVED: (Unreachable, GONE),
    sqlite3.SQLITE_IOERR_WRITE: (Full, FULL),
}
_POSTGRESQL = {
    "53100": (Full, FULL),
    "53300": (Busy, BUSY),
    "55P03": (Busy, BUSY),
    "57014": (Busy, BUSY),
    "40001": (Collided, BUSY),
    "40P01": (Collided, BUSY),
    "25006": (ReadOnly, READ_ONLY),
    "42501": (ReadOnly, READ_ONLY),
    "3D000": (Unreachable, GONE),
}
_POSTGRESQL_CLASSES = {"08": (Unreachable, GONE), "28": (Unreachable, GONE), "57": (Unreachable, GONE)}


def translated(error: Exception) -> StorageError | None:
    """Return the error for people that a database error means; None where the mistake is ours."""
    if isinstance(error, PoolTimeoutError):
        return Busy(BUSY)
    original = error.orig if isinstance(error, DBAPIError) else error
    found = None
    if isinstance(original, sqlite3.Error):
        found = _of_sqlite(original)
    elif isinstance(original, psycopg.Error):
        found = _of_postgresql(original)
    return found[0](found[1]) if found else None


def _of_sqlite(error: sqlite3.Error) -> tuple[type[StorageError], str] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    return _SQLITE_WHOLE.get(code) or _SQLITE.get(code & 0xFF)


def _of_postgresql(error: psycopg.Error) -> tuple[type[StorageError], str] | None:
    if error.sqlstate is None:
        # Refused and broken connections carry no state.
        return (Unreachable, GONE) if isinstance(error, psycopg.OperationalError) else None
    return _POSTGRESQL.get(error.sqlstate) or _POSTGRESQL_CLASSES.get(error.sqlstate[:2])
