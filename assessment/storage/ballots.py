"""Codes and ballots: the only rows that a member's request reads or writes, many people's at once.

Nothing here joins a code with a ballot, and nothing returns a time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Text, bindparam, cast, delete, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.storage.boxes import boxes, destroy_boxes, into_boxes
from assessment.storage.tables import Ballot, BallotBox, Code, Round, State

NOTHING_WRITTEN = "{}"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a code opens: a round and, where the code carries one, an organisation. `left`: how many may sit."""

    round_id: str
    organisation_id: str | None
    left: int = 0


class BallotRow(NamedTuple):
    """A ballot as stored, with the state of its round. See `tables.Ballot` for the bytes."""

    round_id: str
    state: State
    organisation_id: str | None
    only_total: bool
    sent: bool
    revisions: bytes
    answers: bytes
    texts: Mapping[str, Any]


class SentBallot(NamedTuple):
    """What sealing counts: never a key."""

    organisation_id: str | None
    only_total: bool
    answers: bytes
    texts: Mapping[str, Any]


def insert_codes(session: Session | Connection, rows: Iterable[Mapping[str, object]]) -> None:
    """Store codes: dicts of `code_hash`, `round_id`, `organisation_id`, `seats`, in the order of their hashes."""
    made = sorted(into_boxes(session, rows), key=lambda row: bytes(row["code_hash"]))
    if made:
        session.execute(insert(Code), made)


def find_seats(connection: Connection, code_hashes: Collection[bytes]) -> dict[bytes, Seat]:
    """Return what codes open, by their hashes; unknown ones, used up ones and those of closed rounds are left out."""
    return {row[0]: Seat(*row[1:]) for row in connection.execute(_SEATS, {"hashes": sorted(code_hashes)})}


def lock_seats(connection: Connection, code_hashes: Collection[bytes]) -> dict[bytes, Seat]:
    """As `find_seats`, and hold the codes until this transaction ends, so that nobody else spends their seats.

    Rounds are held first and shared: sealing waits for us. Codes are held in the order of their hashes.
    """
    hashes = sorted(code_hashes)
    _hold_rounds(connection, _ROUNDS_OF_CODES, hashes)
    return {row[0]: Seat(*row[1:]) for row in connection.execute(_SEATS_HELD, {"hashes": hashes})}


def leave_seats(connection: Connection, seats: Mapping[bytes, int]) -> None:
    """Store how many seats held codes have left; a code without seats is gone."""
    gone = [{"own": code_hash} for code_hash, left in seats.items() if not left]
    less = [{"own": code_hash, "seats": left} for code_hash, left in seats.items() if left]
    if gone:
        connection.execute(_CODE_GONE, gone)
    if less:
        connection.execute(_CODE_LESS, less)


def insert_ballots(session: Session | Connection, ballots: Iterable[Mapping[str, object]]) -> None:
    """Store many ballots at once, in the order of their keys.

    Dicts of the columns of `tables.Ballot`, with `round_id` and `organisation_id` instead of the box.
    """
    made = sorted(into_boxes(session, ballots), key=lambda row: bytes(row["key_hash"]))
    if made:
        session.execute(insert(Ballot), made)


def find_ballots(connection: Connection, key_hashes: Collection[bytes]) -> dict[bytes, BallotRow]:
    """Return ballots by their keys; what is not there (any more) is left out."""
    return {row[0]: BallotRow(*row[1:]) for row in connection.execute(_BALLOTS, {"hashes": sorted(key_hashes)})}


def lock_ballots(connection: Connection, key_hashes: Collection[bytes]) -> dict[bytes, BallotRow]:
    """Return ballots that nobody else changes, in rounds that nobody seals, before this transaction ends.

    The rounds are held first and shared: sealing holds its round alone, so that no acknowledged save falls between
    its reading and its deleting. Ballots are held in the order of their keys: no two processes wait for each other.
    """
    hashes = sorted(key_hashes)
    _hold_rounds(connection, _ROUNDS_OF_BALLOTS, hashes)
    return {row[0]: BallotRow(*row[1:]) for row in connection.execute(_BALLOTS_HELD, {"hashes": hashes})}


def update_ballots(connection: Connection, changed: Iterable[Mapping[str, object]]) -> None:
    """Store changes of held ballots: dicts of `own` (the key's hash), `sent`, `revisions`, `answers`, `texts`."""
    rows = list(changed)
    if rows:
        connection.execute(_CHANGED, rows)


def delete_ballots(connection: Connection, key_hashes: Iterable[bytes]) -> None:
    """Withdraw ballots. Their seats stay spent."""
    rows = [{"own": key_hash} for key_hash in key_hashes]
    if rows:
        connection.execute(_WITHDRAWN, rows)


def count_sent(session: Session, round_id: str) -> dict[str | None, int]:
    """Count sent ballots by organisation, None for those in no organisation. For progress by rule R12 only."""
    places = boxes(session, round_id)
    counted = select(Ballot.box, func.count()).where(Ballot.box.in_(places), Ballot.sent).group_by(Ballot.box)
    return {places[row[0]]: row[1] for row in session.execute(counted)}


def read_sent(session: Session, round_id: str) -> Iterator[SentBallot]:
    """Yield every sent ballot of a round in chunks, in the order of random keys. For sealing only."""
    places = boxes(session, round_id)
    wanted = (
        select(Ballot.box, Ballot.only_total, Ballot.answers, cast(Ballot.texts, Text))
        .where(Ballot.box.in_(places), Ballot.sent)
        .order_by(Ballot.key_hash)
        .execution_options(yield_per=2_000)
    )
    for box, only_total, answers, texts in session.execute(wanted):
        # most people write nothing: a million empty texts need not be parsed
        yield SentBallot(places[box], only_total, answers, {} if texts == NOTHING_WRITTEN else json.loads(texts))


def destroy_ballots(session: Session, round_id: str) -> None:
    """Delete all ballots and codes of a round, drafts too."""
    places = boxes(session, round_id)
    session.execute(delete(Ballot).where(Ballot.box.in_(places)))
    session.execute(delete(Code).where(Code.box.in_(places)))
    destroy_boxes(session, round_id)


def _hold_rounds(connection: Connection, rounds: Any, hashes: list[bytes]) -> None:
    if connection.dialect.name != "sqlite":  # there who writes holds everything from the start
        connection.execute(rounds, {"hashes": hashes})


def _held_rounds(secret: Any, box: Any) -> Any:
    asked = select(BallotBox.round_id).where(BallotBox.number == box, secret.in_(_HASHES)).scalar_subquery()
    return select(Round.id).where(Round.id.in_(asked)).order_by(Round.id).with_for_update(read=True)


# Built once: a member's request must not pay for putting them together.
_HASHES: BindParameter[Any] = bindparam("hashes", expanding=True)
_OWN: BindParameter[Any] = bindparam("own")
_SEATS = (
    select(Code.code_hash, BallotBox.round_id, BallotBox.organisation_id, Code.seats)
    .join(BallotBox, BallotBox.number == Code.box)
    .join(Round, Round.id == BallotBox.round_id)
    .where(Code.code_hash.in_(_HASHES), Round.state == State.OPEN)
)
_BALLOTS = (
    select(
        Ballot.key_hash,
        BallotBox.round_id,
        Round.state,
        BallotBox.organisation_id,
        Ballot.only_total,
        Ballot.sent,
        Ballot.revisions,
        Ballot.answers,
        Ballot.texts,
    )
    .join(BallotBox, BallotBox.number == Ballot.box)
    .join(Round, Round.id == BallotBox.round_id)
    .where(Ballot.key_hash.in_(_HASHES))
)
_ROUNDS_OF_CODES = _held_rounds(Code.code_hash, Code.box)
_ROUNDS_OF_BALLOTS = _held_rounds(Ballot.key_hash, Ballot.box)
_SEATS_HELD = _SEATS.order_by(Code.code_hash).with_for_update(of=Code)
_BALLOTS_HELD = _BALLOTS.order_by(Ballot.key_hash).with_for_update(of=Ballot)
_CODE_GONE = delete(Code).where(Code.code_hash == _OWN)
_CODE_LESS = update(Code).where(Code.code_hash == _OWN).values(seats=bindparam("seats"))
_CHANGED = (
    update(Ballot)
    .where(Ballot.key_hash == _OWN)
    .values({name: bindparam(name) for name in ("sent", "revisions", "answers", "texts")})
)
_WITHDRAWN = delete(Ballot).where(Ballot.key_hash == _OWN)
