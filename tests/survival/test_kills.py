"""Killed at any moment while a hall answers: what was acknowledged is there, once, and whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.collect.world import make_world
from tests.postgres import OwnServer, PostgresServer
from tests.survival.answering import kill_the_answering
from tests.survival.killer import Outcome
from tests.survival.migrating import kill_the_migrating, postgres_makers, sqlite_makers
from tests.survival.processes import Nursery
from tests.survival.sealing import kill_the_sealing

KILLS = 20
Record = Callable[[str, object], None]


def told(outcome: Outcome, record_property: Record) -> Outcome:
    record_property("counted", str(outcome))
    return outcome


def test_a_killed_app_on_sqlite_loses_nothing_that_was_acknowledged(
    nursery: Nursery, sqlite_url: str, record_property: Record
) -> None:
    outcome = told(kill_the_answering(nursery, make_world(sqlite_url), None, KILLS, seed=1), record_property)
    assert outcome.clean


def test_a_killed_app_or_server_of_postgresql_loses_nothing_that_was_acknowledged(
    nursery: Nursery, mortal: tuple[OwnServer, PostgresServer], record_property: Record
) -> None:
    server, databases = mortal
    world = make_world(databases.create())
    outcome = told(kill_the_answering(nursery, world, server, KILLS, seed=2), record_property)
    assert outcome.clean


def test_a_killed_sealing_leaves_every_answer_or_counts_every_answer(
    nursery: Nursery, database_url: str, record_property: Record
) -> None:
    outcome = told(kill_the_sealing(nursery, make_world(database_url), KILLS, seed=3), record_property)
    assert outcome.clean


def test_a_killed_migration_of_a_file_leaves_it_old_or_new(
    nursery: Nursery, tmp_path: Path, record_property: Record
) -> None:
    outcome = told(kill_the_migrating(nursery, sqlite_makers(tmp_path), "SQLite", KILLS, seed=4), record_property)
    assert outcome.clean


def test_a_killed_migration_on_postgresql_leaves_the_database_old_or_new(
    nursery: Nursery, postgres: PostgresServer, record_property: Record
) -> None:
    makers = postgres_makers(postgres)
    outcome = told(kill_the_migrating(nursery, makers, "PostgreSQL", KILLS, seed=5), record_property)
    assert outcome.clean
