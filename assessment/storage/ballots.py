"""Codes and ballots: the only rows that a member's request reads or writes.

Nothing here joins a code with a ballot, and nothing returns a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.storage.tables import Ballot, Code, Round, State


@dataclass(frozen=True, slots=True)
class Seat:
    """What a code opens: a round and, where the code carries one, an organisation."""

    round_id: str
    organisation_id: str | None


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A ballot as stored, with the state of its round. See `tables.Ballot` for the bytes."""

    round_id: str
    state: State
    organisation_id: str | None
    only_total: bool
    sent: bool
    revisions: bytes
    answers: bytes
    texts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentBallot:
    """What sealing counts: never a key."""

    organisation_id: str | None
    only_total: bool
    answers: bytes
    texts: Mapping[str, Any]


def insert_codes(session: Session, rows: Iterable[Mapping[str, object]]) -> None:
    """Store codes: dicts of `code_hash`, `round_id`, `organisation_id`, `seats`, in the order of their hashes."""
    made = sorted(rows, key=lambda row: bytes(row["code_hash"]))  # type: ignore[call-overload]
    if made:
        session.execute(insert(Code), made)


def find_seat(session: Session, code_hash: bytes) -> Seat | None:
    """Return what a code opens; None for one that is unknown, used up or of a round that is not open."""
    row = session.execute(_open_code(code_hash)).one_or_none()
    return Seat(row.round_id, row.organisation_id) if row else None


def lock_seat(session: Session, code_hash: bytes) -> Seat | None:
    """Hold a code until this transaction ends, so that nobody else spends its seats; None as `find_seat`."""
    session.execute(_open_code(code_hash).with_for_update(read=True, of=Round))  # shared: sealing waits for us
    row = session.execute(_open_code(code_hash).with_for_update(of=Code)).one_or_none()
    return Seat(row.round_id, row.organisation_id) if row else None


def spend_seat(session: Session, code_hash: bytes) -> None:
    """Spend one seat of a code that is held (`lock_seat`); its last seat takes the code with it."""
    own = Code.code_hash == code_hash
    session.execute(delete(Code).where(own, Code.seats == 1))
    session.execute(update(Code).where(own).values(seats=Code.seats - 1))


def insert_ballot(session: Session, **columns: object) -> None:
    """Store a new ballot; `columns` are those of `tables.Ballot`."""
    session.execute(insert(Ballot).values(**columns))


def insert_ballots(session: Session, ballots: Iterable[Mapping[str, object]]) -> None:
    """Store many ballots at once, dicts of the columns of `tables.Ballot`, in the order of their keys."""
    made = sorted(ballots, key=lambda row: bytes(row["key_hash"]))  # type: ignore[call-overload]
    if made:
        session.execute(insert(Ballot), made)


def find_ballot(session: Session, key_hash: bytes) -> BallotRow | None:
    """Return a ballot by its key, None when there is none (any more)."""
    return _row(session, key_hash, lock=False)


def lock_ballot(session: Session, key_hash: bytes) -> BallotRow | None:
    """Return a ballot that nobody else changes, in a round that nobody seals, before this transaction ends.

    The round is locked first and shared: sealing locks it alone, so that no acknowledged save falls between
    its reading and its deleting.
    """
    held = select(Round.id).join(Ballot, Ballot.round_id == Round.id).where(Ballot.key_hash == key_hash)
    session.execute(held.with_for_update(read=True, of=Round))
    return _row(session, key_hash, lock=True)


def update_ballot(session: Session, key_hash: bytes, **columns: object) -> None:
    """Change columns of one ballot."""
    session.execute(update(Ballot).where(Ballot.key_hash == key_hash).values(**columns))


def delete_ballot(session: Session, key_hash: bytes) -> None:
    """Withdraw a ballot. The seat stays spent."""
    session.execute(delete(Ballot).where(Ballot.key_hash == key_hash))


def count_sent(session: Session, round_id: str) -> dict[str | None, int]:
    """Count sent ballots by organisation, None for those in no organisation. For progress by rule R12 only."""
    counted = (
        select(Ballot.organisation_id, func.count())
        .where(Ballot.round_id == round_id, Ballot.sent)
        .group_by(Ballot.organisation_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def read_sent(session: Session, round_id: str) -> Iterator[SentBallot]:
    """Yield every sent ballot of a round in chunks, in the order of random keys. For sealing only."""
    wanted = (
        select(Ballot.organisation_id, Ballot.only_total, Ballot.answers, Ballot.texts)
        .where(Ballot.round_id == round_id, Ballot.sent)
        .order_by(Ballot.key_hash)
        .execution_options(yield_per=2_000)
    )
    for row in session.execute(wanted):
        yield SentBallot(*row)


def destroy_ballots(session: Session, round_id: str) -> None:
    """Delete all ballots and codes of a round, drafts too."""
    session.execute(delete(Ballot).where(Ballot.round_id == round_id))
    session.execute(delete(Code).where(Code.round_id == round_id))


def _open_code(code_hash: bytes) -> Any:
    return (
        select(Code.round_id, Code.organisation_id, Code.seats)
        .join(Round, Round.id == Code.round_id)
        .where(Code.code_hash == code_hash, Round.state == State.OPEN)
    )


def _row(session: Session, key_hash: bytes, *, lock: bool) -> BallotRow | None:
    wanted = (
        select(
            Ballot.round_id,
            Round.state,
            Ballot.organisation_id,
            Ballot.only_total,
            Ballot.sent,
            Ballot.revisions,
            Ballot.answers,
            Ballot.texts,
        )
        .join(Round, Round.id == Ballot.round_id)
        .where(Ballot.key_hash == key_hash)
    )
    row = session.execute(wanted.with_for_update(of=Ballot) if lock else wanted).one_or_none()
    return BallotRow(*row) if row else None
