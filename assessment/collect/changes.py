"""What members do to codes and ballots, many at once: read all, decide each, write all.

Each kind is a batch for `storage.grouped`. Everything is decided before anything is written, so that whoever is
refused has written nothing and hinders nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from assessment.collect.asked import AskedRound
from assessment.collect.ballot import (
    AnotherRound,
    Ballot,
    Closed,
    CodeRefused,
    Joining,
    NoBallot,
    NothingAnswered,
    NothingLeft,
    Stale,
)
from assessment.collect.validation import Answers
from assessment.errors import TendError
from assessment.questionnaire.values import Questionnaire, Section
from assessment.storage import ballots as rows
from assessment.storage.tables import State
from assessment.tokens import read_token, short_digest


class Change(Protocol):
    """Something that the owner of a ballot does to it."""

    @property
    def key(self) -> str: ...

    def decide(self, ballot: Ballot) -> tuple[Ballot | None, int]:
        """Return the ballot as it shall be, None for none, and what to answer; raise TendError to change nothing."""


@dataclass(frozen=True, slots=True)
class Save:
    """Save one section; the answer is its new revision. `ballots.save` tells the rules."""

    key: str
    asked: AskedRound
    section: Section
    revision: int
    given: Answers

    def decide(self, ballot: Ballot) -> tuple[Ballot | None, int]:
        questionnaire = self.asked.questionnaire
        if ballot.round_id != self.asked.id:
            raise AnotherRound
        stored, current = ballot.of(questionnaire, self.section), ballot.revision(questionnaire, self.section)
        if self.given == stored and current:
            return ballot, current
        if self.revision != current:
            raise Stale(stored, current)
        changed = _with(questionnaire, ballot, self.section, self.given)
        if ballot.sent and not _answered(changed):
            raise NothingLeft
        return changed, _after(current)


@dataclass(frozen=True, slots=True)
class Sending:
    """Count a ballot from now on."""

    key: str

    def decide(self, ballot: Ballot) -> tuple[Ballot | None, int]:
        if not _answered(ballot):
            raise NothingAnswered
        return ballot if ballot.sent else ballot._replace(sent=True), 1


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Delete a ballot for good."""

    key: str

    def decide(self, ballot: Ballot) -> tuple[Ballot | None, int]:
        return None, 1


class Begin(NamedTuple):
    """Take a seat of `code`, and make the ballot of `key`, a new token."""

    asked: AskedRound
    code: str
    key: str
    joining: Joining


def find_all(connection: Connection, keys: Sequence[str]) -> list[Ballot | Exception]:
    """Return the ballots that keys open, NoBallot or Closed for the others."""
    hashes = [short_digest(key) for key in keys]
    found = rows.find_ballots(connection, set(hashes))
    return [_open(found.get(key_hash)) for key_hash in hashes]


def look_up_all(connection: Connection, typed: Sequence[str]) -> list[rows.Seat | Exception]:
    """Return what typed codes open, CodeRefused for the others."""
    hashes = [short_digest(read_token(code) or "") for code in typed]
    found = rows.find_seats(connection, set(hashes))
    return [found.get(code_hash) or CodeRefused() for code_hash in hashes]


def change_all(connection: Connection, changes: Sequence[Change]) -> list[int | Exception]:
    """Decide changes in their order, each on what the ones before left, and store what became of the ballots."""
    hashes = [short_digest(change.key) for change in changes]
    ballots = {key: _open(row) for key, row in rows.lock_ballots(connection, set(hashes)).items()}
    after: dict[bytes, Ballot | None] = {}
    outcomes: list[int | Exception] = []
    for change, own in zip(changes, hashes, strict=True):
        ballot = after.get(own, ballots.get(own))
        if not isinstance(ballot, Ballot):
            outcomes.append(ballot or NoBallot())
            continue
        try:
            changed, answer = change.decide(ballot)
        except TendError as refused:
            outcomes.append(refused)
            continue
        if changed is not ballot:
            after[own] = changed
        outcomes.append(answer)
    rows.update_ballots(connection, (_columns(own, ballot) for own, ballot in _sorted(after) if ballot))
    rows.delete_ballots(connection, (own for own, ballot in _sorted(after) if ballot is None))
    return outcomes


def begin_all(connection: Connection, begins: Sequence[Begin]) -> list[Exception | None]:
    """Seat people and make their ballots; who has begun already with the same key spends nothing.

    The ballots are looked at before the codes are held, and again then: the same press may have been waited for.
    """
    codes = [short_digest(read_token(begin.code) or "") for begin in begins]
    keys = [short_digest(begin.key) for begin in begins]
    begun = set(rows.find_ballots(connection, set(keys)))
    seats = rows.lock_seats(connection, {code for code, key in zip(codes, keys, strict=True) if key not in begun})
    begun |= set(rows.find_ballots(connection, set(keys)))
    left: dict[bytes, int] = {}
    made: list[Mapping[str, object]] = []
    outcomes: list[Exception | None] = []
    for begin, code, key in zip(begins, codes, keys, strict=True):
        seat = seats.get(code)
        free = left.get(code, seat.left if seat else 0)
        if key in begun:
            outcomes.append(None)
        elif seat is None or seat.round_id != begin.asked.id or not free:
            outcomes.append(CodeRefused())
        else:
            left[code] = free - 1
            begun.add(key)
            made.append(_blank(begin, key, seat))
            outcomes.append(None)
    rows.leave_seats(connection, left)
    rows.insert_ballots(connection, made)
    return outcomes


def _sorted(after: Mapping[bytes, Ballot | None]) -> list[tuple[bytes, Ballot | None]]:
    """Return ballots in the order of their keys: what is written in it tells nothing of who came when."""
    return sorted(after.items(), key=lambda item: item[0])


def _open(row: rows.BallotRow | None) -> Ballot | Exception:
    if row is None:
        return NoBallot()
    if row.state is not State.OPEN:
        return Closed()
    return Ballot(row.round_id, row.organisation_id, row.only_total, row.sent, row.revisions, row.answers, row.texts)


def _columns(own: bytes, ballot: Ballot) -> dict[str, Any]:
    columns = {"sent": ballot.sent, "revisions": ballot.revisions, "answers": ballot.answers, "texts": ballot.texts}
    return {"own": own, **columns}


def _blank(begin: Begin, key_hash: bytes, seat: rows.Seat) -> dict[str, object]:
    asked = begin.asked
    return {
        "key_hash": key_hash,
        "round_id": asked.id,
        "organisation_id": _organisation(asked, seat, begin.joining),
        "only_total": begin.joining.only_total,
        "sent": False,
        "revisions": bytes(len(asked.questionnaire.sections)),
        "answers": bytes(len(asked.questionnaire.coded)),
        "texts": {},
    }


def _organisation(asked: AskedRound, seat: rows.Seat, joining: Joining) -> str | None:
    """Return what the ballot stores: nothing unless the round attributes answers and the person did not decline."""
    if not asked.attributed or joining.only_total:
        return None
    return seat.organisation_id or joining.organisation_id


def _answered(ballot: Ballot) -> bool:
    return any(ballot.answers) or any(ballot.texts.values())


def _after(revision: int) -> int:
    return 1 if revision == 255 else revision + 1


def _with(questionnaire: Questionnaire, ballot: Ballot, section: Section, given: Answers) -> Ballot:
    revisions, answers = bytearray(ballot.revisions), bytearray(ballot.answers)
    place = questionnaire.sections.index(section)
    revisions[place] = _after(revisions[place])
    for question, code in given.codes.items():
        answers[questionnaire.position[question]] = code
    texts = {name: text for name, text in (dict(ballot.texts) | dict(given.texts)).items() if text}
    return ballot._replace(revisions=bytes(revisions), answers=bytes(answers), texts=texts)
