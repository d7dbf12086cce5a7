"""What coordinators did: 12 months, never what members did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assessment import clock
from assessment.errors import TendError
from assessment.storage.tables import Audit, Instance

KEPT = timedelta(days=365)
BACK, AHEAD = timedelta(days=1), timedelta(days=800)
"""How far the clock may be from the last act before it is taken to be wrong."""


class ClockWrong(TendError):
    """Say that what a date decides for good is not done while the date is not to be believed."""

    def __init__(self, now: datetime, last: datetime) -> None:
        super().__init__(
            f"This server's clock says {now:%d %B %Y}, and the last thing done here was on {last:%d %B %Y}. As long as "
            "that is not cleared up, no round is opened or sealed and nothing is deleted for its age; people may go on "
            "answering. Whoever runs this server: set its clock, or, if it is right, say so: "
            "python -m assessment doctor --clock-is-right"
        )


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a coordinator; `account_id` is None for the command line and the program itself."""

    at: datetime
    account_id: str | None
    act: str
    subject: str


def note(session: Session, account_id: str | None, act: str, subject: str) -> None:
    """Write down an act in the transaction that does it, and forget what is older than a year.

    While the clock is wrong an act is dated like the last one before it, and nothing is forgotten.
    """
    wrong = clock_fault(session)
    if wrong is None:
        session.execute(delete(Audit).where(Audit.at < clock.now() - KEPT))
    at = clock.now() if wrong is None else last(session)
    session.add(Audit(at=at, account_id=account_id, act=act, subject=subject[:200]))


def last(session: Session) -> datetime | None:
    """Return the moment of the last act, None before the first."""
    return session.scalar(select(func.max(Audit.at)))


def mark(session: Session) -> tuple[int, datetime | None]:
    """Return what differs after any further act."""
    return session.scalar(select(func.count()).select_from(Audit)) or 0, last(session)


def clock_fault(session: Session) -> ClockWrong | None:
    """Return what is wrong with the clock, None where it may well be right. A sample lives at other times."""
    before, now = last(session), clock.now()
    if before is None or clock.is_told() or before - BACK <= now <= before + AHEAD:
        return None
    return None if session.scalar(select(Instance.sample)) else ClockWrong(now, before)


def believe_clock(session: Session) -> None:
    """Raise ClockWrong unless the clock may decide what cannot be undone."""
    wrong = clock_fault(session)
    if wrong:
        raise wrong


def confirm_clock(session: Session) -> None:
    """Take the clock as right from now on: acts that would still be to come are dated now."""
    session.execute(update(Audit).where(Audit.at > clock.now()).values(at=clock.now()))
    session.add(Audit(at=clock.now(), account_id=None, act="clock confirmed", subject=""))


def list_acts(session: Session, newest: int = 200) -> list[Act]:
    """Return the newest acts, the newest first."""
    rows = session.scalars(select(Audit).order_by(Audit.at.desc(), Audit.id).limit(newest))
    return [Act(row.at, row.account_id, row.act, row.subject) for row in rows]
