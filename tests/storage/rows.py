"""Small rows for tests of the storage itself."""

from __future__ import annotations

from sqlalchemy import func, select

from assessment import clock
from assessment.storage.engine import Store
from assessment.storage.tables import Guess


def guess(subject: bytes) -> Guess:
    """Return a row of the plainest table."""
    return Guess(subject=subject, failures=1, since=clock.now())


def count_guesses(store: Store) -> int:
    """Return how many of those rows are stored."""
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Guess)) or 0
