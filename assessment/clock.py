"""The one clock: whole program and tests ask here what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this moment, UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Return this day, UTC."""
    return now().date()


def is_told() -> bool:
    """Tell whether this thread lives at a moment that it was told, not at the machine's."""
    return _told.get() is not None


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let this thread alone live at a fixed moment: the sample's rounds are dated, and so is its every filling."""
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)
