"""The way of members' requests to the database: off the event loop, and writers of SQLite one after the other.

Waiting costs no thread: two thousand phones that press Send together stand in this line, not at the lock of the file.
Committing several waiting saves together has its place here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

from assessment.storage.engine import Store
from assessment.web.pages import in_thread

WRITERS = 8
"""Most members' transactions that write to PostgreSQL at once; SQLite has one writer."""

P = ParamSpec("P")
T = TypeVar("T")
_lines: RunVar[dict[str, anyio.CapacityLimiter]] = RunVar("tend_member_writers")

reading = in_thread


async def writing(store: Store, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case that writes; return what it returns once it is committed."""
    return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=_line(store))


def _line(store: Store) -> anyio.CapacityLimiter:
    try:
        lines = _lines.get()
    except LookupError:
        lines = {}
        _lines.set(lines)
    return lines.setdefault(store.url, anyio.CapacityLimiter(1 if store.is_sqlite else WRITERS))
