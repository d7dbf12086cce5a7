"""Kill a piece of work at a random moment, count what became of everything, look whether the database is sound."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from assessment.storage import sqlite
from assessment.storage.engine import Store
from tests.survival.hall import Faults
from tests.survival.processes import Nursery

FIRST_SPAN = 0.5
"""Seconds within which the first kill falls; from then on as long as the work was seen to take."""


@dataclass
class Outcome:
    """What kills did: `kills` by whom they hit, and how many `kept` (steps, rows) there were to be lost."""

    what: str
    kept: str = "steps acknowledged"
    kills: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    faults: Faults = field(default_factory=Faults)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or halved."""
        return self.faults == Faults()

    def count(self, victim: str) -> None:
        """Count one kill."""
        self.kills[victim] = self.kills.get(victim, 0) + 1

    def __str__(self) -> str:
        number = sum(self.kills.values())
        whom = ", ".join(f"{count} of {name}" for name, count in self.kills.items())
        return f"{self.what}: {number} kills ({whom}): {self.acknowledged:,} {self.kept}, {self.faults}, sound"


class Killer:
    """Begin a piece of work and kill it at a random moment, learning how long the work takes."""

    def __init__(self, nursery: Nursery, outcome: Outcome, chance: random.Random) -> None:
        self._nursery, self._outcome, self._chance = nursery, outcome, chance
        self._span = FIRST_SPAN

    def kill(self, function: Callable[..., None], *words: str) -> None:
        """Begin `function` in a process of its own and kill it; one that was quicker counts as none."""
        work = self._nursery.do(function.__module__, function.__name__, *words)
        time.sleep(self._chance.uniform(0, self._span))  # the random moment itself; nothing is waited for
        if self._nursery.kill(work):
            self._outcome.count(f"the {self._outcome.what.split(',')[0]}")
            self._span *= 1.1
        else:
            self._span *= 0.8

    @property
    def done(self) -> int:
        """How many were killed at their work."""
        return sum(self._outcome.kills.values())


def check_soundness(store: Store) -> None:
    """Read every page or index entry; raise what the database finds wrong with itself."""
    if store.is_sqlite:
        sqlite.check_integrity(store.engine)
        return
    with psycopg.connect(store.url.replace("+psycopg", ""), autocommit=True) as connection:
        for table in ("ballot", "code", "round"):
            connection.execute(
                "SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off"
            )
            plain = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            connection.execute("RESET ALL; SET enable_seqscan = off")
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == plain, f"{table} and its index"


def database(store: Store) -> str:
    """Return the name under which people know it."""
    return "SQLite" if store.is_sqlite else "PostgreSQL"
