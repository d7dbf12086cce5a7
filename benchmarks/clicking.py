"""Many dashboards open at once, and somebody clicking: what a click costs must not grow with those who only look."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.frame import Row, at_most, growth
from benchmarks.opening import signed_in
from benchmarks.servers import HERE, tend
from benchmarks.world import file_url, sealed_rounds
from tests.survival.dashboard import Dashboard

CLICKS = 30
SCREEN = "overview"
FLAT = at_most(0.1)


def clicks(people: int, dashboards: Sequence[int]) -> Iterator[Row]:
    """Give the milliseconds of a click with so many dashboards open, and the exponent of their growth."""
    medians = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        url = file_url(Path(folder))
        sealed_rounds(url, people)
        token = signed_in(url)
        server = open_.enter_context(tend(url))
        shown: list[Dashboard] = []
        for wanted in dashboards:
            while len(shown) < wanted:
                shown.append(open_.enter_context(Dashboard((HERE, server.port), token)))
                shown[-1].show(SCREEN)
            # one after the other, each by somebody else: what is measured is the click, not the queue
            taken = [_click(shown[i % wanted]) for i in range(CLICKS)]
            row = Row("a click on a dashboard", f"{wanted} dashboards open", taken, "ms")
            medians.append(row.median)
            yield row
    exponent = growth([float(n) for n in dashboards], medians)
    yield Row("growth exponent of a click over open dashboards", f"{len(dashboards)} sizes", [exponent], "", aim=FLAT)


def _click(dashboard: Dashboard) -> float:
    start = time.perf_counter()
    dashboard.show(SCREEN)
    return (time.perf_counter() - start) * 1000
