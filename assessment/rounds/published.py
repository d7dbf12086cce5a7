"""Sealed rounds as everybody reads them: releases, which never change and are kept in memory."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from assessment.disclosure.codec import from_rows
from assessment.disclosure.values import PublishedRelease
from assessment.rounds.values import RoundError
from assessment.storage import releases as rows
from assessment.storage.engine import Store

KEPT_IN_MEMORY = 256


def published(store: Store, round_id: str) -> PublishedRelease:
    """Return what may be known of a sealed round; raise RoundError while there is nothing."""
    return _read_once(store, round_id)


def releases(store: Store, alliance_id: str) -> tuple[PublishedRelease, ...]:
    """Return the releases of an alliance's sealed rounds, oldest first."""
    with store.read() as session:
        sealed = rows.sealed_rounds(session, alliance_id)
    return tuple(published(store, round_id) for round_id in sealed)


def read_release(session: Session, round_id: str) -> PublishedRelease | None:
    """Read a round's release from its rows; None while the round is not sealed."""
    row = rows.find_release(session, round_id)
    return from_rows(row.rules, row.facts, row.results) if row else None


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read_once(store: Store, round_id: str) -> PublishedRelease:
    with store.read() as session:
        found = read_release(session, round_id)
    if found is None:
        raise RoundError("This round has no results yet: they come when it is sealed.")
    return found
