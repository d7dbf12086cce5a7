"""The one clock: whole program and tests ask here what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return this moment, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return this day, UTC."""
    return now().date()
