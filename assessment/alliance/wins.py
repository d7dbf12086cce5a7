"""The log of wins: what the alliance fought for and how it came out, beside what people feel about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from assessment.alliance.accounts import name_fault
from assessment.alliance.entries import NotThere, organisation_fault, organisation_names, past_fault, refuse
from assessment.storage import audit
from assessment.storage import wins as rows
from assessment.storage.columns import Lasting as Lasting
from assessment.storage.columns import Outcome as Outcome
from assessment.storage.engine import Store
from assessment.storage.tables import Win

LONGEST_TITLE, LONGEST_CLIMATE = 120, 300


@dataclass(frozen=True, slots=True)
class WinDraft:
    """A win as typed: `climate` is what it changed in how people see the matter, `organisations` are ids."""

    title: str
    on: date
    outcome: Outcome
    lasting: Lasting
    climate: str | None = None
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WinView:
    """A win in the log, with the names of its organisations."""

    id: str
    win: WinDraft
    names: tuple[str, ...]


def list_wins(store: Store, alliance_id: str) -> tuple[WinView, ...]:
    """Return an alliance's wins, the newest first."""
    with store.read() as session:
        names = organisation_names(session, alliance_id)
        whose = rows.organisations_of(session, alliance_id)
        return tuple(_view(row, whose.get(row.id, []), names) for row in rows.list_wins(session, alliance_id))


def add(store: Store, alliance_id: str, draft: WinDraft, *, by: str | None = None) -> str:
    """Add a win and return its id; raise FieldFaults for what cannot be stored."""
    row = Win(alliance_id=alliance_id)
    with store.write() as session:
        plain = _checked(session, alliance_id, draft)
        _write(row, plain)
        rows.add_win(session, row)
        rows.set_organisations(session, row.id, plain.organisations)
        audit.note(session, by, "win added", plain.title)
    return row.id


def change(store: Store, alliance_id: str, win_id: str, draft: WinDraft, *, by: str | None = None) -> None:
    """Change a win; raise NotThere, FieldFaults as `add`."""
    with store.write() as session:
        row = rows.find_win(session, alliance_id, win_id)
        if row is None:
            raise NotThere
        plain = _checked(session, alliance_id, draft)
        _write(row, plain)
        rows.set_organisations(session, win_id, plain.organisations)
        audit.note(session, by, "win changed", plain.title)


def remove(store: Store, alliance_id: str, win_id: str, *, by: str | None = None) -> None:
    """Remove a win from the log; raise NotThere."""
    with store.write() as session:
        row = rows.find_win(session, alliance_id, win_id)
        if row is None:
            raise NotThere
        audit.note(session, by, "win removed", row.title)
        rows.delete_win(session, win_id)


def _checked(session: Session, alliance_id: str, draft: WinDraft) -> WinDraft:
    plain = WinDraft(
        draft.title.strip(),
        draft.on,
        draft.outcome,
        draft.lasting,
        (draft.climate or "").strip() or None,
        draft.organisations,
    )
    refuse(
        {
            "title": name_fault(plain.title, LONGEST_TITLE, "title"),
            "on": past_fault(plain.on),
            "climate": name_fault(plain.climate, LONGEST_CLIMATE, "text") if plain.climate else None,
            "organisations": organisation_fault(plain.organisations, organisation_names(session, alliance_id)),
        }
    )
    return plain


def _write(row: Win, plain: WinDraft) -> None:
    row.title, row.on, row.climate = plain.title, plain.on, plain.climate
    row.outcome, row.lasting = plain.outcome, plain.lasting


def _view(row: Win, whose: list[str], names: Mapping[str, str]) -> WinView:
    by_name = tuple(sorted(whose, key=lambda one: names[one].casefold()))
    draft = WinDraft(row.title, row.on, row.outcome, row.lasting, row.climate, by_name)
    return WinView(row.id, draft, tuple(names[one] for one in by_name))
