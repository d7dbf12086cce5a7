"""What a server takes while it runs: memory, open files, and how long its longest transaction was."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, event

BEGUN = "tend_begun"


def transactions(file: str) -> None:
    """Note in a file how long the longest transaction of this process was, in seconds, and how many there were."""
    longest, number = 0.0, 0

    def begun(connection: Connection) -> None:
        connection.info[BEGUN] = time.perf_counter()

    def ended(connection: Connection) -> None:
        nonlocal longest, number
        number += 1
        took = time.perf_counter() - connection.info.pop(BEGUN, time.perf_counter())
        if took > longest or number % 50 == 0:
            longest = max(took, longest)
            Path(file).write_text(f"{longest} {number}", encoding="utf-8")

    event.listen(Engine, "begin", begun, insert=True)
    event.listen(Engine, "commit", ended)
    event.listen(Engine, "rollback", ended)


def longest(file: Path) -> tuple[float, int]:
    """Return the longest transaction in seconds, and how many there were at the last look."""
    if not file.exists():
        return 0.0, 0
    took, number = file.read_text(encoding="utf-8").split()
    return float(took), int(number)


class Taken(NamedTuple):
    """What a process has: memory in megabytes, open files."""

    memory: float
    files: int


def taken(process: int) -> Taken:
    """Look at a process; Linux only."""
    place = Path(f"/proc/{process}")
    pages = int((place / "statm").read_text(encoding="ascii").split()[1])
    return Taken(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list((place / "fd").iterdir())))
