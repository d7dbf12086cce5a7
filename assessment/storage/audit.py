"""What coordinators did: 12 months, never what members did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment import clock
from assessment.storage.tables import Audit

KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a coordinator; `account_id` is None for the command line and the program itself."""

    at: datetime
    account_id: str | None
    act: str
    subject: str


def note(session: Session, account_id: str | None, act: str, subject: str) -> None:
    """Write down an act in the transaction that does it, and forget what is older than a year."""
    session.execute(delete(Audit).where(Audit.at < clock.now() - KEPT))
    session.add(Audit(at=clock.now(), account_id=account_id, act=act, subject=subject[:200]))


def list_acts(session: Session, newest: int = 200) -> list[Act]:
    """Return the newest acts, the newest first."""
    rows = session.scalars(select(Audit).order_by(Audit.at.desc(), Audit.id).limit(newest))
    return [Act(row.at, row.account_id, row.act, row.subject) for row in rows]
