"""Rounds and who was asked in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from assessment.storage.tables import RosterEntry, Round, State


class Asked(NamedTuple):
    """An organisation of a round's roster, to be read only; `headcount` None where nobody knows."""

    organisation_id: str
    name: str
    chapter: str | None
    headcount: int | None


def find_round(session: Session, round_id: str) -> Round | None:
    """Return a round for reading, None when there is none of this id."""
    return session.get(Round, round_id)


def lock_round(session: Session, round_id: str) -> Round | None:
    """Return a round that nobody else opens, seals or saves into before this transaction ends."""
    return session.scalars(select(Round).where(Round.id == round_id).with_for_update()).one_or_none()


def hold_round(session: Session, round_id: str) -> Round | None:
    """Return a round that nobody opens, seals or destroys before this transaction ends; saves go on."""
    return session.scalars(select(Round).where(Round.id == round_id).with_for_update(read=True)).one_or_none()


def list_rounds(session: Session, alliance_id: str) -> list[Round]:
    """Return an alliance's rounds, the newest first."""
    wanted = select(Round).where(Round.alliance_id == alliance_id)
    return list(session.scalars(wanted.order_by(Round.created_at.desc(), Round.id)))


def sealed_before(session: Session, alliance_id: str) -> list[Round]:
    """Return an alliance's sealed rounds, oldest first."""
    wanted = select(Round).where(Round.alliance_id == alliance_id, Round.state == State.SEALED)
    return list(session.scalars(wanted.order_by(Round.sealed_at, Round.id)))


def overdue(session: Session, ended_before: date, opened_before: date | None) -> list[str]:
    """Return ids of open rounds that ended before a day, or have no end and opened before one (None: those never)."""
    over = Round.ends_on < ended_before
    if opened_before is not None:
        moment = datetime.combine(opened_before, time(), UTC)
        over = or_(over, and_(Round.ends_on.is_(None), Round.opened_at < moment))
    return list(session.scalars(select(Round.id).where(Round.state == State.OPEN, over)))


def add_round(session: Session, round_: Round) -> None:
    """Store a round."""
    session.add(round_)
    session.flush()


def delete_round(session: Session, round_id: str) -> None:
    """Delete a round with all it holds."""
    session.execute(delete(Round).where(Round.id == round_id))


def roster(session: Session, round_id: str) -> list[RosterEntry]:
    """Return the organisations of a round as they were when it opened, by name."""
    found = session.scalars(select(RosterEntry).where(RosterEntry.round_id == round_id))
    return sorted(found, key=_by_name)


def rosters(session: Session, alliance_id: str) -> dict[str, list[Asked]]:
    """Return the organisations of every round of an alliance, by the round's id and then by name."""
    # columns, not rows of the mapped class: a hundred organisations in ten rounds are read for every screen
    who = select(RosterEntry.organisation_id, RosterEntry.name, RosterEntry.chapter, RosterEntry.headcount)
    wanted = who.add_columns(RosterEntry.round_id).join(Round, Round.id == RosterEntry.round_id)
    found: dict[str, list[Asked]] = {}
    for own, name, chapter, headcount, round_id in session.execute(wanted.where(Round.alliance_id == alliance_id)):
        found.setdefault(round_id, []).append(Asked(own, name, chapter, headcount))
    return {round_id: sorted(entries, key=_by_name) for round_id, entries in found.items()}


def add_roster(session: Session, entries: list[RosterEntry]) -> None:
    """Fix who is asked in a round."""
    session.add_all(entries)
    session.flush()


def _by_name(entry: RosterEntry | Asked) -> tuple[str, str]:
    return entry.name.casefold(), entry.organisation_id
