"""One sealed round for all tests of the room: copies of its database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.storage.engine import Store, migrate
from tests.postgres import PostgresServer
from tests.retreat.world import Room, again, make_room


@pytest.fixture(scope="session")
def sqlite_room(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A planned retreat about a sealed round, in a file to be copied."""
    path = tmp_path_factory.mktemp("room") / "tend.db"
    shutil.copy(migrated_file, path)
    return _made(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgres_room(postgres: PostgresServer) -> Room:
    """The same on PostgreSQL."""
    url = postgres.create()
    migrate(url)
    return _made(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    """A planned retreat of this test's own, once on each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("small_room")
        return
    made: Room = request.getfixturevalue("postgres_room")
    server: PostgresServer = request.getfixturevalue("postgres")
    store = Store(server.create(template=made.store.url))
    yield again(made, store)
    store.close()
    server.drop(store.url)


@pytest.fixture
def small_room(sqlite_room: Room, tmp_path: Path) -> Iterator[Room]:
    """A planned retreat on SQLite alone, for what does not depend on the database."""
    path = tmp_path / "tend.db"
    shutil.copy(sqlite_room.store.path or "", path)
    store = Store(f"sqlite:///{path}")
    yield again(sqlite_room, store)
    store.close()


def _made(url: str) -> Room:
    store = Store(url)
    made = make_room(store)
    store.close()
    return made
