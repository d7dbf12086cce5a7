"""The log of wins: what came of what the alliance fought for, and whose it is."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.storage.columns import new_id
from assessment.storage.tables import Win, WinOrganisation


def list_wins(session: Session, alliance_id: str) -> list[Win]:
    """Return an alliance's wins, the newest first."""
    wanted = select(Win).where(Win.alliance_id == alliance_id)
    return list(session.scalars(wanted.order_by(Win.on.desc(), Win.id)))


def find_win(session: Session, alliance_id: str, win_id: str) -> Win | None:
    """Return a win of an alliance to be changed, None for another's."""
    wanted = select(Win).where(Win.id == win_id, Win.alliance_id == alliance_id)
    return session.scalars(wanted.with_for_update()).one_or_none()


def add_win(session: Session, win: Win) -> str:
    """Store a win and return its id."""
    win.id = win.id or new_id()
    session.add(win)
    session.flush()
    return win.id


def delete_win(session: Session, win_id: str) -> None:
    """Delete a win."""
    session.execute(delete(Win).where(Win.id == win_id))


def organisations_of(session: Session, alliance_id: str) -> dict[str, list[str]]:
    """Return the ids of organisations by the id of an alliance's win."""
    wanted = select(WinOrganisation.win_id, WinOrganisation.organisation_id).join(Win, Win.id == WinOrganisation.win_id)
    found: dict[str, list[str]] = {}
    for win_id, organisation_id in session.execute(wanted.where(Win.alliance_id == alliance_id)):
        found.setdefault(win_id, []).append(organisation_id)
    return found


def set_organisations(session: Session, win_id: str, organisation_ids: Collection[str]) -> None:
    """Replace the organisations of a win."""
    session.execute(delete(WinOrganisation).where(WinOrganisation.win_id == win_id))
    session.add_all(WinOrganisation(win_id=win_id, organisation_id=one) for one in sorted(set(organisation_ids)))
    session.flush()
