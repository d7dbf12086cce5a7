"""Ten figures on one screen, run again and again: as the product shares them, and drawn anew for every run."""

from __future__ import annotations

import time

from benchmarks.frame import Row, at_least
from benchmarks.servers import HERE, streamlit
from tests.survival.dashboard import Dashboard

SIZE, RUNS_A_SECOND = "ten figures of forty rows", at_least(90)
AT_ONCE = {"shared": 40, "anew": 3}
"""Runs of the script that one rate is measured over."""


def ten_figures(runs: int) -> list[Row]:
    """Return how many times a second the screen can be run for one person who clicks without pause."""
    rates = {kind: [_rate(kind) for _ in range(times)] for kind, times in (("shared", runs), ("anew", 1))}
    return [
        Row("run a screen, figures shared", SIZE, rates["shared"], "runs/s", aim=RUNS_A_SECOND),
        Row("run a screen, figures drawn anew", SIZE, rates["anew"], "runs/s"),
    ]


def _rate(kind: str) -> float:
    with streamlit("benchmarks/ten_app.py") as server, Dashboard((HERE, server.port), kind) as dashboard:
        dashboard.show()
        start = time.perf_counter()
        for _ in range(AT_ONCE[kind]):
            dashboard.show()
        return AT_ONCE[kind] / (time.perf_counter() - start)
