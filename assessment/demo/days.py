"""The fixed calendar of the sample."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def noon(day: date) -> datetime:
    """Return noon of a day, UTC."""
    return datetime.combine(day, time(12), UTC)
