"""Kill servers under a hall of writers, again and again, and count what became of what was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg

from assessment.storage.engine import Store
from tests.collect.world import World
from tests.postgres import OwnServer
from tests.survival.hall import Hall, compare
from tests.survival.killer import Outcome, check_soundness, database
from tests.survival.processes import HOST, Nursery

FEWEST, MOST = 5, 60
"""Steps acknowledged between two kills."""
JITTER = 0.02
"""Seconds within which the kill falls after them: anywhere in a request, a transaction, a commit."""


VICTIMS = ("the server", "a server's process")
"""What is killed on PostgreSQL every second time, in turn."""


WORKING = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY state, pid
"""


def kill_the_answering(nursery: Nursery, world: World, server: OwnServer | None, kills: int, seed: int) -> Outcome:
    """Let 16 writers answer through the real app and kill it, its database's server or one of that server's processes.

    After each kill the database is compared before anything else touches it, and checked for soundness.
    """
    chance, outcome = random.Random(seed), Outcome(f"answering, {database(world.store)}")
    port = nursery.listen()
    hall = Hall(world, (HOST, port), seed=seed)
    app = nursery.serve(port, world.store.url)
    hall.open_gate()
    with hall.answering():
        for number in range(kills):
            hall.wait_for(chance.randint(FEWEST, MOST))
            time.sleep(chance.uniform(0, JITTER))  # the random moment itself; nothing is waited for
            hall.shut_gate()
            victim = "the app" if server is None or number % 2 == 0 else VICTIMS[number // 2 % len(VICTIMS)]
            if server is None or victim == "the app":
                nursery.kill(app)
            elif victim == "the server":
                server.stop_at_once()
                server.start()
            else:
                kill_a_backend(world.store)
            outcome.count(victim)
            world.store.close()
            outcome.faults += compare(hall.members, world, world.store)
            check_soundness(world.store)
            if victim == "the app":
                app = nursery.serve(port, world.store.url)
            hall.open_gate()
    nursery.kill(app)
    outcome.acknowledged = hall.acknowledged
    outcome.faults += compare(hall.members, world, world.store)
    return outcome


def kill_a_backend(store: Store) -> None:
    """Kill one process of the PostgreSQL server that works for the app: the server then ends all and recovers."""
    address = store.url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        kill_any([int(row[0]) for row in connection.execute(WORKING)])
        while not refused(lambda: connection.execute("SELECT 1")):
            pass
    while refused(lambda: psycopg.connect(address, connect_timeout=5).close()):
        pass


def kill_any(processes: list[int]) -> None:
    """Kill the first of some processes that has not ended meanwhile."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            return
    raise AssertionError("no process works for the app")


def refused(attempt: Callable[[], object]) -> bool:
    """Tell whether the server is gone or does not take us yet."""
    try:
        attempt()
    except psycopg.OperationalError:
        return True
    return False
