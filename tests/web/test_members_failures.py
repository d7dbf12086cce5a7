"""Closed rounds, a database that is gone, busy, full or read-only: plain words, and what was typed stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment.collect.web import routes
from assessment.storage.engine import Store
from assessment.storage.errors import BUSY, FULL, GONE, READ_ONLY, Busy, Full, ReadOnly, StorageError, Unreachable
from tests.collect.world import BASE, World

TYPED = {"round": "spring", "revision": "0", "trust.promises": "4", "trust.ties": "dk"}
WRITTEN = {"round": "spring", "revision": "0", "words.keep": "do not lose this"}


class FaultyStore(Store):
    """A store whose disk or server fails from some moment on."""

    fault: StorageError | None = None
    reads_too = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        if self.fault and self.reads_too:
            raise self.fault
        with super().read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.fault:
            raise self.fault
        with super().write() as session:
            yield session


@pytest.fixture
def faulty(small: World) -> tuple[FaultyStore, TestClient]:
    """A visitor who has begun, before a store that can be made to fail."""
    store = FaultyStore(small.settings.database_url)
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
    visitor = TestClient(Starlette(routes=routes(store, small.settings)), base_url=BASE, headers=headers)
    visitor.post("/join", data={"code": small.code()})
    visitor.post("/start")
    return store, visitor


def chosen(page: str) -> set[tuple[str, str]]:
    return set(re.findall(r'name="([^"]+)"(?: id="[^"]+")? value="([^"]+)" checked', page))


def test_a_closed_round_says_so_and_keeps_what_was_typed(world: World) -> None:
    visitor = world.joined()
    world.close()
    closed = visitor.post("/answer/trust", data=TYPED)
    assert closed.status_code == 410
    assert "This round is closed" in closed.text
    assert chosen(closed.text) == {("trust.promises", "4"), ("trust.ties", "dk")}
    assert 'value="next"' not in closed.text
    assert "do not lose this</textarea>" in visitor.post("/answer/words", data=WRITTEN).text


@pytest.mark.parametrize("address", ["/send", "/withdraw"])
def test_after_the_end_nothing_can_be_sent_or_withdrawn(small: World, address: str) -> None:
    visitor = small.joined()
    small.close()
    told = visitor.post(address)
    assert (told.status_code, "The round is closed" in told.text) == (410, True)


def test_a_device_that_lost_its_key_keeps_what_was_typed(small: World) -> None:
    visitor = small.joined()
    visitor.cookies.clear()
    lost = visitor.post("/answer/trust", data=TYPED)
    assert lost.status_code == 403
    assert "return code" in lost.text
    assert chosen(lost.text) == {("trust.promises", "4"), ("trust.ties", "dk")}


def test_a_save_after_withdrawing_elsewhere_keeps_what_was_typed(small: World) -> None:
    visitor = small.joined()
    key = visitor.cookies["tend_ballot"]
    visitor.post("/withdraw")
    visitor.cookies["tend_ballot"] = key
    assert "do not lose this</textarea>" in visitor.post("/answer/words", data=WRITTEN).text
    assert small.ballots() == []


@pytest.mark.parametrize("reads_too", [False, True])
@pytest.mark.parametrize(
    "fault", [Busy(BUSY), Full(FULL), ReadOnly(READ_ONLY), Unreachable(GONE)], ids=["busy", "full", "read-only", "gone"]
)
def test_a_save_that_the_database_refuses_stays_on_the_page(
    faulty: tuple[FaultyStore, TestClient], small: World, fault: StorageError, reads_too: bool
) -> None:
    store, visitor = faulty
    visitor.post("/answer/power", data={"revision": "0", "power.fair": "5"})
    acknowledged = small.ballots()[0].answers
    store.fault, store.reads_too = fault, reads_too
    failed = visitor.post("/answer/trust", data=TYPED)
    assert failed.status_code == 503
    assert "Not saved yet" in failed.text
    assert str(fault).split(".")[0] in failed.text
    assert chosen(failed.text) == {("trust.promises", "4"), ("trust.ties", "dk")}
    store.fault = None
    assert small.ballots()[0].answers == acknowledged
    assert visitor.post("/answer/trust", data=TYPED).url.path == "/answer/structure"


@pytest.mark.parametrize("address", ["/join", "/answer", "/answer/trust", "/review", "/mirror", "/return", "/forget"])
def test_pages_say_in_words_that_the_database_is_gone(faulty: tuple[FaultyStore, TestClient], address: str) -> None:
    store, visitor = faulty
    store.fault, store.reads_too = Unreachable(GONE), True
    told = visitor.get(address)
    assert (told.status_code, "cannot be reached" in told.text) == (503, True)


def test_a_restarted_server_without_its_database_still_hands_back_what_was_typed(small: World) -> None:
    visitor = small.joined()
    store = FaultyStore(small.settings.database_url)
    store.fault, store.reads_too = Unreachable(GONE), True
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
    restarted = TestClient(Starlette(routes=routes(store, small.settings)), base_url=BASE, headers=headers)
    restarted.cookies = visitor.cookies
    told = restarted.post("/answer/words", data=WRITTEN)
    assert told.status_code == 503
    assert "do not lose this" in told.text
    assert 'action="/answer/words"' in told.text


def test_a_database_file_that_vanishes_loses_nothing_acknowledged(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/power", data={"revision": "0", "power.fair": "5"})
    path, away = Path(str(small.store.path)), Path(str(small.store.path) + ".away")
    beside = [Path(f"{path}{tail}") for tail in ("-wal", "-shm", "-journal")]
    small.store.close()
    moved = [(p, Path(f"{p}.away")) for p in [path, *beside] if p.exists()]
    for here, there in moved:
        here.rename(there)
    told = visitor.post("/answer/trust", data=TYPED)
    assert (told.status_code, "Not saved yet" in told.text) == (503, True)
    assert away.exists()
    small.store.close()
    for here, there in moved:
        there.rename(here)
    assert visitor.post("/answer/trust", data=TYPED).status_code == 200
    assert 'value="5" checked' in visitor.get("/answer/power").text


@pytest.mark.parametrize("address", ["/start", "/send", "/withdraw", "/join", "/return"])
def test_the_other_forms_say_so_too_and_can_be_sent_again(
    faulty: tuple[FaultyStore, TestClient], small: World, address: str
) -> None:
    store, visitor = faulty
    visitor.post("/join", data={"code": small.code()})
    store.fault, store.reads_too = Full(FULL), True
    data = {"code": small.settings.database_url} if address in {"/join", "/return"} else {}
    told = visitor.post(address, data=data)
    assert (told.status_code, "disk that holds the database is full" in told.text) == (503, True)
