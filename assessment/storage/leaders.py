"""The log of leaders who grew: counts and skills, never names."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.storage.columns import new_id
from assessment.storage.tables import Leader


def list_leaders(session: Session, alliance_id: str) -> list[Leader]:
    """Return an alliance's entries, the newest first."""
    wanted = select(Leader).where(Leader.alliance_id == alliance_id)
    return list(session.scalars(wanted.order_by(Leader.on.desc(), Leader.id)))


def find_leader(session: Session, alliance_id: str, entry_id: str) -> Leader | None:
    """Return an entry of an alliance to be changed, None for another's."""
    wanted = select(Leader).where(Leader.id == entry_id, Leader.alliance_id == alliance_id)
    return session.scalars(wanted.with_for_update()).one_or_none()


def add_leader(session: Session, entry: Leader) -> str:
    """Store an entry and return its id."""
    entry.id = entry.id or new_id()
    session.add(entry)
    session.flush()
    return entry.id


def delete_leader(session: Session, entry_id: str) -> None:
    """Delete an entry."""
    session.execute(delete(Leader).where(Leader.id == entry_id))
