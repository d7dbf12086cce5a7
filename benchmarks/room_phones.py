"""The hall of the room's benchmark, in a process of its own: phones that come in, follow the room and vote.

Each phone is two connections, as a browser keeps them: one that follows the room's events, one for what it sends.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 60.0


class Told(NamedTuple):
    """What a phase came to: milliseconds of each request, what went wrong, and how many seconds all of it took."""

    taken: list[float]
    errors: list[str]
    seconds: float


@dataclass
class Phone:
    """A browser on a phone: its cookie, its connection for requests, the task that follows the room."""

    port: int
    cookie: str = ""
    pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    follows: asyncio.Task[None] | None = None
    events: int = 0
    faults: list[str] = field(default_factory=list)

    async def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request and return status and head; on a kept connection that the server closed, once more."""
        if self.pipe is not None and not self.pipe[0].at_eof():
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                return await self._asked(*self.pipe, self._request(method, path, fields))
        self.pipe = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._asked(*self.pipe, self._request(method, path, fields))

    async def _asked(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, str]:
        writer.write(request)
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode("latin-1")
        lines = {name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n"))}
        if "chunked" in lines.get("transfer-encoding", ""):
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            await reader.readexactly(int(lines.get("content-length", "0")))
        return int(head.split(" ", 2)[1]), head

    async def come_in(self, code: str) -> None:
        """Join by the code, open the page, follow the room."""
        status, head = await self.ask("POST", "/r", {"code": code})
        if status != 303:
            raise RuntimeError(f"joining was answered with {status}")
        self.cookie = head.split("set-cookie: ", 1)[1].split(";", 1)[0]
        status, _ = await self.ask("GET", "/r")
        if status != 200:
            raise RuntimeError(f"the page was answered with {status}")
        self.follows = asyncio.create_task(self._follow())

    async def vote(self, step: str, choice: int) -> None:
        """Vote, and be sent back to the page."""
        status, _ = await self.ask("POST", "/r/vote", {"step": step, "choice": str(choice)})
        if status != 303:
            raise RuntimeError(f"a vote was answered with {status}")

    async def leave(self) -> None:
        """Close both connections."""
        if self.follows:
            self.follows.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.follows
        if self.pipe:
            self.pipe[1].close()

    async def _follow(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        try:
            writer.write(self._request("GET", "/r/live?have=", None))
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            if b" 200 " not in head:
                self.faults.append(f"following was answered with {head[:12]!r}")
            while line := await reader.readline():
                self.events += line.startswith(b"event: show")
            self.faults.append("the room hung up")
        finally:
            writer.close()

    def _request(self, method: str, path: str, fields: dict[str, str] | None) -> bytes:
        body = urlencode(fields or {}).encode()
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept-Encoding: gzip",
            "Sec-Fetch-Site: same-origin",
        ]
        if fields is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            head += [f"Origin: http://127.0.0.1:{self.port}"]
        if self.cookie:
            head.append(f"Cookie: {self.cookie}")
        return "\r\n".join([*head, "", ""]).encode() + body


Work = Callable[[Phone], Awaitable[None]]


async def together(phones: Sequence[Phone], work: Work, within: float) -> Told:
    """Let every phone do its work at a moment of its own within so many seconds."""
    taken: list[float] = []
    errors: list[str] = []
    chance = random.Random(len(phones))
    begun = time.perf_counter()

    async def one(phone: Phone, wait: float) -> None:
        await asyncio.sleep(wait)
        start = time.perf_counter()
        try:
            await work(phone)
            taken.append((time.perf_counter() - start) * 1000)
        except (OSError, RuntimeError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            errors.append(f"{type(error).__name__}: {error}")

    await asyncio.gather(*(one(phone, chance.uniform(0, within)) for phone in phones))
    return Told(taken, errors, time.perf_counter() - begun)


async def hello_rate(port: int, requests: int = 4_000, connections: int = 32) -> float:
    """Return how many plain requests a second a server answers on kept connections."""
    phones = [Phone(port) for _ in range(connections)]

    async def ask(phone: Phone) -> None:
        for _ in range(requests // connections):
            await phone.ask("GET", "/")

    told = await together(phones, ask, 0)
    for phone in phones:
        await phone.leave()
    return requests / told.seconds


def many_files() -> None:
    """Let this process open as many connections as the system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
