"""The projected screen: one page behind an unguessable address, from which nothing else can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from assessment import clock, tokens
from assessment.alliance import sign_in
from assessment.alliance.web import SIGN_IN
from assessment.retreat.drawing import REMOTE_DOOR, SCREEN, packed
from assessment.retreat.hall import Hall, as_page, following
from assessment.retreat.live import Drawn
from assessment.retreat.slides import STYLE
from assessment.retreat.stream import Terms
from assessment.retreat.values import LEADERS, NoRetreat
from assessment.slides import fonts
from assessment.storage import retreats as rows
from assessment.storage.engine import Store
from assessment.web.headers import COMMON, policy
from assessment.web.pages import Door, in_thread

DOOR = Door(Path(__file__).parent / "templates", STYLE + packed("screen.css"), packed("live.js") + packed("screen.js"))
# The address is the secret: no other site need learn it. The projector's fonts are our own files.
HEADERS = {
    **DOOR.headers,
    "Content-Security-Policy": policy(styles=(DOOR.style,), scripts=(DOOR.script,)) + "; font-src 'self'",
    "Permissions-Policy": COMMON["Permissions-Policy"] + ", fullscreen=(self), screen-wake-lock=(self)",
}
KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
AGAIN = 300
"""Milliseconds after which a screen that lost us comes back, at least."""


@dataclass(frozen=True)
class ScreenPage:
    """Handlers of /screen and of the fonts."""

    hall: Hall

    def routes(self) -> list[Route]:
        """Return the addresses of the screen."""
        table = [
            ("/screen", self.show, "GET"),
            ("/screen/live", self.live, "GET"),
            ("/screen/now", self.now, "GET"),
            ("/screen/here", self.here, "POST"),
            (fonts.PATH + "/{name}", self.font, "GET"),
        ]
        return [Route(path, REMOTE_DOOR.guarded(handler), methods=[method]) for path, handler, method in table]

    async def show(self, request: Request) -> Response:
        """GET /screen?room=TOKEN: what the room looks at."""
        token = request.query_params.get("room", "")
        try:
            retreat_id = await self._find(token)
            await self.hall.reach(request, retreat_id)
            drawn = await self.hall.look(retreat_id)
        except NoRetreat:
            return REMOTE_DOOR.page("no_screen.html", status=404)
        steers = await self._steers(request, drawn)
        query = f"?room={token}"
        follow = following(
            drawn,
            SCREEN,
            live=f"/screen/live{query}&have=",
            now=f"/screen/now{query}&have=",
            here=f"/screen/here{query}",
            steer=f"/room/{drawn.now.id}" if steers else "",
        )
        html = DOOR.render("screen.html", now=drawn.now, sheet=as_page(drawn, SCREEN), follow=follow)
        return HTMLResponse(html, headers=HEADERS)

    async def live(self, request: Request) -> Response:
        """GET /screen/live: the room's events."""
        retreat_id = await self._id(request)
        await self.hall.reach(request, retreat_id)
        return self.hall.stream(request, retreat_id, _terms(request))

    async def now(self, request: Request) -> Response:
        """GET /screen/now: what the room looks at, once it is new."""
        return await self.hall.now(request, await self._id(request), _terms(request))

    async def here(self, request: Request) -> Response:
        """POST /screen/here: a screen is connected, and stays awake or not. Whoever has the address may say so."""
        form = await self.hall.form(request)
        token = tokens.read_token(request.query_params.get("room", ""))
        known = await in_thread(_note, self.hall.store, token, form.text("awake") == "yes")
        return Response(status_code=204 if known else 404, headers=COMMON)

    async def font(self, request: Request) -> Response:
        """GET /fonts/NAME: a font of slides or of the screens of coordinators."""
        found = fonts.FONTS.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404, headers=COMMON)
        return FileResponse(found, headers=KEPT, media_type="font/woff2")

    async def _id(self, request: Request) -> str:
        return await self._find(request.query_params.get("room", ""))

    async def _find(self, typed: str) -> str:
        token = tokens.read_token(typed)
        found = await in_thread(_of_screen, self.hall.store, token) if token else None
        if found is None:
            raise NoRetreat
        return found

    async def _steers(self, request: Request, drawn: Drawn) -> bool:
        """Tell whether a leader is signed in on the projector's computer: then its arrow keys work."""
        person = await in_thread(sign_in.find, self.hall.store, request.cookies.get(SIGN_IN))
        return person is not None and person.role in LEADERS and person.alliance_id == drawn.now.alliance_id


def _terms(request: Request) -> Terms:
    return Terms(SCREEN, AGAIN, token=tokens.read_token(request.query_params.get("room", "")))


def _of_screen(store: Store, token: str) -> str | None:
    with store.read() as session:
        return rows.of_screen(session, token)


def _note(store: Store, token: str | None, awake: bool) -> bool:
    if token is None:
        return False
    with store.write() as session:
        return rows.note_screen(session, token, clock.now(), awake)
