"""Commitments: what the alliance said it would do."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.storage.columns import Promise, new_id
from assessment.storage.tables import Commitment


def list_commitments(session: Session, alliance_id: str) -> list[Commitment]:
    """Return an alliance's commitments: open ones by their day, then closed ones, the last closed first."""
    found = list(session.scalars(select(Commitment).where(Commitment.alliance_id == alliance_id)))
    still_open = [c for c in found if c.state is Promise.OPEN]
    closed = [c for c in found if c.state is not Promise.OPEN]
    closed.sort(key=lambda c: (c.closed_on or c.due_on, c.id), reverse=True)
    return sorted(still_open, key=lambda c: (c.due_on, c.id)) + closed


def find_commitment(session: Session, alliance_id: str, commitment_id: str) -> Commitment | None:
    """Return a commitment of an alliance to be changed, None for another's."""
    wanted = select(Commitment).where(Commitment.id == commitment_id, Commitment.alliance_id == alliance_id)
    return session.scalars(wanted.with_for_update()).one_or_none()


def add_commitment(session: Session, commitment: Commitment) -> str:
    """Store a commitment and return its id."""
    commitment.id = commitment.id or new_id()
    session.add(commitment)
    session.flush()
    return commitment.id


def delete_commitment(session: Session, commitment_id: str) -> None:
    """Delete a commitment."""
    session.execute(delete(Commitment).where(Commitment.id == commitment_id))
