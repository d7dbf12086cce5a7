"""Use cases of a member: take a seat, save a section, send, withdraw. One transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.collect.asked import AskedRound
from assessment.collect.validation import Answers, pack, unpack
from assessment.errors import TendError
from assessment.questionnaire.values import Questionnaire, Section
from assessment.storage import ballots as rows
from assessment.storage.engine import Store
from assessment.storage.tables import State
from assessment.tokens import digest, read_token


class CodeRefused(TendError):
    """Say the same about a used, an unknown and a foreign code."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("This code does not work. Check that all 26 letters and digits are as on your note.")


class NoBallot(TendError):
    """Say that a key opens no ballot: withdrawn, or its round was sealed."""

    def __init__(self) -> None:
        super().__init__("There are no answers of yours here any more.")


class Closed(TendError):
    """Say that a round takes no answers any more."""

    def __init__(self) -> None:
        super().__init__("This round is closed.")


class NothingAnswered(TendError):
    """Say that a ballot without a single answer cannot be sent."""

    def __init__(self) -> None:
        super().__init__("Answer at least one question before you send.")


class NothingLeft(TendError):
    """Say that the last answer of a sent ballot cannot be cleared: it would still count as somebody who answered."""

    def __init__(self) -> None:
        super().__init__(
            "Your answers are sent, and this would leave none. Keep at least one, or withdraw them: "
            "the link is at the end of the page on which you look over your answers."
        )


class Stale(TendError):
    """Say that a section was changed elsewhere since its page was made; carry what is stored now."""

    def __init__(self, stored: Answers, revision: int) -> None:
        super().__init__("Your answers to this part were changed on another screen.")
        self.stored = stored
        self.revision = revision


@dataclass(frozen=True, slots=True)
class Ballot:
    """Somebody's own ballot. `revisions`: a number a section, 0 for one that was never saved."""

    round_id: str
    organisation_id: str | None
    only_total: bool
    sent: bool
    revisions: bytes
    answers: bytes
    texts: Mapping[str, Any]

    def of(self, questionnaire: Questionnaire, section: Section) -> Answers:
        """Return the answers to one section."""
        return unpack(questionnaire, section, self.answers, self.texts)

    def revision(self, questionnaire: Questionnaire, section: Section) -> int:
        """Return how often a section was saved."""
        return self.revisions[questionnaire.sections.index(section)]

    def next_section(self, questionnaire: Questionnaire) -> Section | None:
        """Return the first section that was never saved, None when all were."""
        return next((s for s, saved in zip(questionnaire.sections, self.revisions, strict=True) if not saved), None)


@dataclass(frozen=True, slots=True)
class Joining:
    """What a person chose on the first page; `organisation_id` None: none, or the one that the code carries."""

    organisation_id: str | None = None
    only_total: bool = False


def look_up(store: Store, typed: str) -> rows.Seat:
    """Return what a typed code opens, without taking the seat; raise CodeRefused."""
    code = read_token(typed)
    with store.read() as session:
        seat = rows.find_seat(session, digest(code or ""))
    if seat is None:
        raise CodeRefused
    return seat


def look_up_again(store: Store, typed: str, key: str) -> rows.Seat:
    """Return what a code opens, or has opened for this key already; raise CodeRefused."""
    try:
        return look_up(store, typed)
    except CodeRefused:
        with store.read() as session:
            begun = rows.find_ballot(session, digest(key))
        if begun is None:
            raise
        return rows.Seat(begun.round_id, begun.organisation_id)


def start(store: Store, asked: AskedRound, typed: str, key: str, joining: Joining) -> None:
    """Spend a seat and make the ballot of `key`, a new token, in one transaction; raise CodeRefused.

    Starting again with the same key spends nothing: on a bad network the first answer may have been lost, or
    "Begin" was pressed twice.
    """
    code = digest(read_token(typed) or "")
    with store.write() as session:
        # The ballots are looked at before the code is held, and again then: the same press may have been waited for.
        if rows.find_ballot(session, digest(key)):
            return
        seat = rows.lock_seat(session, code)
        if rows.find_ballot(session, digest(key)):
            return
        if seat is None or seat.round_id != asked.id:
            raise CodeRefused
        rows.spend_seat(session, code)
        rows.insert_ballot(
            session,
            key_hash=digest(key),
            round_id=asked.id,
            organisation_id=_organisation(asked, seat, joining),
            only_total=joining.only_total,
            sent=False,
            revisions=bytes(len(asked.questionnaire.sections)),
            answers=bytes(len(asked.questionnaire.coded)),
            texts={},
        )


def find(store: Store, key: str) -> Ballot:
    """Return the ballot that a key opens; raise NoBallot, or Closed when its round is no longer open."""
    with store.read() as session:
        return _open(rows.find_ballot(session, digest(key)))


def save(store: Store, asked: AskedRound, key: str, section: Section, revision: int, given: Answers) -> int:
    """Save one section and return its new revision.

    What is stored already is accepted again without a change, whatever revision it comes with: a phone that never
    saw our answer repeats itself. Other content with an old revision raises Stale; what would leave a sent ballot
    without an answer raises NothingLeft. Raise NoBallot, Closed.
    """
    with store.write() as session:
        ballot = _open(rows.lock_ballot(session, digest(key)))
        stored, current = ballot.of(asked.questionnaire, section), ballot.revision(asked.questionnaire, section)
        if given == stored and current:
            return current
        if revision != current:
            raise Stale(stored, current)
        changed = _changed(asked.questionnaire, ballot, section, given)
        if ballot.sent and not _answered(changed["answers"], changed["texts"]):
            raise NothingLeft
        rows.update_ballot(session, digest(key), **changed)
        return _after(current)


def send(store: Store, key: str) -> None:
    """Count a ballot from now on; sending twice changes nothing. Raise NothingAnswered, NoBallot, Closed."""
    with store.write() as session:
        ballot = _open(rows.lock_ballot(session, digest(key)))
        if not _answered(ballot.answers, ballot.texts):
            raise NothingAnswered
        rows.update_ballot(session, digest(key), sent=True)


def withdraw(store: Store, key: str) -> None:
    """Delete a ballot for good; its seat stays spent. Raise NoBallot, Closed."""
    with store.write() as session:
        _open(rows.lock_ballot(session, digest(key)))
        rows.delete_ballot(session, digest(key))


def _organisation(asked: AskedRound, seat: rows.Seat, joining: Joining) -> str | None:
    """Return what the ballot stores: nothing unless the round attributes answers and the person did not decline."""
    if not asked.attributed or joining.only_total:
        return None
    return seat.organisation_id or joining.organisation_id


def _open(row: rows.BallotRow | None) -> Ballot:
    if row is None:
        raise NoBallot
    if row.state is not State.OPEN:
        raise Closed
    return Ballot(row.round_id, row.organisation_id, row.only_total, row.sent, row.revisions, row.answers, row.texts)


def _answered(answers: bytes, texts: Mapping[str, Any]) -> bool:
    return any(answers) or any(texts.values())


def _after(revision: int) -> int:
    return 1 if revision == 255 else revision + 1


def _changed(questionnaire: Questionnaire, ballot: Ballot, section: Section, given: Answers) -> dict[str, Any]:
    place = questionnaire.sections.index(section)
    revisions = bytearray(ballot.revisions)
    revisions[place] = _after(revisions[place])
    codes = {q.id: code for q, code in zip(questionnaire.coded, ballot.answers, strict=True)} | dict(given.codes)
    texts = {name: text for name, text in (dict(ballot.texts) | dict(given.texts)).items() if text}
    return {"revisions": bytes(revisions), "answers": pack(questionnaire, codes), "texts": texts}
