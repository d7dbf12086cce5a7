"""A hall that presses at once: committed together, each answered for itself, and asked to wait in words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.ballot import Joining
from assessment.collect.web import routes
from assessment.storage import grouped
from assessment.storage.engine import Store
from assessment.tokens import new_token, short_digest
from tests.collect.world import BASE, World

PEOPLE = 24
TYPED = {"round": "spring", "revision": "0", "trust.promises": "4", "words.keep": "do not lose this"}


class Counting(Store):
    """A store that counts what is committed."""

    committed = 0

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as session:
            yield session
        self.committed += 1


def begun(world: World) -> list[str]:
    """Return the keys of people who have begun."""
    asked, code = AskedRounds(world.store).get(world.round_id), world.code(seats=PEOPLE)
    keys = [new_token() for _ in range(PEOPLE)]
    for key in keys:
        ballots.start(world.store, asked, code, key, Joining())
    return keys


def hall(world: World, store: Store, *requests: tuple[str, str, dict[str, str] | None]) -> list[httpx.Response]:
    """Send requests, as (key, address, form or None), at the same moment to one process; return the answers."""
    app = Starlette(routes=routes(store, world.settings))
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
            return await asyncio.gather(*(one(client, *request) for request in requests))

    async def one(client: httpx.AsyncClient, key: str, address: str, form: dict[str, str] | None) -> httpx.Response:
        cookie = {"cookie": f"tend_ballot={key}"}
        if form is None:
            return await client.get(address, headers=cookie)
        return await client.post(address, data=form, headers=cookie)

    return asyncio.run(run())


def save(key: str, value: int, revision: int = 0) -> tuple[str, str, dict[str, str]]:
    return key, "/answer/trust", {"round": "spring", "revision": str(revision), "trust.promises": str(value)}


def test_everybody_gets_their_own_answer_and_few_commits_do(world: World) -> None:
    store, keys = Counting(world.settings.database_url), begun(world)
    wishes = [save(key, 1 + number % 5) for number, key in enumerate(keys)]
    wishes += [save(new_token(), 3), save(keys[0], 2, revision=7)]
    answers = hall(world, store, *wishes)
    assert [answer.status_code for answer in answers] == [303] * PEOPLE + [403, 409]
    stored = {ballot.key_hash: ballot.answers[0] for ballot in world.ballots()}
    assert [stored[short_digest(key)] for key in keys] == [1 + number % 5 for number in range(PEOPLE)]
    assert store.committed < PEOPLE / 2
    store.close()


def test_one_code_seats_a_hall_once(world: World) -> None:
    code, keys = world.code(seats=PEOPLE - 4), [new_token() for _ in range(PEOPLE)]
    app = Starlette(routes=routes(world.store, world.settings))
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}

    async def run() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE, headers=headers) as client:
            begin = [client.post("/start", headers={"cookie": f"tend_code={code}.{key}"}) for key in (*keys, *keys)]
            return await asyncio.gather(*begin)

    answers = asyncio.run(run())
    seated = {key for key, answer in zip((*keys, *keys), answers, strict=True) if answer.is_redirect}
    assert {ballot.key_hash for ballot in world.ballots()} == {short_digest(key) for key in seated}
    assert len(seated) == PEOPLE - 4
    assert {answer.status_code for answer in answers} == {303, 422}


def test_who_cannot_be_served_at_once_is_asked_to_wait_and_loses_nothing(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key, *_) = begun(small)
    calm = hall(small, small.store, (key, "/answer/trust", None))
    monkeypatch.setattr(grouped, "WAITING_MOST", 0)
    (waits,) = hall(small, small.store, (key, "/answer/trust", TYPED))
    assert calm[0].status_code == 200
    assert (waits.status_code, waits.headers["retry-after"]) == (503, "2")
    assert "Not saved yet" in waits.text
    assert "Very many people answer at this moment" in waits.text
    assert "refresh" not in waits.headers
    assert 'name="trust.promises" value="4"' in waits.text or 'value="4" checked' in waits.text
    assert "do not lose this" in waits.text


def test_a_page_that_cannot_be_shown_at_once_comes_by_itself(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (key, *_) = begun(small)
    monkeypatch.setattr(grouped, "WAITING_MOST", 0)
    (waits,) = hall(small, small.store, (key, "/review", None))
    assert (waits.status_code, waits.headers["retry-after"], waits.headers["refresh"]) == (503, "2", "2")
    assert "One moment, please" in waits.text
    assert "Very many people answer at this moment" in waits.text
    assert "This page tries again by itself" in waits.text


def test_a_blank_page_is_shared_and_carries_nobody(small: World) -> None:
    one, two, *_ = begun(small)
    blank = hall(small, small.store, (one, "/answer/trust", None), (two, "/answer/trust", None))
    hall(small, small.store, save(one, 4))
    filled, other = hall(small, small.store, (one, "/answer/trust", None), (two, "/answer/trust", None))
    assert other.text == blank[1].text
    assert '" checked' in filled.text
    assert '" checked' not in other.text
    marks = [whose(page) for page in (*blank, filled, other)]
    assert marks == [marks[0], marks[1], marks[0], marks[1]]
    assert marks[0] != marks[1]
    assert blank[0].text.replace(marks[0], marks[1]) == blank[1].text


def whose(page: httpx.Response) -> str:
    found: Any = re.search(r'name="whose" value="([0-9a-f]{8})"', page.text)
    return str(found[1])
