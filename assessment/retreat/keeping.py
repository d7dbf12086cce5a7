"""Rooms that nobody ended: a day after the last act they end by themselves, and forget every phone."""

from __future__ import annotations

from datetime import timedelta

from assessment import clock
from assessment.retreat.plans import close
from assessment.rounds.keeping import Promise
from assessment.storage import audit
from assessment.storage import retreats as rows
from assessment.storage.engine import Store

LONGEST_SILENCE = timedelta(hours=24)


def end_forgotten(store: Store) -> list[str]:
    """End every running retreat in which nothing was done for 24 hours, and return their ids."""
    silent = clock.now() - LONGEST_SILENCE
    with store.read() as session:
        due = rows.running_since(session, silent)
    return [retreat_id for retreat_id in due if _ended(store, retreat_id)]


def _ended(store: Store, retreat_id: str) -> bool:
    with store.write() as session:
        row = rows.lock_retreat(session, retreat_id)
        # Somebody may have gone on, or ended it, since we looked.
        if row is None or row.ended_at is not None or row.acted_at is None:
            return False
        if row.acted_at >= clock.now() - LONGEST_SILENCE:
            return False
        close(session, row)
        audit.note(session, None, "retreat ended", row.name)
    return True


FORGOTTEN = Promise("Rooms that nobody ended could not be ended", end_forgotten)
