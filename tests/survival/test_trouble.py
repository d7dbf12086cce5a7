"""A disk that is full, a database that somebody holds, a second process: nobody is told "saved" who was not."""

from __future__ import annotations

import resource
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.collect.world import make_world
from tests.survival.hall import Hall, compare
from tests.survival.processes import HOST, Nursery

Record = Callable[[str, object], None]
NOTHING_WRONG = "0 lost, 0 doubled, 0 half"


def refused(hall: Hall) -> int:
    """Count how often somebody was asked to come back in a moment."""
    return sum(member.repeated for member in hall.members)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets limits of another process")
def test_a_disk_that_fills_up_under_sixteen_writers_loses_nothing(
    nursery: Nursery, sqlite_url: str, record_property: Record
) -> None:
    world, port = make_world(sqlite_url), nursery.listen()
    hall, app = Hall(world, (HOST, port)), nursery.serve(port, sqlite_url)
    assert world.store.path
    hall.open_gate()
    with hall.answering():
        hall.wait_for(50)
        room = world.store.path.stat().st_size // 2  # not even what is there could be written again
        _, most = resource.prlimit(app, resource.RLIMIT_FSIZE)
        resource.prlimit(app, resource.RLIMIT_FSIZE, (room, most))
        hall.wait_for_refusals(32)
        hall.shut_gate()
        resource.prlimit(app, resource.RLIMIT_FSIZE, (most, most))
        hall.open_gate()
        hall.wait_for(100)
    nursery.kill(app)
    faults = compare(hall.members, world, world.store)
    counted = f"{hall.acknowledged:,} steps acknowledged, {refused(hall)} refused in words, {faults}"
    record_property("counted", f"full disk: {counted}")
    assert str(faults) == NOTHING_WRONG


def test_a_database_that_somebody_holds_keeps_people_waiting_and_loses_nothing(
    nursery: Nursery, sqlite_url: str, record_property: Record
) -> None:
    world, port = make_world(sqlite_url), nursery.listen()
    hall, app = Hall(world, (HOST, port)), nursery.serve(port, sqlite_url)
    hall.open_gate()
    with hall.answering():
        hall.wait_for(50)
        with closing(sqlite3.connect(str(world.store.path), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            before = hall.acknowledged
            hall.wait_for_refusals(hall.writers)
            held = hall.acknowledged - before
            other.execute("ROLLBACK")
        hall.wait_for(100)
    nursery.kill(app)
    faults = compare(hall.members, world, world.store)
    counted = f"{hall.acknowledged:,} steps acknowledged, {refused(hall)} refused in words, {faults}"
    record_property("counted", f"locked database: {counted}")
    assert held <= hall.writers  # what was on its way when it was locked
    assert str(faults) == NOTHING_WRONG


def test_two_processes_on_one_file_lose_nothing(nursery: Nursery, sqlite_url: str, record_property: Record) -> None:
    world, ports = make_world(sqlite_url), (nursery.listen(), nursery.listen())
    apps = [nursery.serve(port, sqlite_url) for port in ports]
    halls = [Hall(world, (HOST, port), writers=8, seed=port) for port in ports]
    for hall in halls:
        hall.open_gate()
    with halls[0].answering(), halls[1].answering():
        for hall in halls:
            hall.wait_for(150)
    for app in apps:
        nursery.kill(app)
    faults = compare([*halls[0].members, *halls[1].members], world, world.store, codes=2)
    acknowledged = sum(hall.acknowledged for hall in halls)
    record_property("counted", f"two processes on one file of SQLite: {acknowledged:,} steps acknowledged, {faults}")
    assert str(faults) == NOTHING_WRONG
