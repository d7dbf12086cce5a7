"""A hall of phones: `python -m benchmarks.hall PLAN.json` sends prepared requests and prints what became of them.

A process of its own, and lean: two cores serve the hall and the server alike, so that nothing is parsed but where an
answer ends. Every phone has one connection, opened before the clock starts unless it is to be part of the visit.
"""

from __future__ import annotations

import asyncio
import base64
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import uvloop

PATIENCE = 120.0
"""Seconds after which whoever is still waiting counts as not answered."""
HEAD_END, LENGTH = b"\r\n\r\n", b"content-length:"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a hall does. `phones`: what each phone sends, one request after the other, in base64.

    `within`: seconds over which the phones begin, evenly; 0 is all at the same moment. `fresh`: a connection is opened
    when a phone begins, as on a first visit.
    """

    port: int
    phones: Sequence[Sequence[str]]
    within: float = 0.0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of it: how many answers of each status, the seconds each took in order, all bytes, all seconds."""

    statuses: dict[str, int]
    seconds: list[float]
    received: int
    took: float

    def share(self, part: float) -> float:
        """Return the seconds in which a share of the answers had come."""
        return self.seconds[min(len(self.seconds) - 1, int(part * len(self.seconds)))]


class Phone(asyncio.Protocol):
    """One connection that sends its requests one after the other."""

    def __init__(self, requests: Sequence[bytes], statuses: Counter[str], seconds: list[float]) -> None:
        self.requests, self.statuses, self.seconds = requests, statuses, seconds
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.got, self.received, self.next = bytearray(), 0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def begin(self, since: float | None = None) -> None:
        self.since = since or time.perf_counter()
        self.transport.write(self.requests[self.next])

    def data_received(self, data: bytes) -> None:
        self.got += data
        self.received += len(data)
        head = self.got.find(HEAD_END)
        if head < 0 or len(self.got) < head + 4 + _length(bytes(self.got[:head])):
            return
        self.seconds.append(time.perf_counter() - self.since)
        self.statuses[self.got[9:12].decode()] += 1
        self.got.clear()
        self.next += 1
        if self.next < len(self.requests):
            self.begin()
        else:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.statuses["lost"] += 1
            self._end()

    def _end(self) -> None:
        self.done.set_result(None)
        self.transport.close()


def _length(head: bytes) -> int:
    place = head.lower().find(LENGTH)
    return int(head[place + len(LENGTH) :].split(b"\r\n", 1)[0]) if place >= 0 else 0


async def visit(plan: Plan) -> Seen:
    """Let a hall do what it plans and return what became of it."""
    statuses: Counter[str] = Counter()
    seconds: list[float] = []
    loop = asyncio.get_running_loop()
    phones = [Phone([base64.b64decode(r) for r in sent], statuses, seconds) for sent in plan.phones]

    async def connect(phone: Phone) -> None:
        try:
            await loop.create_connection(lambda: phone, "127.0.0.1", plan.port)
        except OSError:
            statuses["refused"] += 1
            phone.done.set_result(None)

    async def answer(number: int, phone: Phone) -> None:
        await asyncio.sleep(plan.within * number / len(phones))
        since = time.perf_counter()
        if plan.fresh:
            await connect(phone)
        if not phone.done.done():  # the server may have gone before this one's turn
            phone.begin(since)
        await phone.done

    for first in range(0, 0 if plan.fresh else len(phones), 200):
        await asyncio.gather(*map(connect, phones[first : first + 200]))
    begun = time.perf_counter()
    everybody = asyncio.gather(*(answer(number, phone) for number, phone in enumerate(phones)))
    with suppress(TimeoutError):
        await asyncio.wait_for(everybody, PATIENCE)
    took = time.perf_counter() - begun
    missing = sum(map(len, plan.phones)) - sum(statuses.values())
    if missing:
        statuses["unanswered"] += missing
    return Seen(dict(statuses), sorted(seconds), sum(phone.received for phone in phones), took)


def main(path: str) -> None:
    """Read a plan, carry it out, print what was seen as JSON."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    plan = Plan(**json.loads(Path(path).read_text(encoding="utf-8")))
    print(json.dumps(asdict(uvloop.run(visit(plan)))))


if __name__ == "__main__":
    main(sys.argv[1])
