"""Commitments: what the alliance said it would do about a finding, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from assessment import clock
from assessment.alliance.accounts import name_fault
from assessment.alliance.entries import NotThere, organisation_fault, organisation_names, refuse
from assessment.questionnaire.measures import measures
from assessment.questionnaire.snapshot import thaw
from assessment.storage import audit
from assessment.storage import commitments as rows
from assessment.storage import rounds as round_rows
from assessment.storage.columns import Promise as Promise
from assessment.storage.engine import Store
from assessment.storage.tables import Commitment, State

LONGEST = 140
FURTHEST = timedelta(days=3_660)
TOLD_MEMBERS = 5
"""So many at most stand on the first page of who answers."""


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """What is promised, by which organisation (None: by all), until when.

    `measure` is what it should move, compared with the sealed round `since`; both or neither.
    """

    what: str
    due_on: date
    organisation_id: str | None = None
    measure: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment with the name of its owner, None where it is everybody's."""

    id: str
    promise: CommitmentDraft
    owner: str | None
    made_on: date
    state: Promise
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment as members read it on their first page."""

    what: str
    owner: str | None
    kept: bool
    due_on: date


def list_commitments(store: Store, alliance_id: str) -> tuple[CommitmentView, ...]:
    """Return an alliance's commitments: open ones by their day, then closed ones, the last closed first."""
    with store.read() as session:
        names = organisation_names(session, alliance_id)
        return tuple(_view(row, names) for row in rows.list_commitments(session, alliance_id))


def told_members(session: Session, alliance_id: str) -> tuple[Told, ...]:
    """Return the open and the kept commitments for members, at most five, open ones first."""
    found = [row for row in rows.list_commitments(session, alliance_id) if row.state is not Promise.DROPPED]
    names = organisation_names(session, alliance_id) if found else {}
    return tuple(
        Told(row.what, names.get(row.organisation_id or ""), row.state is Promise.KEPT, row.due_on)
        for row in found[:TOLD_MEMBERS]
    )


def add(store: Store, alliance_id: str, draft: CommitmentDraft, *, by: str | None = None) -> str:
    """Add a commitment and return its id; raise FieldFaults for what cannot be stored."""
    row = Commitment(alliance_id=alliance_id, state=Promise.OPEN, made_on=clock.today())
    with store.write() as session:
        _write(session, row, draft, earliest=clock.today())
        rows.add_commitment(session, row)
        audit.note(session, by, "commitment added", row.what)
    return row.id


def change(
    store: Store, alliance_id: str, commitment_id: str, draft: CommitmentDraft, *, by: str | None = None
) -> None:
    """Change a commitment; raise NotThere, FieldFaults as `add`."""
    with store.write() as session:
        row = _found(session, alliance_id, commitment_id)
        _write(session, row, draft, earliest=row.made_on)
        audit.note(session, by, "commitment changed", row.what)


def settle(store: Store, alliance_id: str, commitment_id: str, state: Promise, *, by: str | None = None) -> None:
    """Note that a commitment is kept, dropped, or open again; raise NotThere."""
    with store.write() as session:
        row = _found(session, alliance_id, commitment_id)
        row.state = state
        row.closed_on = None if state is Promise.OPEN else clock.today()
        audit.note(session, by, f"commitment {state}", row.what)


def remove(store: Store, alliance_id: str, commitment_id: str, *, by: str | None = None) -> None:
    """Remove a commitment that was typed by mistake; raise NotThere."""
    with store.write() as session:
        row = _found(session, alliance_id, commitment_id)
        audit.note(session, by, "commitment removed", row.what)
        rows.delete_commitment(session, commitment_id)


def _found(session: Session, alliance_id: str, commitment_id: str) -> Commitment:
    row = rows.find_commitment(session, alliance_id, commitment_id)
    if row is None:
        raise NotThere
    return row


def _write(session: Session, row: Commitment, draft: CommitmentDraft, earliest: date) -> None:
    names = organisation_names(session, row.alliance_id)
    refuse(
        {
            "what": name_fault(draft.what, LONGEST, "sentence"),
            "due_on": _day_fault(draft.due_on, earliest),
            "organisation": organisation_fault([draft.organisation_id], names),
            "measure": _measure_fault(session, row.alliance_id, draft),
        }
    )
    row.what, row.due_on, row.organisation_id = draft.what.strip(), draft.due_on, draft.organisation_id
    row.measure, row.since = draft.measure, draft.since if draft.measure else None


def _day_fault(day: date, earliest: date) -> str | None:
    if day < earliest:
        return "A promise lies ahead of us. Choose a later day."
    return None if day <= earliest + FURTHEST else "This is more than ten years ahead. Choose an earlier day."


def _measure_fault(session: Session, alliance_id: str, draft: CommitmentDraft) -> str | None:
    if draft.measure is None:
        return None
    since = round_rows.find_round(session, draft.since or "")
    if since is None or since.alliance_id != alliance_id or since.state is not State.SEALED:
        return "What should move is measured from a sealed round on. Choose one, or leave it open what should move."
    if draft.measure not in {measure.id for measure in measures(thaw(since.questionnaire))}:
        return "This was not asked in that round. Choose something that was."
    return None


def _view(row: Commitment, names: Mapping[str, str]) -> CommitmentView:
    draft = CommitmentDraft(row.what, row.due_on, row.organisation_id, row.measure, row.since)
    owner = names.get(row.organisation_id or "")
    return CommitmentView(row.id, draft, owner, row.made_on, row.state, row.closed_on)
