"""The way of members' requests to the database: together with all who come at the same moment.

Waiting costs no thread: two thousand phones that press Send together stand in a line and are committed in groups.
"""

from __future__ import annotations

from assessment.collect import changes
from assessment.collect.ballot import Ballot, CodeRefused, NoBallot
from assessment.storage import grouped
from assessment.storage.ballots import Seat
from assessment.storage.engine import Store


async def find(store: Store, key: str) -> Ballot:
    """Return the ballot that a key opens; raise NoBallot, Closed."""
    return await grouped.read_all(store, changes.find_all, key)


async def look_up(store: Store, typed: str) -> Seat:
    """Return what a typed code opens, without taking the seat; raise CodeRefused."""
    return await grouped.read_all(store, changes.look_up_all, typed)


async def look_up_again(store: Store, typed: str, key: str) -> Seat:
    """Return what a code opens, or has opened for this key already; raise CodeRefused."""
    try:
        return await look_up(store, typed)
    except CodeRefused as refused:
        try:
            begun = await find(store, key)
        except NoBallot:
            raise refused from None
        return Seat(begun.round_id, begun.organisation_id)


async def change(store: Store, what: changes.Change) -> int:
    """Change a ballot; return the answer to the change once it is committed. Raise what the change raises."""
    return await grouped.write_all(store, changes.change_all, what)


async def begin(store: Store, what: changes.Begin) -> None:
    """Take a seat and make a ballot; raise CodeRefused."""
    await grouped.write_all(store, changes.begin_all, what)
