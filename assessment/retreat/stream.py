"""How a page is told that its room moved: events as they come, or, where a proxy holds them back, one long question."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assessment.errors import TendError
from assessment.retreat.live import FRESH, Room, Rooms, Sheet
from assessment.web.headers import COMMON

STILL_HERE = 15.0
"""Seconds after which a silent stream says that it lives: the page then knows that nothing holds it back."""
LONGEST_WAIT = 20.0
"""Seconds for which a question waits for an answer that is new."""
HERE = b"event: here\ndata: \n\n"
AWAY = b"event: away\ndata: \n\n"
EVENTS: Mapping[str, str] = {
    **COMMON,
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}


class Terms(NamedTuple):
    """How somebody follows a room. `kind` names the sheet.

    `again`: milliseconds after which, at least, a page that lost us comes back; up to five times as late, so that a
    hall does not come back at once. `lasts`: seconds after which it has to ask anew, and is looked at again. `token`
    is the screen's address by which it came in: when another is made, this one shows nothing more.
    """

    kind: str
    again: int
    lasts: float = math.inf
    token: str | None = None

    def holds(self, room: Room) -> bool:
        """Tell whether somebody may go on following."""
        if self.token is None or room.drawn is None:
            return True
        return room.drawn.now.ended or room.drawn.now.token == self.token


class Stream(Response):
    """The events of a room for one follower: what it sees whenever that changes, nothing of anybody else.

    `have` is the tag of what the page shows already.
    """

    def __init__(self, rooms: Rooms, retreat_id: str, terms: Terms, have: str) -> None:
        super().__init__(headers=dict(EVENTS))
        self._rooms, self._id, self._terms, self._have = rooms, retreat_id, terms, have

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = [(key, value) for key, value in self.raw_headers if key != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_until_gone, receive, tasks.cancel_scope)
            with anyio.move_on_after(self._terms.lasts):
                await self._tell(send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            tasks.cancel_scope.cancel()

    async def _tell(self, send: Send) -> None:
        wait = random.randint(self._terms.again, 5 * self._terms.again)  # noqa: S311 - spreads phones, guards nothing
        await _push(send, b"retry: %d\n" % wait + HERE)
        async with self._rooms.follow(self._id) as room:
            with suppress(TendError):  # the watch asks again
                await room.look(FRESH)
            while not room.gone and self._terms.holds(room):
                changed, sheet = room.changed, seen(room, self._terms.kind)
                if sheet is not None and sheet.tag != self._have:
                    self._have = sheet.tag
                    await _push(send, sheet.event)
                if room.drawn is not None and room.drawn.now.ended:
                    await _push(send, AWAY)
                    break
                with anyio.move_on_after(STILL_HERE) as waited:
                    await changed.wait()
                if waited.cancelled_caught:
                    await _push(send, HERE)


async def answer(rooms: Rooms, retreat_id: str, terms: Terms, have: str) -> Response:
    """Return what a follower sees as soon as it is another than `have`; 204 where it stays the same for long."""
    kind = terms.kind
    async with rooms.follow(retreat_id) as room:
        with anyio.move_on_after(LONGEST_WAIT):
            await room.look(FRESH)
            while not room.gone:
                changed, sheet = room.changed, seen(room, kind)
                if sheet is None or sheet.tag != have:
                    break
                await changed.wait()
        sheet = seen(room, kind)
    if sheet is None or not terms.holds(room):
        return Response(status_code=404, headers=COMMON)
    if sheet.tag == have:
        return Response(status_code=204, headers=COMMON)
    return Response(sheet.html, headers={**COMMON, "Tend-Tag": sheet.tag}, media_type="text/html")


def seen(room: Room, kind: str) -> Sheet | None:
    """Return the sheet of one kind of follower, None before the first look and where the room is gone."""
    return room.drawn.sheets[kind] if room.drawn else None


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


async def _push(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})
