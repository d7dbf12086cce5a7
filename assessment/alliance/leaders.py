"""The log of leaders who grew: how many, in what, where; never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from assessment.alliance.accounts import name_fault
from assessment.alliance.entries import NotThere, organisation_fault, organisation_names, past_fault, refuse
from assessment.storage import audit
from assessment.storage import leaders as rows
from assessment.storage.columns import Post as Post
from assessment.storage.engine import Store
from assessment.storage.tables import Leader

LONGEST_SKILL = 80
MOST = 10_000


@dataclass(frozen=True, slots=True)
class LeadersDraft:
    """So many people who grew into a skill; `organisation_id` None: of several organisations, or of none."""

    on: date
    people: int
    skill: str
    post: Post
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True)
class LeadersView:
    """An entry of the log, with the name of its organisation."""

    id: str
    entry: LeadersDraft
    organisation: str | None


def list_leaders(store: Store, alliance_id: str) -> tuple[LeadersView, ...]:
    """Return an alliance's entries, the newest first."""
    with store.read() as session:
        names = organisation_names(session, alliance_id)
        return tuple(
            LeadersView(row.id, _draft(row), names.get(row.organisation_id or ""))
            for row in rows.list_leaders(session, alliance_id)
        )


def add(store: Store, alliance_id: str, draft: LeadersDraft, *, by: str | None = None) -> str:
    """Add an entry and return its id; raise FieldFaults for what cannot be stored."""
    row = Leader(alliance_id=alliance_id)
    with store.write() as session:
        _write(session, row, draft)
        rows.add_leader(session, row)
        audit.note(session, by, "leaders noted", _said(row))
    return row.id


def change(store: Store, alliance_id: str, entry_id: str, draft: LeadersDraft, *, by: str | None = None) -> None:
    """Change an entry; raise NotThere, FieldFaults as `add`."""
    with store.write() as session:
        row = rows.find_leader(session, alliance_id, entry_id)
        if row is None:
            raise NotThere
        _write(session, row, draft)
        audit.note(session, by, "leaders changed", _said(row))


def remove(store: Store, alliance_id: str, entry_id: str, *, by: str | None = None) -> None:
    """Remove an entry from the log; raise NotThere."""
    with store.write() as session:
        row = rows.find_leader(session, alliance_id, entry_id)
        if row is None:
            raise NotThere
        audit.note(session, by, "leaders removed", _said(row))
        rows.delete_leader(session, entry_id)


def _write(session: Session, row: Leader, draft: LeadersDraft) -> None:
    names = organisation_names(session, row.alliance_id)
    refuse(
        {
            "on": past_fault(draft.on),
            "people": None if 1 <= draft.people <= MOST else f"Write how many: a number from 1 to {MOST:,}.",
            "skill": name_fault(draft.skill, LONGEST_SKILL, "skill"),
            "organisation": organisation_fault([draft.organisation_id], names),
        }
    )
    row.on, row.people, row.skill = draft.on, draft.people, draft.skill.strip()
    row.post, row.organisation_id = draft.post, draft.organisation_id


def _draft(row: Leader) -> LeadersDraft:
    return LeadersDraft(row.on, row.people, row.skill, row.post, row.organisation_id)


def _said(row: Leader) -> str:
    return f"{row.people} × {row.skill}"
