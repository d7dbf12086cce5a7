"""Run a function in a process of its own, so that its peak of memory is nobody else's."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple, ParamSpec, TypeVar

from benchmarks.machine import peak_memory

P = ParamSpec("P")
T = TypeVar("T")


class Spent(NamedTuple):
    """What a piece of work took: seconds, and the most MB that its process held (NaN where nobody tells)."""

    seconds: float
    megabytes: float


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what `work` returns, done in a fresh process; arguments and result must be picklable."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *args, **kwargs).result()


def spent(work: Callable[[], object]) -> Spent:
    """Do the work here and tell what it took; the peak is that of this process so far."""
    gc.collect()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    return Spent(seconds, peak_memory() or float("nan"))
