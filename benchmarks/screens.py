"""Screens: from a sealed round to what a coordinator sees, and how many can look at once

A release does not hold people, so that what a screen costs must not grow with them; the naive version computes every
screen from a table with one row per answer.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assessment.rounds import published
from assessment.storage.engine import Store
from assessment.web.garbage import spared
from benchmarks import naive
from benchmarks.apart import apart
from benchmarks.clicking import clicks
from benchmarks.frame import Row, Scale, at_most, growth, numpy_scan, timed
from benchmarks.opening import opened
from benchmarks.ten import ten_figures
from benchmarks.world import ORGANISATIONS, answers_of, core, file_url, sealed_rounds

USUAL, LARGE = (14_000, 100_000), (1_000_000,)
NAIVE_UP_TO = 100_000
"""People up to which pandas has its answers in memory in reasonable time."""
FIRST, AGAIN, FLAT = at_most(50), at_most(1), at_most(0.1)


def measure(scale: Scale) -> Iterator[Row]:
    """Give the rows of reading, opening, drawing and clicking."""
    sizes = scale.sizes(USUAL, LARGE)
    firsts = []
    for people in sizes:
        rows = apart(_reading, people, scale.runs)
        firsts.append(rows[0].median)
        yield from rows
        if people <= NAIVE_UP_TO:
            yield apart(_naively, people, min(scale.runs, 3))
    if len(sizes) > 1:
        exponent = growth([float(people) for people in sizes], firsts)
        yield Row("growth exponent of a first read over people", f"{len(sizes)} sizes", [exponent], "", aim=FLAT)
    yield from opened(min(sizes), scale.runs)
    yield from ten_figures(min(scale.runs, 3))
    yield from clicks(min(sizes), (10, 50, 200))


def _reading(people: int, runs: int) -> list[Row]:
    """Read a release for the first time, and again from memory."""
    size = f"{people:,} people, {ORGANISATIONS} organisations"
    with tempfile.TemporaryDirectory() as folder:
        url = file_url(Path(folder))
        (round_id,) = sealed_rounds(url, people)
        store = Store(url)
        once = importlib.import_module("assessment.rounds.published")._read_once

        def first() -> None:
            once.cache_clear()
            published(store, round_id)

        limit = numpy_scan(people)
        with spared():  # as a server reads
            first_reads = timed(first, runs, warm=1)
        rows = [
            Row("first read of a release", size, first_reads, "ms", limit, FIRST),
            Row("the same again, from memory", size, timed(partial(published, store, round_id), runs), "ms", aim=AGAIN),
        ]
        store.close()
    return rows


def _naively(people: int, runs: int) -> Row:
    asked = core()
    table = naive.tidy(asked, answers_of(asked, people))
    return Row("pandas over a tidy table", f"{people:,} people", timed(partial(naive.screen, table), runs), "ms")
