"""The hall of phones counts every answer once, however it arrives, and says who got none."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable

import pytest

from benchmarks import hall
from benchmarks.hall import Plan, Seen, visit

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
Serve = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def sent(*requests: bytes) -> list[str]:
    return [base64.b64encode(request).decode() for request in requests]


def seen(phones: list[list[str]], serve: Serve, *, fresh: bool = False) -> Seen:
    """Let phones talk to a server that answers each request line with `serve`."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            await serve(line.strip(), writer)
        writer.close()

    async def run() -> Seen:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        async with server:
            return await visit(Plan(server.sockets[0].getsockname()[1], phones, fresh=fresh))

    return asyncio.run(run())


async def in_pieces(_: bytes, writer: asyncio.StreamWriter) -> None:
    for place in range(0, len(ANSWER), 7):
        writer.write(ANSWER[place : place + 7])
        await writer.drain()
        await asyncio.sleep(0)


@pytest.mark.parametrize("fresh", [False, True])
def test_every_answer_is_counted_once(fresh: bool) -> None:
    found = seen([sent(b"a\n", b"b\n", b"c\n")] * 20, in_pieces, fresh=fresh)
    assert found.statuses == {"200": 60}
    assert len(found.seconds) == 60
    assert found.seconds == sorted(found.seconds)
    assert found.received == 60 * len(ANSWER)


def test_answers_without_a_body_and_of_several_kinds() -> None:
    async def serve(line: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(EMPTY if line == b"save" else ANSWER)

    assert seen([sent(b"save\n", b"page\n", b"save\n")], serve).statuses == {"204": 2, "200": 1}


def test_who_is_cut_off_is_lost_and_the_rest_of_it_unanswered() -> None:
    async def serve(line: bytes, writer: asyncio.StreamWriter) -> None:
        if line == b"cut":
            writer.close()
        else:
            writer.write(ANSWER)

    assert seen([sent(b"a\n", b"cut\n", b"b\n")], serve).statuses == {"200": 1, "lost": 1, "unanswered": 1}


def test_who_was_hung_up_on_before_its_turn_is_lost() -> None:
    async def run() -> Seen:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        async with server:
            return await visit(Plan(server.sockets[0].getsockname()[1], [sent(b"a\n")] * 4, within=0.2))

    assert asyncio.run(run()).statuses == {"lost": 4}


def test_who_waits_for_ever_is_unanswered(monkeypatch: pytest.MonkeyPatch) -> None:
    async def serve(line: bytes, writer: asyncio.StreamWriter) -> None:
        if line != b"silent":
            writer.write(ANSWER)

    monkeypatch.setattr(hall, "PATIENCE", 0.2)
    assert seen([sent(b"a\n", b"silent\n")], serve).statuses == {"200": 1, "unanswered": 1}


@pytest.mark.parametrize(("part", "seconds"), [(0.0, 1.0), (0.5, 3.0), (0.95, 4.0), (1.0, 4.0)])
def test_a_share_is_the_time_by_which_so_many_were_answered(part: float, seconds: float) -> None:
    assert Seen({}, [1.0, 2.0, 3.0, 4.0], 0, 0.0).share(part) == seconds
