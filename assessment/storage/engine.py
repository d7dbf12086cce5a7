"""Open the database: one `Store` per address and process, with transactions that read or write."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assessment.storage import postgresql, schema, sqlite
from assessment.storage.errors import BUSY, MISSING, Busy, StorageError, Unreachable, translated
from assessment.storage.schema import migrate as migrate

POOL_SIZE = 8
OVERFLOW = 24
POOL_PATIENCE = 15.0
WRITER_PATIENCE = 15.0


class Store:
    """A database of an instance. Every use is one short transaction: `with store.read() as session:`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        if not self.is_sqlite:
            postgresql.prepare(self.engine)
        self._reader, self._writer = bind(self.engine)
        # One process never polls against itself for SQLite's single writer's place.
        self._place = threading.Lock()
        self._checked = False

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of SQLite; else it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The database file; None for PostgreSQL."""
        return database_file(make_url(self.url))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that can only read; raise StorageError in plain words when the database cannot."""
        with self._plainly(), Session(self._reader, expire_on_commit=False) as session:
            self._check(session.connection())
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that commits on leaving, or leaves nothing behind on any error.

        Raise StorageError in plain words when the database cannot; what was asked for is then not done.
        """
        with self._one_writer(), self._plainly(), Session(self._writer, expire_on_commit=False) as session:
            self._check(session.connection())
            yield session
            session.commit()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees everything as it is now, whatever others write meanwhile; it cannot write."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._plainly(), self.engine.connect().execution_options(**options) as connection:
            self._check(connection)
            yield connection

    def check(self) -> None:
        """Raise StorageError unless the database answers, protects what it holds, and has our schema."""
        with self.read():
            pass

    def purge(self) -> None:
        """Remove what was deleted from the database's files too, and check the whole; between transactions."""
        with self._one_writer(), self._plainly():
            if self.is_sqlite:
                sqlite.purge(self.engine)
            else:
                postgresql.purge(self.engine)

    @contextmanager
    def one_process(self) -> Iterator[bool]:
        """Tell whether this process may do what happens by itself, which one process does at a time.

        On SQLite always: its writers come one after the other anyway.
        """
        if self.is_sqlite:
            yield True
            return
        with self._plainly(), postgresql.one_process(self.engine) as ours:
            yield ours

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _check(self, connection: Connection) -> None:
        schema.check(connection)
        if self.is_sqlite and not self._checked:
            sqlite.check_pragmas(connection)
            self._checked = True

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            plain = translated(error)
            if plain is None:
                raise
            if isinstance(plain, Unreachable) and self.path and not self.path.exists():
                plain = Unreachable(MISSING)
            raise plain from error

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._place.acquire(timeout=WRITER_PATIENCE):
            raise Busy(BUSY)
        try:
            yield
        finally:
            self._place.release()


@lru_cache(maxsize=64)
def open_store(url: str) -> Store:
    """Return this process' store for a database address. Nothing is connected before the first use."""
    return Store(url)


def make_engine(url: str, *, create: bool = False) -> Engine:
    """Return an engine; for SQLite with its pragmas, and without making a file unless `create`."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            json_serializer=_written,
            json_deserializer=_read,
            hide_parameters=True,  # errors go to logs: no answer, text or key's hash may stand in them
            pool_size=POOL_SIZE,
            max_overflow=OVERFLOW,
            pool_timeout=POOL_PATIENCE,
            pool_pre_ping=True,
            connect_args=dict(postgresql.NETWORK),
        )
    engine = create_engine(
        _address(parsed, create),
        json_serializer=_written,
        json_deserializer=_read,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=OVERFLOW,
        pool_timeout=POOL_PATIENCE,
        connect_args={"check_same_thread": False},
    )
    sqlite.prepare(engine)
    return engine


def database_file(url: URL) -> Path | None:
    """Return the file of a SQLite address, None for another database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _address(url: URL, create: bool) -> URL:
    path = database_file(url)
    if path is None:
        raise Unreachable("A database in memory would be lost. Name a file: sqlite:////path/to/tend.db")
    # A file that vanished must be an error, not silently a new and empty one.
    quoted = path.absolute().as_uri()
    return url.set(database=quoted).update_query_dict({"mode": "rwc" if create else "rw", "uri": "true"})


def _written(value: Any) -> str:
    return "{}" if value == {} else json.dumps(value)  # most ballots hold no written answer


def _read(text: str) -> Any:
    return {} if text == "{}" else json.loads(text)


def bind(engine: Engine) -> tuple[Engine, Engine]:
    """Return the engine for what only reads and the engine for what writes; both share its connections."""
    if engine.dialect.name == "sqlite":
        return engine, engine.execution_options(**{sqlite.BEGIN: "IMMEDIATE"})
    return engine.execution_options(postgresql_readonly=True), engine


__all__ = ["StorageError", "Store", "make_engine", "migrate", "open_store"]
