"""Turn templates into answers: compressed, strict, and blank pages kept in memory."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assessment.collect.asked import AskedRound
from assessment.collect.words import language_name, speaker
from assessment.web.codings import takes
from assessment.web.headers import COMMON, RAW_COMMON
from assessment.web.pages import Door
from assessment.web.requests import header
from assessment.web.spliced import Spliced

Kept = TypeVar("Kept")

HERE = Path(__file__).parent
PAGES_IN_MEMORY = 512
SCRIPTED = b"tend-script"
"""Header of a save that our script sends: it is answered without a page."""
LEVEL_KEPT, LEVEL_ONCE = 9, 3
"""How hard a page is compressed: one for a single reader costs a quarter of the time, and one part in twenty more."""
COME_BACK_AFTER = 2
"""Seconds after which a phone that could not be served tries again, or up to as many later: never all at once."""
GZIP: Mapping[str, str] = {"Content-Encoding": "gzip"}
NO_CODING: Mapping[str, str] = {}
ANYBODY = "\x1aanybody\x1a"
"""Stands in a page that is kept for everybody where its forms say for whose answers they are; no text can hold it."""


class Packed(NamedTuple):
    """A page as it travels: plain and compressed."""

    plain: bytes
    compressed: bytes


class Screen(NamedTuple):
    """What a page shows: its template, the language, the round it belongs to (None before a code is known)."""

    template: str
    language: str
    asked: AskedRound | None
    sample: bool
    values: Mapping[str, Any]
    status: int = 200


class Screens:
    """The members' pages with their one style and one script."""

    def __init__(self) -> None:
        self.door = Door(HERE / "templates", _static("members.css"), _static("members.js"))
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def show(self, request: Request, screen: Screen) -> Response:
        """Answer with a page made for this request."""
        plain = self._render(screen)
        level = LEVEL_ONCE if screen.status == 200 else LEVEL_KEPT  # what went wrong is rare, and longer
        return self._answer(request, Packed(plain, gzip.compress(plain, level, mtime=0)), screen.status)

    def show_kept(self, request: Request, key: Hashable, make: Callable[[], Screen]) -> Response:
        """Answer with a page that is the same for everybody who meets `key`, made once."""
        kept = self._keep(key, lambda: _for_good(self._render(make())))
        return self._answer(request, kept, 200)

    def show_blank(self, request: Request, key: Hashable, make: Callable[[], Screen], whose: str) -> Response:
        """Answer with a page that is the same for everybody who meets `key`, but for ANYBODY once in it."""
        blank = self._keep(key, lambda: Spliced(self._render(make()), ANYBODY.encode(), len(whose)))
        filling = whose.encode()
        if _takes_gzip(request):
            return self._send(blank.compressed(filling), 200, GZIP)
        return self._send(blank.plain(filling), 200)

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        kept: Kept | None = self._kept.get(key)
        if kept is None:
            kept = make()
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > PAGES_IN_MEMORY:
                    self._kept.popitem(last=False)
        return kept

    def _render(self, screen: Screen) -> bytes:
        return self.door.render(screen.template, **_common(screen), **screen.values).encode("utf-8")

    def _answer(self, request: Request, packed: Packed, status: int) -> Response:
        if _takes_gzip(request):
            return self._send(packed.compressed, status, GZIP)
        return self._send(packed.plain, status)

    def _send(self, body: bytes, status: int, coding: Mapping[str, str] = NO_CODING) -> Response:
        headers = {**self.door.headers, "Vary": "Accept-Encoding", **coding}
        if status == 503:
            headers["Retry-After"] = str(COME_BACK_AFTER)
        return Response(body, status, headers, "text/html; charset=utf-8")


def go(request: Request, address: str, revision: int | None = None) -> Response:
    """Send a browser on; our script is told where to, and the revision it has now."""
    if header(request.scope, SCRIPTED) is None:
        return RedirectResponse(address, 303, COMMON)
    told = Response(status_code=204)
    told.raw_headers = [*RAW_COMMON, (b"tend-next", address.encode("latin-1"))]
    if revision is not None:
        told.raw_headers.append((b"tend-revision", b"%d" % revision))
    return told


def _takes_gzip(request: Request) -> bool:
    return takes(header(request.scope, b"accept-encoding") or "", "gzip")


def _for_good(plain: bytes) -> Packed:
    return Packed(plain, gzip.compress(plain, LEVEL_KEPT, mtime=0))


def _common(screen: Screen) -> dict[str, Any]:
    asked = screen.asked
    texts = asked.texts(screen.language) if asked else None
    offered = asked.languages if asked and len(asked.languages) > 1 else ()
    return {
        "_": speaker(screen.language),
        "language": screen.language,
        "direction": texts.direction if texts else "ltr",
        "asked": asked,
        "texts": texts,
        "sample": screen.sample,
        "languages": [(tag, language_name(tag)) for tag in offered],
        "language_name": language_name(screen.language),
    }


def _static(name: str) -> str:
    lines = (HERE / "static" / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.strip().startswith(("//", "/*")))
