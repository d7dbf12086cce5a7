"""What every benchmark shares: how often to run, what a row of the table holds, and what to compare it with.

`python -m assessment bench NAME` finds `benchmarks/NAME.py`. To add one, or lines to one:

1.  The module's docstring says in its first line what it measures; that line stands above the table.
2.  `def measure(scale: Scale) -> Iterator[Row]` is its one entry. It makes its own database in a temporary folder,
    yields a row as soon as it is known (each is told on the error output at once), and ends what it started.
3.  A row is `Row(work, size, values, unit)`: what was done, for how many, and one value of each repetition; the table
    shows their median. `timed(work, scale.runs)` returns such values in milliseconds.
4.  `limit=Limit("a plain NumPy scan", value)` is what the same machine does in the same run with nothing of ours
    around it, in the row's unit: `numpy_scan` and `raw_commits` are here, a plain Starlette hello is measured by
    whoever has the client for it. The table shows how many times the limit it costs. The naive way, in
    `benchmarks/naive.py`, stands as rows of its own.
5.  `aim=at_most(50)` or `aim=at_least(3_000)` is in the row's unit too. It is shown as met or not; nothing fails.
6.  Sizes come from `scale.sizes(usual=(...), large=(...))`, so that `--people` can name others. The usual ones take
    less than four minutes on two cores, all together; what takes longer belongs to `--large`.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

COMMITS = 300
SCANNED = (14_000, 60)


@dataclass(frozen=True)
class Scale:
    """How much to measure: `people` where the command line names them, how often, and whether the long way."""

    people: tuple[int, ...] = ()
    runs: int = 5
    large: bool = False

    def sizes(self, usual: Sequence[int], large: Sequence[int] = ()) -> tuple[int, ...]:
        """Return the sizes that were asked for by number, or else the usual ones and with --large the larger."""
        return self.people or (*usual, *(large if self.large else ()))


@dataclass(frozen=True)
class Limit:
    """What this machine can do at best in the same run, in the unit of the row that it stands beside."""

    name: str
    value: float


@dataclass(frozen=True)
class Aim:
    """A value to reach, in the unit of its row."""

    value: float
    more_is_better: bool

    def met(self, value: float) -> bool:
        """Tell whether a value reaches it."""
        return value >= self.value if self.more_is_better else value <= self.value


def at_most(value: float) -> Aim:
    """Aim for no more than this."""
    return Aim(value, more_is_better=False)


def at_least(value: float) -> Aim:
    """Aim for no less than this."""
    return Aim(value, more_is_better=True)


@dataclass(frozen=True)
class Row:
    """One line of a table: `values` are those of each repetition, all in `unit`; a unit that ends in "/s" is a rate."""

    work: str
    size: str
    values: Sequence[float]
    unit: str
    limit: Limit | None = None
    aim: Aim | None = None

    @property
    def median(self) -> float:
        """Return the middle value of all repetitions."""
        return statistics.median(self.values)

    @property
    def times_the_limit(self) -> float | None:
        """Return how many times the limit this costs: 1 is as good as the machine can; None without a limit.

        >>> Row("x", "", [8.0], "ms", Limit("y", 2.0)).times_the_limit
        4.0
        >>> Row("x", "", [50.0], "saves/s", Limit("y", 200.0)).times_the_limit
        4.0
        """
        if self.limit is None or not self.limit.value or not self.median:
            return None
        ratio = self.median / self.limit.value
        return 1 / ratio if self.unit.endswith("/s") else ratio


def timed(work: Callable[[], object], runs: int = 5, *, warm: int = 0) -> list[float]:
    """Return the milliseconds of each of some runs, after `warm` runs that do not count; garbage waits outside."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def growth(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the exponent e of value ~ size^e that fits best; 0 is flat, 1 grows as the size does.

    >>> growth([10, 100, 1000], [3, 3, 3]), round(growth([10, 100, 1000], [5, 50, 500]), 6)
    (0.0, 1.0)
    """
    slope = np.polyfit(np.log(np.asarray(sizes, float)), np.log(np.asarray(values, float)), 1)[0]
    return round(float(slope), 12) + 0.0


def numpy_scan(people: int, questions: int = SCANNED[1], runs: int = 5) -> Limit:
    """Measure how long NumPy takes to add up a byte matrix of people by questions, in milliseconds."""
    codes = np.random.default_rng(1).integers(0, 6, (questions, people), np.uint8)
    taken = timed(lambda: codes.sum(axis=1, dtype=np.int64), runs, warm=1)
    return Limit("NumPy adds up the bytes", statistics.median(taken))


def raw_commits(folder: Path | None = None, commits: int = COMMITS) -> Limit:
    """Measure how many commits a second bare `sqlite3` makes, one small row each, durable before the next begins."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        raw = sqlite3.connect(Path(here) / "raw.db", isolation_level=None)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE saved (number INTEGER PRIMARY KEY, answers BLOB)")
        start = time.perf_counter()
        for number in range(commits):
            raw.execute("INSERT INTO saved VALUES (?, ?)", (number, bytes(60)))
        rate = commits / (time.perf_counter() - start)
        raw.close()
    return Limit("bare sqlite3 commits", rate)
