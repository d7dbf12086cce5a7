"""What `doctor` looks at on the machine: where the database lies, who else has it open, how many files may be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from assessment.commands.findings import Finding, Health
from assessment.storage import place as places

FILES_A_SCREEN = 4
"""Files that an open screen of a coordinator takes."""
FEW_FILES = 4_096


def place(path: Path | None) -> Iterator[Finding]:
    """Look where the database file lies and who else has it open."""
    if path is None or not path.exists():
        return
    wrong = places.misplaced(path)
    if wrong:
        yield Finding("place", Health.WRONG, wrong)
    others = places.users(path)
    if len(others) > 1:
        listed = ", ".join(map(str, others))
        words = f"{len(others)} processes have this file open ({listed}). That works: they write one after the other."
        yield Finding("processes", Health.NOTE, f"{words} For more than a few, use PostgreSQL.")


def open_files() -> Iterator[Finding]:
    """Look how many files a process may have open."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if 0 <= most < FEW_FILES:
        screens = most // FILES_A_SCREEN
        words = (
            f"a process may open {most:,}: about {screens} screens of coordinators at once. Raise it: ulimit -n 65536"
        )
        yield Finding("open files", Health.NOTE, words)
    else:
        yield Finding("open files", Health.WELL, f"a process may open {most:,}" if most >= 0 else "as many as wanted")
