"""Several processes serve one alliance: whichever a phone meets, it goes on where the others left off.

Two apps with a store, caches and lines of their own stand for two processes. On SQLite they are two programs on one
file, which `doctor` advises against and which loses nothing either.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assessment import rounds
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.ballot import Joining
from assessment.collect.web import routes
from assessment.storage.engine import Store
from assessment.tokens import new_token, short_digest
from tests.collect.world import BASE, World

PEOPLE = 16
HEADERS = {"origin": BASE, "sec-fetch-site": "same-origin"}
TRUST = {"round": "spring", "revision": "0", "trust.promises": "4"}
Process = tuple[Store, Starlette]


@pytest.fixture
def processes(world: World) -> Iterator[tuple[Process, Process]]:
    one, other = Store(world.settings.database_url), Store(world.settings.database_url)
    yield (
        (one, Starlette(routes=routes(one, world.settings))),
        (other, Starlette(routes=routes(other, world.settings))),
    )
    one.close()
    other.close()


def alternating(processes: tuple[Process, Process]) -> TestClient:
    """Return a phone's browser before a proxy that hands each request to the next process."""
    turns = itertools.cycle(app for _, app in processes)

    async def proxy(scope: Scope, receive: Receive, send: Send) -> None:
        await next(turns)(scope, receive, send)

    return TestClient(proxy, base_url=BASE, headers=HEADERS, follow_redirects=False)


def test_a_phone_may_meet_another_process_each_time(processes: tuple[Process, Process], world: World) -> None:
    phone = alternating(processes)
    assert phone.post("/join", data={"code": world.code()}).headers["location"] == "/start"
    assert phone.get("/start").status_code == 200
    assert phone.post("/start").headers["location"] == "/answer"
    assert phone.post("/answer/trust", data=TRUST).status_code == 303
    assert 'value="4" checked' in phone.get("/answer/trust").text
    assert phone.post("/send").headers["location"] == "/mirror"
    assert "Your answers are in" in phone.get("/mirror").text
    assert [ballot.sent for ballot in world.ballots()] == [True]


def test_a_round_sealed_by_one_process_is_closed_in_all(processes: tuple[Process, Process], world: World) -> None:
    (one, _), (_, other) = processes
    phone = TestClient(other, base_url=BASE, headers=HEADERS)
    phone.post("/join", data={"code": world.code()})
    assert phone.post("/start").url.path.startswith("/answer/")
    code = world.code()
    rounds.seal(one, world.round_id)
    closed = phone.post("/answer/trust", data=TRUST)
    assert (closed.status_code, "This round is closed" in closed.text) == (410, True)
    assert phone.post("/join", data={"code": code}).status_code == 422


def test_two_processes_at_once_wait_for_nobody_and_keep_what_they_answered(
    processes: tuple[Process, Process], world: World
) -> None:
    """Everybody saves through both at the same moment, the one from the first to the last, the other backwards."""
    asked, code = AskedRounds(world.store).get(world.round_id), world.code(seats=PEOPLE)
    keys = [new_token() for _ in range(PEOPLE)]
    for key in keys:
        ballots.start(world.store, asked, code, key, Joining())
    together = Barrier(2)

    def hall(app: Starlette, value: int, order: list[str]) -> dict[str, int]:
        async def run() -> dict[str, int]:
            form = TRUST | {"trust.promises": str(value)}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE, headers=HEADERS) as client:
                cookies = [{"cookie": f"tend_ballot={key}"} for key in order]
                answers = await asyncio.gather(*(client.post("/answer/trust", data=form, headers=c) for c in cookies))
            return dict(zip(order, (answer.status_code for answer in answers), strict=True))

        together.wait()
        return asyncio.run(run())

    with ThreadPoolExecutor(2) as pool:
        halls = [pool.submit(hall, processes[0][1], 2, keys), pool.submit(hall, processes[1][1], 5, keys[::-1])]
        first, second = (done.result() for done in halls)
    assert Counter([*first.values(), *second.values()]) == {303: PEOPLE, 409: PEOPLE}
    stored = {ballot.key_hash: ballot.answers[0] for ballot in world.ballots()}
    for key in keys:
        assert {first[key], second[key]} == {303, 409}
        assert stored[short_digest(key)] == (2 if first[key] == 303 else 5)
