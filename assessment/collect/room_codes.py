"""The code on the screen of a room in which a round is answered: whoever types it gets a code of their own.

It works only while the coordinator holds the room at that step. The code that it is exchanged for has one seat and no
organisation, and goes with all others when the round is sealed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from assessment.errors import TendError
from assessment.retreat import phones
from assessment.storage import ballots as rows
from assessment.storage import grouped
from assessment.storage.engine import Store
from assessment.storage.tables import Retreat, Round, State
from assessment.tokens import RoomCode, new_token, read_room_code, short_digest


class RoomClosed(TendError):
    """Say the same about a room code that is unknown, and about one whose room answers nothing now."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("This room code does not work now. Look at the screen and type its 6 letters again.")


def is_room_code(typed: str) -> bool:
    """Tell whether something looks like a room code, typed or scanned, and not like a code on a note."""
    return read_room_code(typed) is not None


async def admit(store: Store, typed: str) -> str:
    """Exchange a room code for a fresh code of one seat, and return it; raise RoomClosed, phones.TooManyCodes."""
    return await grouped.write_all(store, admit_all, read_room_code(typed))


def admit_all(connection: Connection, typed: Sequence[RoomCode | None]) -> list[str | Exception]:
    """Return a fresh code for each room code, or why there is none."""
    codes = [one.code if one else "" for one in typed]
    wanted = select(Retreat.code, Retreat.round_id).join(Round, Round.id == Retreat.round_id)
    answered = wanted.where(Retreat.code.in_(set(codes)), Retreat.answering, Round.state == State.OPEN)
    # Shared: sealing waits for us, and then deletes what we made.
    held = connection.execute(answered.order_by(Round.id).with_for_update(read=True, of=Round))
    found = {row.code: row.round_id for row in held}
    # Who types the right code a moment too early or too late guesses nothing.
    tries = phones.judged(connection, typed)
    made: list[str | Exception] = [
        new_token() if one.opened and code in found else RoomClosed() for code, one in zip(codes, tries, strict=True)
    ]
    answers = phones.bounded(connection, made, tries)
    fresh = [(code, token) for code, token in zip(codes, answers, strict=True) if isinstance(token, str)]
    rows.insert_codes(connection, [_row(token, found[code]) for code, token in fresh])
    return answers


def _row(token: str, round_id: str) -> dict[str, object]:
    return {"code_hash": short_digest(token), "round_id": round_id, "organisation_id": None, "seats": 1}
