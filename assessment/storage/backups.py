"""Backups: one file of SQLite that holds a whole instance, whatever database it came from, for its user alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment import clock
from assessment.errors import TendError
from assessment.settings import sqlite_url
from assessment.storage import audit, sqlite
from assessment.storage.copying import copy_all
from assessment.storage.engine import Store, migrate
from assessment.storage.errors import StorageError
from assessment.storage.tables import Audit

KEPT = timedelta(days=14)
"""Members are promised that no backup outlives this: an older one is not restored."""
MADE = "backup made"


class BackupError(TendError):
    """Say why a backup cannot be written or read; nothing was changed."""


def write_backup(store: Store, file: Path) -> datetime:
    """Write everything that was saved before this began into a new file, and return the moment it is of.

    The instance may be in use. Raise BackupError where the file is there already, StorageError, OSError.
    """
    if file.exists():
        raise BackupError(f"{file} is there already. Name a new file: no backup is overwritten.")
    part = file.with_name(file.name + ".part")
    _remove(part)
    try:
        made = clock.now()
        _write(store, part)
        _sign(part, made)
        part.rename(file)
        _sync(file.parent)
    finally:
        _remove(part)
    return made


def made_at(file: Path) -> datetime:
    """Return the moment of which a backup is; raise BackupError for a file that is none."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            found = raw.execute("SELECT max(at) FROM audit WHERE act = ?", (MADE,)).fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(f"{file} is no backup of Tend, or not a whole one.") from error
    if not found:
        raise BackupError(f"{file} is no backup: it was not written by `backup`.")
    return datetime.fromisoformat(f"{found}+00:00")


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """Give what a backup holds, brought up to this version in a copy beside it; the backup is left as it is.

    The copy goes afterwards. Where the machine dies before, it lies there as a backup: private, and named when it is
    old. Raise StorageError, OSError.
    """
    copy = file.with_name(file.name + ".restoring")
    _remove(copy)
    try:
        _make(copy)
        shutil.copyfile(file, copy)
        migrate(sqlite_url(copy.absolute()))
        with closing(Store(sqlite_url(copy.absolute()))) as store:
            yield store
    finally:
        _remove(copy)


def unmark(session: Session) -> None:
    """Let a database that was filled from a backup not look like one: nobody may delete it for its age."""
    session.execute(delete(Audit).where(Audit.act == MADE))


def outdated(folder: Path, in_use: Path | None = None) -> Iterator[Path]:
    """Yield the backups of a folder that are older than members were promised, never the database `in_use`."""
    for file in sorted(folder.iterdir()):
        with suppress(BackupError, OSError):
            if in_use and in_use.exists() and file.samefile(in_use):
                continue
            if file.is_file() and _is_database(file) and clock.now() - made_at(file) > KEPT:
                yield file


def _remove(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _make(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _is_database(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(16) == b"SQLite format 3\0"


def _write(store: Store, part: Path) -> None:
    _make(part)
    if not store.is_sqlite:
        migrate(sqlite_url(part.absolute()))
        copy = Store(sqlite_url(part.absolute()))
        copy_all(store, copy)
        copy.close()
        return
    with store.snapshot() as connection, closing(sqlite3.connect(part)) as target:
        # In one step: nobody's save comes in between, and it never has to begin again.
        sqlite.bare(connection).backup(target, pages=-1)


def _sign(part: Path, made: datetime) -> None:
    """Write into the backup of which moment it is, and look at every page."""
    copy = Store(sqlite_url(part.absolute()))
    try:
        with copy.write() as session, clock.standing_at(made):
            audit.note(session, None, MADE, part.stem)
        sqlite.check_integrity(copy.engine)
        with copy.read() as session:
            if session.scalars(select(Audit.id).where(Audit.act == MADE)).first() is None:
                raise StorageError("The backup was not kept.")
    finally:
        copy.close()
    _sync(part)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
