"""What the pages of a room share: its store, how it is drawn and followed, what a page needs to follow it itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from assessment.network import network_addresses
from assessment.retreat.drawing import TIMER, Drawing
from assessment.retreat.live import Drawn, Room, Rooms, rooms
from assessment.retreat.stream import Stream, Terms, answer
from assessment.retreat.values import NoRetreat
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.forms import Form, read_form
from assessment.web.headers import COMMON, check_origin
from assessment.web.pages import in_thread

LOCAL = ("localhost", "127.", "[::1]")
SCRIPTED = "tend-script"
"""Header of what our scripts send: it is answered without a page."""

T = TypeVar("T")


@dataclass(frozen=True)
class Hall:
    """What the handlers share."""

    store: Store
    settings: Settings
    drawing: Drawing

    @property
    def rooms(self) -> Rooms:
        """The rooms that are followed on this event loop."""
        return rooms(self.store, self.drawing)

    def room(self, retreat_id: str) -> Room:
        """Return one of them."""
        return self.rooms.room(retreat_id)

    async def look(self, retreat_id: str, at_least: float = 0.0) -> Drawn:
        """Return how a room stands, not older than so many seconds; raise NoRetreat."""
        drawn = await self.room(retreat_id).look(at_least)
        if drawn is None:
            raise NoRetreat
        return drawn

    async def form(self, request: Request) -> Form:
        """Return what one of our pages posted; raise Refused."""
        check_origin(request, self.settings)
        return await read_form(request)

    def stream(self, request: Request, retreat_id: str, terms: Terms) -> Response:
        """Return the events of a room for a page; who asks for headers alone gets no stream, which would never end."""
        if request.method == "HEAD":
            return Response(headers=COMMON)
        have = request.headers.get("last-event-id") or request.query_params.get("have", "")
        return Stream(self.rooms, retreat_id, terms, have)

    async def now(self, request: Request, retreat_id: str, terms: Terms) -> Response:
        """Return what a page sees once it is new to it."""
        return await answer(self.rooms, retreat_id, terms, request.query_params.get("have", ""))

    async def reach(self, request: Request, retreat_id: str) -> None:
        """Learn from somebody who knows the room's secret under which address phones find us, where nothing says it."""
        if self.settings.public_url is None and retreat_id not in self.drawing.reached:
            host = request.headers.get("host", "")
            offered = await self.offered(request)
            here = f"{request.url.scheme}://{host}"
            if retreat_id not in self.drawing.reached:  # nobody has chosen one meanwhile
                self.choose(retreat_id, offered[0] if offered and host.startswith(LOCAL) else here)

    async def offered(self, request: Request) -> list[str]:
        """Return the addresses of this machine in its networks; none where a setting says the one to use.

        A machine without internet may look for its own name for many seconds: nobody waits for that meanwhile.
        """
        if self.settings.public_url is not None:
            return []
        scheme, port = request.url.scheme, f":{request.url.port}" if request.url.port else ""
        return [f"{scheme}://{found}{port}" for found in await in_thread(network_addresses)]

    def choose(self, retreat_id: str, address: str) -> None:
        """Let phones come in at an address, and draw it for everybody."""
        if self.drawing.address(retreat_id) != address:
            self.drawing.reached[retreat_id] = address
            self.room(retreat_id).wake()


def following(drawn: Drawn, kind: str, live: str, now: str, **more: str) -> Markup:
    """Return the attributes by which a page follows its room: addresses that end where what it has is named."""
    data = {"live": live, "now": now, "tag": drawn.sheets[kind].tag, "clock": f"{time.time() * 1000:.0f}", **more}
    return Markup(" ".join(f'data-{name}="{escape(value)}"' for name, value in data.items()))  # noqa: S704 (escaped)


def as_page(drawn: Drawn, kind: str) -> Markup:
    """Return a sheet to stand in a page, with the time that is left: a page without scripts needs it written."""
    return Markup(drawn.sheets[kind].html.replace(TIMER, _left(drawn)))  # noqa: S704 (drawn and escaped by us)


def _left(drawn: Drawn) -> str:
    ends = drawn.now.timer_ends_at
    seconds = max(0, round(ends.timestamp() - time.time())) if ends else 0
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else "Time is up"
