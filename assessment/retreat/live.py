"""Screens, remotes and phones follow a room live: one look at the database for all of them, drawn once for each kind.

A room that somebody follows is looked at a few times a second (several processes agree that way) and at once when
this process moved it. What changed is drawn in a thread, kept as bytes, and sent to whoever follows.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import anyio
from anyio.lowlevel import RunVar

from assessment.alliance.commitments import CommitmentView
from assessment.errors import TendError
from assessment.retreat.state import Now, read_now
from assessment.storage.engine import Store
from assessment.web.pages import in_thread

log = logging.getLogger(__name__)
EVERY = 0.3
"""Seconds between two looks at a room that somebody follows."""
MOST_PLACES = 12_000
"""Most that follow rooms in one process, of the files that it asks for."""
FRESH = 0.2
"""Seconds for which a look serves everybody who opens a page."""


class Sheet(NamedTuple):
    """What one kind of follower sees, as HTML and as an event; `tag` changes with every byte of it."""

    tag: str
    html: str
    event: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A room as it stands, drawn for each kind of follower.

    `base`: the address under which phones find us; `pages`: how many screens its step takes; `promised`: the
    commitments that were made in it.
    """

    now: Now
    base: str
    pages: int
    promised: tuple[CommitmentView, ...]
    sheets: Mapping[str, Sheet]


class Draw(Protocol):
    """Draws rooms, each in a thread; what was drawn before may be used again where nothing of it changed."""

    def __call__(self, now: Now, before: Drawn | None) -> Drawn: ...

    def address(self, retreat_id: str) -> str:
        """Return the address under which phones find us."""
        ...


def sheet(html: str) -> Sheet:
    """Return HTML as a sheet."""
    tag = hashlib.sha256(html.encode()).hexdigest()[:16]
    lines = "".join(f"data: {line}\n" for line in html.splitlines() or [""])
    return Sheet(tag, html, f"event: show\nid: {tag}\n{lines}\n".encode())


class Room:
    """One room that is followed in this process."""

    def __init__(self, store: Store, retreat_id: str, draw: Draw) -> None:
        self.drawn: Drawn | None = None
        self.changed = anyio.Event()
        self.gone = False
        self._store, self._id, self._draw = store, retreat_id, draw
        self._looked = float("-inf")
        self._lock = anyio.Lock()
        self._wake = anyio.Event()

    async def look(self, at_least: float = 0.0) -> Drawn | None:
        """Return how the room stands, not older than `at_least` seconds; None where there is no such retreat."""
        asked = time.monotonic()
        async with self._lock:
            if self._looked < asked - at_least:
                begun = time.monotonic()
                self._show(await in_thread(self._seen, self.drawn))
                self._looked = begun
            return self.drawn

    def wake(self) -> None:
        """Let the watch look at once."""
        self._looked = float("-inf")
        self._wake.set()

    def leave(self) -> None:
        """Send every follower away."""
        self.gone = True
        self.changed.set()

    async def watch(self) -> None:
        """Look again and again, until cancelled; a database that cannot be read is asked again."""
        while True:
            try:
                await self.look(FRESH)
            except TendError as error:
                log.warning("The room could not be looked at: %s", error)
            except Exception:
                log.exception("The room could not be drawn")
            with anyio.move_on_after(EVERY):
                await self._wake.wait()
            self._wake = anyio.Event()

    def _seen(self, before: Drawn | None) -> Drawn | None:
        now = read_now(self._store, self._id)
        if now is None:
            return None
        if before is not None and before.now == now and before.base == self._draw.address(self._id):
            return before
        return self._draw(now, before)

    def _show(self, drawn: Drawn | None) -> None:
        if drawn is not None and drawn is self.drawn:
            return
        self.drawn, self.gone = drawn, self.gone or drawn is None
        self.changed.set()
        self.changed = anyio.Event()


class Rooms:
    """The rooms that are followed on one event loop."""

    def __init__(self, store: Store, draw: Draw) -> None:
        self._store, self.draw = store, draw
        self._rooms: dict[str, Room] = {}
        self._followers: dict[str, int] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}

    def room(self, retreat_id: str) -> Room:
        """Return a room, followed or not; the last hundred stay in memory."""
        if retreat_id not in self._rooms:
            idle = [key for key in self._rooms if key not in self._watches]
            for key in idle[: max(0, len(self._rooms) - 99)]:
                del self._rooms[key]
            self._rooms[retreat_id] = Room(self._store, retreat_id, self.draw)
        return self._rooms[retreat_id]

    @asynccontextmanager
    async def follow(self, retreat_id: str) -> AsyncIterator[Room]:
        """Give a room that is watched while anybody is inside."""
        room = self.room(retreat_id)
        self._followers[retreat_id] = self._followers.get(retreat_id, 0) + 1
        if retreat_id not in self._watches:
            self._watches[retreat_id] = asyncio.create_task(room.watch())
        try:
            yield room
        finally:
            self._followers[retreat_id] -= 1
            if not self._followers[retreat_id]:
                del self._followers[retreat_id]
                self._watches.pop(retreat_id).cancel()

    @property
    def full(self) -> bool:
        """Whether no more phones should follow: whoever knows a code could take every place that this process has."""
        return sum(self._followers.values()) >= places()

    def close(self) -> None:
        """Send every follower away: the server stops."""
        for room in self._rooms.values():
            room.leave()


def places() -> int:
    """Return how many may follow rooms in this process: the rest of its open files is for everybody else."""
    if sys.platform == "win32":  # no such limit there
        return MOST_PLACES
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_PLACES if soft == resource.RLIM_INFINITY else min(MOST_PLACES, soft * 3 // 4)


_rooms: RunVar[list[Rooms]] = RunVar("tend_rooms")


def rooms(store: Store, draw: Draw) -> Rooms:
    """Return the rooms of this event loop that `draw` draws: an instance has one such a process, tests have many."""
    known = followed()
    found = next((one for one in known if one.draw is draw), None)
    if found is None:
        found = Rooms(store, draw)
        known.append(found)
    return found


def followed() -> list[Rooms]:
    """Return everything that is followed on this event loop, now and later."""
    try:
        return _rooms.get()
    except LookupError:
        _rooms.set([])
        return _rooms.get()
