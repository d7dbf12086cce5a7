"""Send the large static files compressed: once packed, they stay in memory (a first visit: 7.9 MB become 2.7 MB)."""

from __future__ import annotations

import gzip
import os
import re
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import anyio
import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.web.codings import takes
from assessment.web.pages import in_thread

KINDS = (".js", ".css", ".svg", ".json", ".ttf", ".wasm")
SMALLEST = 1_000
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    "gzip": partial(gzip.compress, compresslevel=7, mtime=0),
}
"""How a file is packed while somebody waits for it: the first coding that they take. Browsers take "br" over TLS."""
BEST: dict[str, Callable[[bytes], bytes]] = {"br": partial(brotli.compress, quality=11)}
"""How it is packed again when nobody waits: an eighth smaller, and ten seconds of one core for all files once."""
MOST_KEPT, LONGEST_PATH = 500, 200
_NAME = re.compile(r"(/(?!\.{1,2}(/|$))[^/]+)+")
"""A path in its one form: the same file under another name is not kept a second time."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it is sent: its headers with the coding named, its bytes packed."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Compressed:
    """Pure ASGI middleware: text files under `folder` go out packed to whoever takes brotli or gzip.

    Streamlit leaves its own files uncompressed and expects a proxy to do it; where there is none, this does. Only what
    was answered with 200, in full, without a coding and not with a page (as Streamlit does for names that it does not
    know) is kept, so memory holds each existing file once a coding, and a bounded number of them.
    """

    def __init__(self, app: ASGIApp, folder: str = "/static/") -> None:
        self.app = app
        self.folder = folder
        self._kept: dict[tuple[str, str], Packed] = {}
        self._packing: dict[tuple[str, str], anyio.Event] = {}
        self._later = ThreadPoolExecutor(1, thread_name_prefix="packing", initializer=_calmly)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        coding = self._coding(scope)
        if coding is None:
            await self.app(scope, receive, send)
            return
        key, found = (scope["path"], coding), None
        while key not in self._kept:
            before = self._packing.get(key)
            if before is not None:
                await before.wait()
                continue
            found = await self._packed(key, scope, receive, send)
            if found is None:
                return
            break
        await _give(found or self._kept[key], scope, send)

    async def _packed(self, key: tuple[str, str], scope: Scope, receive: Receive, send: Send) -> Packed | None:
        """Return a file packed, and keep it; None where it was answered as it is, or its visitor left.

        Whoever asks for it meanwhile waits: a hall that opens a screen at once would have it packed for each of them.
        What is passed on keeps nobody waiting, however slowly its visitor takes it.
        """
        turn = self._packing[key] = anyio.Event()

        def over() -> None:
            if self._packing.get(key) is turn:
                del self._packing[key]
            turn.set()

        try:
            answer = _Answer(send, over)
            await self.app(_without(scope, b"range", b"accept-encoding"), receive, answer)
            if not answer.whole:
                return None
            found = await in_thread(answer.packed, key[1], CODINGS[key[1]])
            self._keep(key, found, answer)
            return found
        finally:
            over()

    def _keep(self, key: tuple[str, str], found: Packed, answer: _Answer) -> None:
        if len(self._kept) >= MOST_KEPT:
            return
        self._kept[key] = found
        if key[1] in BEST:
            self._later.submit(self._pack_again, key, answer)

    def _pack_again(self, key: tuple[str, str], answer: _Answer) -> None:
        self._kept[key] = answer.packed(key[1], BEST[key[1]])

    def _coding(self, scope: Scope) -> str | None:
        """Return how to pack what is asked for; None where it is not to be packed."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["query_string"]:
            return None
        path: str = scope["path"]
        if len(path) > LONGEST_PATH or not _NAME.fullmatch(path):
            return None
        if not path.startswith(self.folder) or not path.endswith(KINDS):
            return None
        accepted = Headers(scope=scope).get("accept-encoding", "")
        return next((coding for coding in CODINGS if takes(accepted, coding)), None)


def _calmly() -> None:
    """Let this thread wait for everybody else's work, where the system has priorities for single threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


class _Answer:
    """Hold back an answer that can be packed; pass every other one on as it comes.

    `whole` once its last part was held back: a visitor who leaves while a file is read leaves a part of it only, which
    nobody may be sent. `passed` is called where one is passed on.
    """

    def __init__(self, send: Send, passed: Callable[[], None]) -> None:
        self.send = send
        self.passed = passed
        self.start: Message | None = None
        self.body = bytearray()
        self.whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _fits(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            self.whole = not message.get("more_body", False)
        else:
            self.passed()
            await self.send(message)

    def packed(self, coding: str, pack: Callable[[bytes], bytes]) -> Packed:
        """Return the packed answer; only for one that was held back."""
        if self.start is None:
            raise ValueError("this answer was passed on")
        body = pack(bytes(self.body))
        headers = MutableHeaders(raw=list(self.start["headers"]))
        headers["Content-Encoding"] = coding
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
