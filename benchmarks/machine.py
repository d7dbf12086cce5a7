"""Say what a table was measured on, so that nobody compares it with another machine's."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "starlette", "uvicorn", "SQLAlchemy", "numpy")


def describe() -> str:
    """Return one line on processor, cores, memory, system and versions, and how busy it is already."""
    parts = [
        f"{_processor()}, {_cores()} cores, {_memory()}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{name} {version(name)}" for name in PACKAGES),
        _busy(),
    ]
    return "; ".join(filter(None, parts))


def peak_memory() -> float | None:
    """Return the most memory that this process has held at once, in MB; None where the system does not tell.

    Not `getrusage`: on Linux that still counts what the parent held before this program was started in its place.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> str:
    try:
        held = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return "memory unknown"
    return f"{held / 2**30:.0f} GB"


def _busy() -> str:
    if not hasattr(os, "getloadavg"):
        return ""
    return f"{os.getloadavg()[0]:.1f} processes were running or waiting when it began"
