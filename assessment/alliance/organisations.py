"""The alliance's organisations: add, change, let go, and take many from a pasted list."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date

from assessment.alliance.accounts import name_fault
from assessment.alliance.values import FieldFaults, OrganisationDraft, OrganisationView, organisation_view
from assessment.errors import TendError
from assessment.storage import alliance as alliances
from assessment.storage import audit
from assessment.storage.engine import Store
from assessment.storage.tables import Organisation

MOST_PEOPLE = 1_000_000
SHORT = 24
COLUMNS = ("name", "short name", "headcount", "chapter", "sector")
"""Columns of a pasted list, in this order when it has no heading."""


def list_organisations(store: Store, alliance_id: str) -> tuple[OrganisationView, ...]:
    """Return the organisations of an alliance by name, those that left too."""
    with store.read() as session:
        return tuple(map(organisation_view, alliances.list_organisations(session, alliance_id)))


def add(store: Store, alliance_id: str, drafts: Iterable[OrganisationDraft], *, by: str | None = None) -> list[str]:
    """Add organisations, all or none, and return their ids; raise TendError with every fault by its line."""
    plain = [_plain(draft) for draft in drafts]
    with store.write() as session:
        taken = {o.name.casefold() for o in alliances.list_organisations(session, alliance_id)}
        _refuse_faults(plain, taken)
        rows = [_row(alliance_id, draft) for draft in plain]
        made = [alliances.add_organisation(session, row) for row in rows]
        audit.note(session, by, "organisations added", ", ".join(draft.name for draft in plain))
    return made


def change(store: Store, organisation_id: str, draft: OrganisationDraft, *, by: str | None = None) -> None:
    """Change what is known of an organisation; rounds that are open or sealed keep what they had."""
    plain = _plain(draft)
    with store.write() as session:
        row = alliances.find_organisation(session, organisation_id)
        if row is None:
            raise TendError("This organisation is not there any more. Reload the page to see the list.")
        others = alliances.list_organisations(session, row.alliance_id)
        faults = draft_faults(plain, {o.name.casefold() for o in others if o.id != row.id})
        if faults:
            raise FieldFaults(faults)
        row.name, row.short_name, row.headcount = plain.name, plain.short_name, plain.headcount
        row.sector, row.chapter, row.joined_on = plain.sector, plain.chapter, plain.joined_on
        audit.note(session, by, "organisation changed", plain.name)


def let_go(store: Store, organisation_id: str, left_on: date | None, *, by: str | None = None) -> None:
    """Note the day an organisation left, or None when it is back; later rounds then do not ask it."""
    with store.write() as session:
        row = alliances.find_organisation(session, organisation_id)
        if row is None:
            raise TendError("This organisation is not there any more. Reload the page to see the list.")
        if left_on and row.joined_on and left_on < row.joined_on:
            raise FieldFaults({"left_on": "An organisation cannot leave before it joined. Choose a later day."})
        row.left_on = left_on
        audit.note(session, by, "organisation left" if left_on else "organisation back", row.name)


def read_pasted(text: str) -> tuple[OrganisationDraft, ...]:
    """Read a list pasted from a spreadsheet: one organisation a line, columns by tab, semicolon or comma.

    A first line that begins with "name" is a heading and may order the columns differently. Raise TendError naming
    every line that cannot be read.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise TendError("The list is empty. Paste one organisation a line.")
    separator = next((mark for mark in "\t;," if mark in lines[0]), ",")
    rows = list(csv.reader(lines, delimiter=separator))
    columns: tuple[str, ...] = COLUMNS
    first = tuple(cell.strip().lower().replace("_", " ") for cell in rows[0])
    if first[0] == "name":
        columns, rows = first, rows[1:]
    faults: list[str] = []
    drafts = [_read_line(number, dict(zip(columns, row, strict=False)), faults) for number, row in enumerate(rows, 1)]
    if faults:
        raise TendError("\n".join(faults))
    return tuple(drafts)


def draft_faults(draft: OrganisationDraft, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return what is wrong with an organisation by field; `taken` are other organisations' names, case-folded."""
    faults: dict[str, str | None] = {
        "name": name_fault(draft.name),
        "short_name": draft.short_name and name_fault(draft.short_name, SHORT, "short name"),
        "sector": draft.sector and name_fault(draft.sector, 60, "sector"),
        "chapter": draft.chapter and name_fault(draft.chapter, 60, "chapter"),
    }
    if draft.name.casefold() in set(taken):
        faults["name"] = f"There is an organisation called {draft.name} already. Use another name."
    if draft.headcount is not None and not 1 <= draft.headcount <= MOST_PEOPLE:
        faults["headcount"] = (
            f"Write how many people may answer: a number from 1 to {MOST_PEOPLE:,}, or leave it empty."
        )
    return {name: fault for name, fault in faults.items() if fault}


def _read_line(number: int, cells: dict[str, str], faults: list[str]) -> OrganisationDraft:
    typed = {key: value.strip() for key, value in cells.items()}
    people = typed.get("headcount", "")
    if people and not (people.isascii() and people.isdigit()):
        faults.append(f"Line {number}: the headcount {people!r} is not a whole number. Write digits only.")
    return OrganisationDraft(
        name=typed.get("name", ""),
        short_name=typed.get("short name", ""),
        headcount=int(people[:9]) if people.isascii() and people.isdigit() else None,
        chapter=typed.get("chapter") or None,
        sector=typed.get("sector") or None,
    )


def _refuse_faults(drafts: list[OrganisationDraft], taken: set[str]) -> None:
    faults: list[str] = []
    for number, draft in enumerate(drafts, 1):
        faults += [f"Line {number}: {fault}" for fault in draft_faults(draft, taken).values()]
        taken = taken | {draft.name.casefold()}
    if faults:
        raise FieldFaults({"organisations": "\n".join(faults)})


def _plain(draft: OrganisationDraft) -> OrganisationDraft:
    name = draft.name.strip()
    short = draft.short_name.strip() or name[:SHORT].rstrip()
    sector, chapter = (draft.sector or "").strip() or None, (draft.chapter or "").strip() or None
    return OrganisationDraft(name, short, sector, chapter, draft.headcount, draft.joined_on)


def _row(alliance_id: str, draft: OrganisationDraft) -> Organisation:
    return Organisation(
        alliance_id=alliance_id,
        name=draft.name,
        short_name=draft.short_name,
        sector=draft.sector,
        chapter=draft.chapter,
        headcount=draft.headcount,
        joined_on=draft.joined_on,
    )
