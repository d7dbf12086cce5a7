"""Phones in a room and their hidden votes, for many of them at once: they join and vote within the same minute.

Nothing here returns who voted what, but a phone's own vote to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import Connection, Select, and_, select

from assessment.storage.columns import insert_into
from assessment.storage.tables import Phone, PollVote, Retreat

Columns = TypeVarTuple("Columns")


class Seen(NamedTuple):
    """A phone's room, the step on which it may vote now (None: none) with its number of choices, and its own vote."""

    retreat_id: str
    asked: str | None
    options: int
    own: int | None


class Opened(NamedTuple):
    """What a room code opens; `screen_token` is None where the screen's address was withdrawn."""

    retreat_id: str
    screen_token: str | None


def rooms_of_codes(connection: Connection, codes: Iterable[str]) -> dict[str, Opened]:
    """Return what codes open, by the codes; what opens nothing is missing."""
    wanted = select(Retreat.code, Retreat.id, Retreat.screen_token).where(Retreat.code.in_(list(codes)))
    return {row.code: Opened(row.id, row.screen_token) for row in connection.execute(wanted)}


def hold_running(connection: Connection, retreat_ids: Iterable[str]) -> set[str]:
    """Return which of these retreats run, held until the transaction ends: nobody ends or reveals them before."""
    wanted = select(Retreat.id).where(Retreat.id.in_(sorted(set(retreat_ids))), Retreat.code.is_not(None))
    return set(connection.execute(_held(wanted.order_by(Retreat.id))).scalars())


def add_phones(connection: Connection, phones: Mapping[bytes, str]) -> None:
    """Let phones join, retreats by the phones' hashes; one that has joined stays where it is."""
    rows = [{"key_hash": key, "retreat_id": phones[key]} for key in sorted(phones)]
    if rows:
        connection.execute(insert_into(connection)(Phone).on_conflict_do_nothing(), rows)


def see(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, Seen]:
    """Return what phones see, by their hashes; one that has not joined is missing."""
    return {row.key_hash: Seen(*row[1:]) for row in connection.execute(_seen(keys))}


def hold_asked(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, Seen]:
    """Return the same, held until the transaction ends: nobody reveals the steps that are asked before."""
    return {row.key_hash: Seen(*row[1:]) for row in connection.execute(_held(_seen(keys)))}


def put_votes(connection: Connection, votes: Mapping[tuple[bytes, str], tuple[str, int]]) -> None:
    """Store the one vote of each phone on a step: retreat and choice by the phone's hash and the step's id.

    An earlier vote is replaced. The steps are held (`hold_asked`).
    """
    rows = [
        {"phone_hash": key, "step_key": step, "retreat_id": retreat_id, "choice": choice}
        for (key, step), (retreat_id, choice) in sorted(votes.items())
    ]
    if rows:
        put = insert_into(connection)(PollVote)
        again = put.on_conflict_do_update(
            index_elements=[PollVote.phone_hash, PollVote.step_key], set_={"choice": put.excluded.choice}
        )
        connection.execute(again, rows)


def _seen(keys: Iterable[bytes]) -> Select[bytes, str, str | None, int, int]:
    own = and_(PollVote.phone_hash == Phone.key_hash, PollVote.step_key == Retreat.asked)
    wanted = select(Phone.key_hash, Retreat.id, Retreat.asked, Retreat.options, PollVote.choice)
    wanted = wanted.join(Retreat, Retreat.id == Phone.retreat_id).outerjoin(PollVote, own)
    return wanted.where(Phone.key_hash.in_(sorted(set(keys))))


def _held(wanted: Select[*Columns]) -> Select[*Columns]:
    # Shared, and of the key alone: phones do not wait for each other, nor for a screen that says it is still there.
    return wanted.with_for_update(read=True, key_share=True, of=Retreat)
