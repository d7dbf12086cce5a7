"""Put a backup in the place of what a database holds, without bringing back what was destroyed since.

What the database that is replaced still knows is done again in the same transaction: rounds that were destroyed,
answers that were withdrawn, texts that went in time or lost words, links and accounts that were taken away, rooms that
ended. A round that was sealed since cannot come back as an open one: its answers are left out by name, or nothing is
restored.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from assessment import clock
from assessment.storage import ballots as ballot_rows
from assessment.storage import rounds as round_rows
from assessment.storage.backups import BackupError, unmark
from assessment.storage.copying import fill
from assessment.storage.engine import Store
from assessment.storage.kept_tables import ResultsLink
from assessment.storage.tables import (
    Account,
    Alliance,
    Ballot,
    Base,
    Instance,
    KnownBrowser,
    Phone,
    Retreat,
    Round,
    SignIn,
    State,
    TextState,
    Written,
)

SEALED_SINCE = (
    "{names} was sealed since this backup was made: its answers would come back. Take a later backup, or leave the "
    "round out: --without {quoted}. Its results are lost then, too: take them along first, with the command release. "
    "Nothing was changed."
)
UNKNOWN = (
    "This backup holds answers of rounds that are open in it ({names}), and the database to restore into is empty: "
    "nobody can tell what was sealed, destroyed or withdrawn since. Where a round was sealed or destroyed, leave it "
    "out: --without {quoted}. If none was, say so: --nothing-sealed. Nothing was changed."
)
CHUNK = 500
RUNNING = (Retreat.started_at.is_not(None), Retreat.ended_at.is_(None))


class Decided(NamedTuple):
    """What moderators made of a written answer."""

    words: str
    state: TextState
    quote: bool
    kept: bool


class Door(NamedTuple):
    """By what a running retreat is entered."""

    code: str | None
    screen_token: str | None


@dataclass(frozen=True)
class Known:
    """What the database that is replaced knows: keys of all that is still there, and how it was decided since."""

    rounds: dict[str, State]
    keys: dict[str, set[Any]]
    passwords: dict[str, str]
    texts: dict[str, Decided]
    doors: dict[str, Door]


STILL_THERE: tuple[tuple[type[Base], InstrumentedAttribute[Any]], ...] = (
    (Ballot, Ballot.key_hash),
    (Written, Written.id),
    (ResultsLink, ResultsLink.token_hash),
    (Account, Account.id),
)
"""What can be taken away for good, with its key."""


def restore(backup: Store, target: Store, without: Collection[str] = (), *, nothing_sealed: bool = False) -> list[str]:
    """Replace everything by a backup, and return the names of the rounds that were left out with their answers.

    `without` names rounds, in any case of letters. Raise BackupError where a round that was sealed since would come
    back, or could; StorageError. Nothing is changed then.
    """
    with backup.snapshot() as from_, target.write() as session:
        known = _known(session)
        gone = _gone(from_, known, {name.strip().casefold() for name in without}, nothing_sealed)
        fill(from_, session.connection())
        for round_id in gone:
            ballot_rows.destroy_ballots(session, round_id)
            round_rows.delete_round(session, round_id)
        _take_away(session, known)
        session.execute(update(Instance).values(purge_due=True))
    return sorted(gone.values())


def _known(session: Session) -> Known | None:
    """Return what this database knows; None for one that holds nothing."""
    if session.scalar(select(Alliance.id).limit(1)) is None:
        return None
    rounds = {row.id: row.state for row in session.execute(select(Round.id, Round.state))}
    keys = {table.__tablename__: set(session.scalars(select(key))) for table, key in STILL_THERE}
    passwords = {row.id: row.password_hash for row in session.execute(select(Account.id, Account.password_hash))}
    texts = {row.id: Decided(row.words, row.state, row.quote, row.kept) for row in session.scalars(select(Written))}
    running = session.execute(select(Retreat.id, Retreat.code, Retreat.screen_token).where(*RUNNING))
    doors = {row.id: Door(row.code, row.screen_token) for row in running}
    session.expunge_all()  # what is read from now on is the backup's
    return Known(rounds, keys, passwords, texts, doors)


def _gone(from_: Connection, known: Known | None, without: set[str], nothing_sealed: bool) -> dict[str, str]:
    """Return the open rounds of a backup that must not come back, by id; raise BackupError where somebody must say."""
    wanted = select(Round.id, Round.name).where(Round.state == State.OPEN)
    was_open = {row.id: row.name for row in from_.execute(wanted)}
    gone = {round_id: name for round_id, name in was_open.items() if name.casefold() in without}
    unnamed = without - {name.casefold() for name in was_open.values()}
    if unnamed:
        raise BackupError(
            f"No round that is open in this backup is called {sorted(unnamed)[0]!r}. Nothing was changed."
        )
    left = {round_id: name for round_id, name in was_open.items() if round_id not in gone}
    if known is None:
        if left and not gone and not nothing_sealed:
            raise BackupError(_named(UNKNOWN, left))
        return gone
    sealed = {round_id: name for round_id, name in left.items() if known.rounds.get(round_id) is State.SEALED}
    if sealed:
        raise BackupError(_named(SEALED_SINCE, sealed))
    return gone | {round_id: name for round_id, name in left.items() if round_id not in known.rounds}


def _named(words: str, rounds: dict[str, str]) -> str:
    names = sorted(rounds.values())
    return words.format(names=", ".join(names), quoted=f'"{names[0]}"')


def _take_away(session: Session, known: Known | None) -> None:
    """Do again what was destroyed since; everybody signs in and joins anew."""
    for anew in (SignIn, KnownBrowser, Phone):  # a phone's hidden votes go with it
        session.execute(delete(anew))
    unmark(session)
    _shut_rooms(session, known.doors if known else {})
    if known is None:
        return
    for table, key in STILL_THERE:
        gone = sorted(set(session.scalars(select(key))) - known.keys[table.__tablename__])
        for start in range(0, len(gone), CHUNK):
            session.execute(delete(table).where(key.in_(gone[start : start + CHUNK])))
    for account_id, password in known.passwords.items():
        session.execute(update(Account).where(Account.id == account_id).values(password_hash=password))
    for text in session.scalars(select(Written)):
        text.words, text.state, text.quote, text.kept = known.texts[text.id]


def _shut_rooms(session: Session, doors: dict[str, Door]) -> None:
    """End the rooms that do not run any more; the others are entered as they were last, not as they were once."""
    for room in session.scalars(select(Retreat).where(*RUNNING)):
        room.version += 1
        if room.id in doors:
            room.code, room.screen_token = doors[room.id]
        else:
            room.ended_at, room.code, room.screen_token = clock.now(), None, None
            room.timer_ends_at, room.asked, room.options, room.answering = None, None, 0, False
