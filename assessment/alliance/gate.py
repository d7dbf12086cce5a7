"""The middleware around Streamlit: who is not signed in goes to the sign-in page, and every document is protected.

What a page shows is decided on each run from the database (`ui.identity`); this only sends people to the right door.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.alliance import setup, sign_in
from assessment.alliance.web import DOOR, SIGN_IN
from assessment.errors import TendError
from assessment.settings import Settings, bare_host
from assessment.storage.engine import Store
from assessment.web.headers import COMMON
from assessment.web.pages import in_thread, status_of
from assessment.web.requests import header
from assessment.web.routes import OwnRoutes

_STREAMLITS = "/_stcore/"
BLOCKED = (f"{_STREAMLITS}metrics", f"{_STREAMLITS}agent", f"{_STREAMLITS}upload_file")
"""Nobody uploads anything in our screens, and Streamlit would take files from whoever opened a connection."""
STRANGERS = 20
"""Most live connections at once of those who are not signed in: enough to tell people that they have to."""
HEALTH = f"{_STREAMLITS}health"
FILES = (_STREAMLITS, "/static/", "/media/", "/component/")
OTHER_WAY = "This address does not take what was sent to it. Open its page and send it from there."
_HOST = re.compile(r"[A-Za-z0-9._\-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


class Gate:
    """Pure ASGI middleware for `st.App`. `routes` are our own: they guard themselves and are answered at once.

    `open_pages` are Streamlit pages that need no sign-in because they ask for a secret of their own. `first_page` is
    the name of the page that Streamlit serves at "/" only.
    """

    def __init__(
        self,
        app: ASGIApp,
        store: Store,
        settings: Settings,
        routes: Sequence[BaseRoute] = (),
        open_pages: frozenset[str] = frozenset(),
        first_page: str = "",
    ) -> None:
        self.app = app
        self.store = store
        self.routes = OwnRoutes(routes)
        self.open_pages = open_pages
        self.first_page = first_page
        self.strangers = 0
        public = urlsplit(settings.public_url or "")
        self.scheme, self.host = public.scheme, public.netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await (refusal if scope["type"] == "http" else _Closed())(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at an address of ours past all that Streamlit puts around its own; pass on what it protects."""
        match, route = self.routes.find(scope)
        if route is not None:
            await route.handle(scope, receive, send)
        elif match is Match.PARTIAL:
            await DOOR.page("refused.html", status=405, sentence=OTHER_WAY)(scope, receive, send)
        else:
            away = await self._away(scope) if self._is_document(scope) else None
            await (away or _Protected(self.app))(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        path, host = scope["path"], header(scope, b"host") or ""
        if _STREAMLITS in path and any(blocked in path for blocked in BLOCKED):
            return PlainTextResponse("There is nothing here.", status_code=404, headers=COMMON)
        foreign = self.host and bare_host(host, self.scheme) != self.host and path != HEALTH
        if not _HOST.fullmatch(host) or foreign:
            return PlainTextResponse("This server has another name.", status_code=400, headers=COMMON)
        # Streamlit would let in any page of this machine, and ask a third party, waiting, for our own public address.
        origin = header(scope, b"origin") if scope["type"] == "websocket" else None
        if origin is not None and not _same(origin, host):
            return PlainTextResponse("This connection comes from another site.", status_code=403, headers=COMMON)
        return None

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a screen's live connection through; of strangers only so many that they cannot fill the memory.

        A screen's connection does not name its page, so that open pages let everybody connect.
        """
        if self.open_pages or await self._is_known(scope):
            await self.app(scope, receive, send)
            return
        if self.strangers >= STRANGERS:
            await _Closed()(scope, receive, send)
            return
        self.strangers += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.strangers -= 1

    async def _is_known(self, scope: Scope) -> bool:
        try:
            return await in_thread(sign_in.find, self.store, _token(scope)) is not None
        except TendError:
            return False  # the screen itself says what is wrong with the database

    def _is_document(self, scope: Scope) -> bool:
        path = scope["path"]
        file = "." in path.rsplit("/", 1)[-1] or any(folder in path for folder in FILES)
        return scope["method"] in {"GET", "HEAD"} and not file and path not in self.open_pages

    async def _away(self, scope: Scope) -> Response | None:
        """Return where somebody has to go first, or why nobody can go anywhere; None to let them in."""
        query = "?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""
        other = self._other_name(scope)
        if other is not None:
            return RedirectResponse(other + query, status_code=303, headers=COMMON)
        try:
            if await in_thread(sign_in.find, self.store, _token(scope)):
                return None
            empty = await in_thread(setup.is_empty, self.store)
        except TendError as error:
            return DOOR.page("refused.html", status=status_of(error), sentence=str(error))
        wanted = scope["path"] + query
        onward = "/setup" if empty else "/sign-in" + (f"?next={quote(wanted, safe='/')}" if wanted != "/" else "")
        return RedirectResponse(onward, status_code=303, headers=COMMON)

    def _other_name(self, scope: Scope) -> str | None:
        """Return the address that was meant by one with a slash at its end, or by the name of the first page."""
        bare = scope["path"].rstrip("/")
        if self.first_page and bare == f"/{self.first_page}":
            return "/"
        slashed = bare != scope["path"] and self.routes.find({**scope, "path": bare})[0] is Match.FULL
        return quote(bare) if slashed else None


def _same(origin: str, host: str) -> bool:
    scheme, _, name = origin.partition("://")
    return bare_host(name, scheme) == bare_host(host, scheme)


class _Protected:
    """Add security headers to what Streamlit answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = header(scope, b"host") or ""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if headers.get("content-type", "").startswith("text/html"):
                    headers.update(_document_headers(host))
            await send(message)

        await self.app(scope, receive, protected)


class _Closed:
    """Refuse a WebSocket."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.close", "code": 1008})


def _document_headers(host: str) -> dict[str, str]:
    # Streamlit compiles what its charts need in the browser: "unsafe-eval" and inline styles are its price.
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; media-src 'self' blob:; "
        f"connect-src 'self' ws://{host} wss://{host}; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    names = ("Referrer-Policy", "X-Frame-Options", "X-Robots-Tag", "Cross-Origin-Opener-Policy", "Permissions-Policy")
    return {"Content-Security-Policy": policy, **{name: COMMON[name] for name in names}}


def _token(scope: Scope) -> str | None:
    # As the sign-in page reads it: Python's own SimpleCookie gives up at the first cookie of another program.
    return HTTPConnection(scope).cookies.get(SIGN_IN)
