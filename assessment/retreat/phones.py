"""What phones do in the room: join by the code on the screen, vote once a step. No account, no name, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from assessment import clock, tokens
from assessment.errors import TendError
from assessment.storage import people
from assessment.storage import phones as rows
from assessment.storage.engine import Store
from assessment.storage.phones import Opened, Seen
from assessment.tokens import RoomCode

WINDOW, WRONG_CODES = timedelta(minutes=1), 300
"""Most wrong codes in a minute, typed by all together: a hall has one address. At this pace trying out half of all
codes takes two months, and a code lives for a day at most."""
SUBJECT = "room codes"

T = TypeVar("T")


class CodeRefused(TendError):
    """Say that a typed room code opens nothing."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("This code opens no room. Look at the screen and type its 6 letters again.")


class TooManyCodes(TendError):
    """Say that too many wrong codes were typed on this server within a minute."""

    http_status = 429

    def __init__(self) -> None:
        super().__init__("Too many wrong codes are being typed at this moment. Wait a minute and try again.")


class NotJoined(TendError):
    """Say that a phone is in no room (any more)."""

    http_status = 403

    def __init__(self) -> None:
        super().__init__("This phone is in no room. Type the code on the screen.")


class NotAsked(TendError):
    """Say that a vote came too late: its step was revealed, or the room has moved on."""

    http_status = 409

    def __init__(self) -> None:
        super().__init__("The room has moved on: this vote was not counted.")


class Vote(NamedTuple):
    """A phone's choice at a step, counted from 0."""

    key: str
    step: str
    choice: int


class Arrival(NamedTuple):
    """A phone that comes into a room whose code it knows."""

    key: str
    retreat_id: str


def find_all(connection: Connection, typed: Sequence[str]) -> list[str | Exception]:
    """Return the retreats of room codes; CodeRefused, or TooManyCodes, then for right ones that were typed too."""
    codes = [tokens.read_room_code(one) for one in typed]
    tries = judged(connection, codes)
    found = [one.opened.retreat_id if one.opened else CodeRefused() for one in tries]
    return bounded(connection, found, tries)


class Try(NamedTuple):
    """A room code that came in: what it opens (None: nothing), and whether it was scanned from that room's screen."""

    opened: Opened | None
    scanned: bool
    wrong: bool


def judged(connection: Connection, codes: Sequence[RoomCode | None]) -> list[Try]:
    """Return what is to be thought of codes, None for what cannot be one. A wrong proof is as wrong as a wrong code."""
    known = rows.rooms_of_codes(connection, {one.code for one in codes if one})
    tries = []
    for one in codes:
        opened = known.get(one.code) if one else None
        scanned = one is not None and opened is not None and one.proven(opened.screen_token)
        stale = one is not None and bool(one.proof) and not scanned
        tries.append(Try(None if stale else opened, scanned, one is not None and (opened is None or stale)))
    return tries


def bounded(connection: Connection, outcomes: Sequence[T | Exception], tries: Sequence[Try]) -> list[T | Exception]:
    """Return what became of codes, TooManyCodes from where the bound is reached; count the wrong ones.

    They are counted where they are tried, in one transaction: thousands that come at the same moment get no further.
    Who scanned the screen comes in beside them.
    """
    left = WRONG_CODES - people.failures(connection, people.subject(SUBJECT), clock.now(), WINDOW)
    counted = sum(one.wrong for one in tries)
    if counted and left > 0:
        left = WRONG_CODES + counted
        left -= people.note_failure(connection, people.subject(SUBJECT), clock.now(), WINDOW, counted)
    told: list[T | Exception] = []
    for outcome, one in zip(outcomes, tries, strict=True):
        told.append(outcome if left > 0 or one.scanned else TooManyCodes())
        left -= one.wrong
    return told


def are_guessed(session: Session | Connection) -> bool:
    """Tell whether so many wrong codes are being typed that nobody can join: leaders are told."""
    return people.failures(session, people.subject(SUBJECT), clock.now(), WINDOW) >= WRONG_CODES


def join_all(connection: Connection, arrivals: Sequence[Arrival]) -> list[Exception | None]:
    """Let phones into their rooms; CodeRefused for those whose room has ended. Joining twice changes nothing."""
    running = rows.hold_running(connection, {one.retreat_id for one in arrivals})
    come = {tokens.digest(one.key): one.retreat_id for one in arrivals if one.retreat_id in running}
    rows.add_phones(connection, come)
    return [None if one.retreat_id in running else CodeRefused() for one in arrivals]


def vote_all(connection: Connection, votes: Sequence[Vote]) -> list[Exception | None]:
    """Store votes on the steps that are asked now; an earlier vote of the same phone is replaced.

    NotJoined for a strange phone; NotAsked for another step, one that is revealed, or a choice that it does not offer.
    """
    hashes = [tokens.digest(vote.key) for vote in votes]
    held = rows.hold_asked(connection, hashes)
    outcomes: list[Exception | None] = []
    good: dict[tuple[bytes, str], tuple[str, int]] = {}
    for key, vote in zip(hashes, votes, strict=True):
        seen = held.get(key)
        if seen is None:
            outcomes.append(NotJoined())
        elif seen.asked is None or seen.asked != vote.step or not 0 <= vote.choice < seen.options:
            outcomes.append(NotAsked())
        else:
            good[key, vote.step] = (seen.retreat_id, vote.choice)
            outcomes.append(None)
    rows.put_votes(connection, good)
    return outcomes


def see_all(connection: Connection, keys: Sequence[str]) -> list[Seen | Exception]:
    """Return what phones see: their room and their own vote; NotJoined for strange ones."""
    hashes = [tokens.digest(key) for key in keys]
    found = rows.see(connection, hashes)
    return [found.get(key) or NotJoined() for key in hashes]


def join(store: Store, typed: str, key: str) -> str:
    """Let the phone of `key`, a new token, join the room of a typed code; return the retreat's id.

    Raise CodeRefused, TooManyCodes.
    """
    with store.write() as session:
        (found,) = find_all(session.connection(), [typed])
    retreat_id = _alone([found])
    with store.write() as session:
        _alone(join_all(session.connection(), [Arrival(key, retreat_id)]))
    return retreat_id


def vote(store: Store, key: str, step_id: str, choice: int) -> None:
    """Store one phone's vote as `vote_all`, and raise what it tells."""
    with store.write() as session:
        _alone(vote_all(session.connection(), [Vote(key, step_id, choice)]))


def see(store: Store, key: str) -> Seen:
    """Return what one phone sees; raise NotJoined."""
    with store.read() as session:
        return _alone(see_all(session.connection(), [key]))


def _alone(outcomes: Sequence[T | Exception]) -> T:
    (outcome,) = outcomes
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
