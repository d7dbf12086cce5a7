"""An open round: codes, progress, ballots from another tool, and destroying it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Mapping, Sequence

from assessment import tokens
from assessment.collect.validation import check, pack
from assessment.disclosure.rules import Attribution
from assessment.questionnaire.snapshot import thaw
from assessment.questionnaire.values import Questionnaire
from assessment.rounds.planning import GONE
from assessment.rounds.values import (
    FaultyImport,
    ImportedBallot,
    ImportFault,
    OrganisationProgress,
    Progress,
    RoundError,
    view,
)
from assessment.storage import alliance as alliances
from assessment.storage import audit
from assessment.storage import ballots as ballot_rows
from assessment.storage import rounds as rows
from assessment.storage.engine import Store
from assessment.storage.errors import Busy, Full
from assessment.storage.tables import RosterEntry, Round, State

log = logging.getLogger(__name__)
MOST_CODES, MOST_SEATS = 5_000, 100_000
STEP = 5
"""Progress is told in steps of five people (R12)."""


def add_codes(
    store: Store,
    round_id: str,
    organisation_id: str | None,
    count: int,
    seats: int = 1,
    *,
    by: str | None = None,
) -> list[str]:
    """Make codes for an open round and return them in plain: only their hashes are kept, so show them now.

    `organisation_id` is where its ballots belong; None lets a person choose. A round that keeps no organisations
    keeps none in its codes either. Raise RoundError where it cannot be.
    """
    if not (1 <= count <= MOST_CODES and 1 <= seats <= MOST_SEATS):
        raise RoundError(f"Ask for 1 to {MOST_CODES:,} codes with 1 to {MOST_SEATS:,} seats each.")
    made = [tokens.new_token() for _ in range(count)]
    with store.write() as session:
        row = _open(rows.hold_round(session, round_id))
        organisation = _on_roster(rows.roster(session, round_id), organisation_id)
        kept = organisation_id if row.attribution is not Attribution.ALLIANCE else None
        ballot_rows.insert_codes(
            session,
            [
                {"code_hash": tokens.short_digest(t), "round_id": round_id, "organisation_id": kept, "seats": seats}
                for t in made
            ],
        )
        audit.note(session, by, "codes made", f"{row.name}: {count} × {seats} for {organisation or 'everyone'}")
    return made


def progress(store: Store, round_id: str) -> Progress:
    """Return all that may be known of an open round; raise RoundError for another one."""
    with store.read() as session:
        row = _open(rows.find_round(session, round_id))
        entries = rows.roster(session, round_id)
        sent = ballot_rows.count_sent(session, round_id)
        invited = view(row, entries).invited
    kept = entries if row.attribution is not Attribution.ALLIANCE else []
    organisations = tuple(
        OrganisationProgress(e.organisation_id, e.name, sent.get(e.organisation_id, 0) >= STEP) for e in kept
    )
    return Progress(sum(sent.values()) // STEP * STEP, invited, organisations)


def import_ballots(store: Store, round_id: str, batch: Sequence[ImportedBallot], *, by: str | None = None) -> int:
    """Store another tool's answers as sent ballots, all or none, and return how many.

    Every row passes the checks of the web's forms. Raise FaultyImport with every fault, RoundError for a round that
    is not open.
    """
    with store.write() as session:
        row = _open(rows.hold_round(session, round_id))
        roster = {entry.organisation_id for entry in rows.roster(session, round_id)}
        keeps = row.attribution is not Attribution.ALLIANCE
        questionnaire = thaw(row.questionnaire)
        faults: list[ImportFault] = []
        made = [
            _ballot(questionnaire, round_id, number, ballot, roster if keeps else None, faults)
            for number, ballot in enumerate(batch, 1)
        ]
        if faults:
            raise FaultyImport(faults)
        ballot_rows.insert_ballots(session, made)
        audit.note(session, by, "answers imported", f"{row.name}: {len(made)}")
    return len(made)


def destroy_round(store: Store, round_id: str, *, by: str | None = None) -> None:
    """Destroy an open round at once, with every answer in it; there will be no results. Raise RoundError for others."""
    with store.write() as session:
        row = _open(rows.lock_round(session, round_id))
        audit.note(session, by, "open round destroyed", row.name)
        ballot_rows.destroy_ballots(session, round_id)
        rows.delete_round(session, round_id)
        alliances.instance(session).purge_due = True
    finish_purge(store)


def finish_purge(store: Store) -> None:
    """Clean the database's files of what was deleted, if that is still due, and check the whole.

    Where others keep the database busy or there is no room, it stays due: the next call tries again. So it does where
    somebody did anything while the files were cleaned: that may have deleted more.
    """
    with store.read() as session:
        due, before = alliances.peek(session).purge_due, audit.mark(session)
    if not due:
        return
    try:
        store.purge()
    except (Busy, Full) as error:
        log.warning("The files still hold space of deleted rows, and are cleaned later: %s", error)
        return
    with store.write() as session:
        row = alliances.instance(session)
        row.purge_due = audit.mark(session) != before


def _open(row: Round | None) -> Round:
    if row is None:
        raise RoundError(GONE)
    if row.state is State.DRAFT:
        raise RoundError("This round is a draft. Open it first.")
    if row.state is State.SEALED:
        raise RoundError("This round is sealed. Its results stand; a new round asks again.")
    return row


def _on_roster(roster: Sequence[RosterEntry], organisation_id: str | None) -> str | None:
    if organisation_id is None:
        return None
    name = next((entry.name for entry in roster if entry.organisation_id == organisation_id), None)
    if name is None:
        raise RoundError("This organisation is not asked in this round. Choose one of the round's organisations.")
    return name


def _ballot(
    questionnaire: Questionnaire,
    round_id: str,
    number: int,
    ballot: ImportedBallot,
    roster: set[str] | None,
    faults: list[ImportFault],
) -> Mapping[str, object]:
    """Return a ballot's columns; `roster` is None where the round keeps no organisations."""
    checked = check(questionnaire.questions, ballot.values)
    foreign = [name for name in ballot.values if name not in questionnaire.by_id]
    found = itertools.chain(checked.faults.items(), ((name, "no question has this id") for name in foreign))
    faults.extend(ImportFault(number, question, what) for question, what in found)
    organisation = ballot.organisation_id if roster is not None and not ballot.only_total else None
    if organisation is not None and roster is not None and organisation not in roster:
        faults.append(ImportFault(number, None, "this organisation is not asked in this round"))
    return {
        "key_hash": tokens.short_digest(tokens.new_token()),
        "round_id": round_id,
        "organisation_id": organisation,
        "only_total": ballot.only_total,
        "sent": True,
        "revisions": bytes(1 for _ in questionnaire.sections),
        "answers": pack(questionnaire, checked.answers.codes),
        "texts": {key: text for key, text in checked.answers.texts.items() if text},
    }
