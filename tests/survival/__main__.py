"""Kill everything many times and write down what became of it: `python -m tests.survival [KILLS] [> FILE]`."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.collect.world import make_world
from tests.postgres import SAFE, OwnServer, PostgresServer, binaries
from tests.survival.answering import kill_the_answering
from tests.survival.killer import Outcome
from tests.survival.migrating import kill_the_migrating, postgres_makers, sqlite_makers
from tests.survival.processes import Nursery
from tests.survival.sealing import kill_the_sealing

MANY = 200


def main(kills: int, folder: Path) -> int:
    """Print a table of what `kills` kills of each kind did; return 1 where anything was lost, doubled or halved."""
    found = binaries()
    if found is None:
        print("No PostgreSQL here that may be killed.", file=sys.stderr)
        return 2
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{datetime.now(UTC):%d %B %Y}, {where}, seed {kills}.\n")
    print("| what was killed | kills | kept | lost | doubled | half |\n|---|---|---|---|---|---|", flush=True)
    server, clean = OwnServer(found, SAFE), True
    with Nursery() as nursery, server as address:
        databases = PostgresServer(address)
        for number, file in enumerate((True, False)):
            url = f"sqlite:///{folder / 'answering.db'}" if file else databases.create()
            clean &= told(kill_the_answering(nursery, make_world(url), None if file else server, kills, kills + number))
            url = f"sqlite:///{folder / 'sealing.db'}" if file else databases.create()
            clean &= told(kill_the_sealing(nursery, make_world(url), kills, kills + number))
            make = sqlite_makers(folder) if file else postgres_makers(databases)
            what = "SQLite" if file else "PostgreSQL"
            clean &= told(kill_the_migrating(nursery, make, what, kills, kills + number))
    return 0 if clean else 1


def told(outcome: Outcome) -> bool:
    """Print a row of the table and tell whether nothing is wrong in it."""
    whom = ", ".join(f"{count} of {name}" for name, count in outcome.kills.items())
    faults = outcome.faults
    counted = f"{faults.lost} | {faults.doubled} | {faults.half}"
    print(f"| {outcome.what} | {whom} | {outcome.acknowledged:,} {outcome.kept} | {counted} |", flush=True)
    return outcome.clean


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY, Path(folder)))
