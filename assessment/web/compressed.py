"""Send the large static files compressed: once packed, they stay in memory (a first visit: 2.7 MB becomes 1.1 MB)."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.web.pages import in_thread

KINDS = (".js", ".css", ".svg", ".json", ".ttf", ".wasm")
SMALLEST = 1_000
LEVEL = 7
MOST_KEPT, LONGEST_PATH = 500, 200
_NAME = re.compile(r"(/(?!\.{1,2}(/|$))[^/]+)+")
"""A path in its one form: the same file under another name is not kept a second time."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it is sent: its headers with the coding named, its bytes packed."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Compressed:
    """Pure ASGI middleware: text files under `folder` go out packed to whoever takes gzip.

    Streamlit leaves its own files uncompressed and expects a proxy to do it; where there is none, this does. Only what
    was answered with 200, in full, without a coding and not with a page (as Streamlit does for names that it does not
    know) is kept, so memory holds each existing file once, and a bounded number of them.
    """

    def __init__(self, app: ASGIApp, folder: str = "/static/") -> None:
        self.app = app
        self.folder = folder
        self._kept: dict[str, Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._wanted(scope):
            await self.app(scope, receive, send)
            return
        found = self._kept.get(scope["path"])
        if found is None:
            answer = _Answer(send)
            await self.app(_without(scope, b"range", b"accept-encoding"), receive, answer)
            found = await answer.packed()
            if found is None:
                return
            if len(self._kept) < MOST_KEPT:
                self._kept[scope["path"]] = found
        await _give(found, scope, send)

    def _wanted(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["query_string"]:
            return False
        path: str = scope["path"]
        if len(path) > LONGEST_PATH or not _NAME.fullmatch(path):
            return False
        takes = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        return takes and path.startswith(self.folder) and path.endswith(KINDS)


class _Answer:
    """Hold back an answer that can be packed; pass every other one on as it comes."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _fits(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
        else:
            await self.send(message)

    async def packed(self) -> Packed | None:
        """Return the packed answer, None where it was passed on."""
        if self.start is None:
            return None
        body = await in_thread(gzip.compress, bytes(self.body), LEVEL, mtime=0)
        headers = MutableHeaders(raw=list(self.start["headers"]))
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        del headers["accept-ranges"]
        return Packed(tuple(headers.raw), body)


def _fits(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    size = int(headers.get("content-length", "0"))
    page = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and not page and "content-encoding" not in headers and size >= SMALLEST


def _without(scope: Scope, *names: bytes) -> Scope:
    """Return a request for the whole file, so that what is kept is the whole file."""
    ours = {*names, b"if-none-match", b"if-modified-since"}
    return {**scope, "method": "GET", "headers": [(k, v) for k, v in scope["headers"] if k.lower() not in ours]}


async def _give(found: Packed, scope: Scope, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": list(found.headers)})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else found.body})
