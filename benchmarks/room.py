"""The room: phones that come in, follow it live and vote, all served by one process, and a screen that keeps up.

Two thousand phones come in and vote within a minute; meanwhile a leader moves the room every second, and we measure
how long the screen takes to show it. Then all of them vote at the same moment, as fast as the server can.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from assessment import clock
from assessment.alliance import sign_in
from assessment.alliance.values import Role
from assessment.retreat import plans
from assessment.settings import ROOT
from assessment.slides.steps import Kind, Step
from assessment.storage import alliance as alliances
from assessment.storage import people
from assessment.storage import retreats as rows
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.tables import Account, Alliance, Membership, Round, State
from benchmarks.frame import Limit, Row, Scale, at_most
from benchmarks.room_phones import Phone, Told, hello_rate, many_files, together

USUAL, LARGE = (200, 2_000), (5_000,)
COMING, VOTING = 25.0, 25.0
"""Seconds in which the phones come in, and in which they vote: a minute with what lies between."""
HELLO = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("hello"))])
"""
PLAN = (Step("fist", Kind.POLL_FIST, "Shall we meet every month?"), Step("talk", Kind.TALK, "And now?"))


def measure(scale: Scale) -> Iterator[Row]:
    """Yield how the room bears each number of phones."""
    with tempfile.TemporaryDirectory() as folder:
        hello = Limit("a plain Starlette hello, requests/s", _hello(Path(folder)))
        for phones in scale.sizes(USUAL, LARGE):
            yield from _held(Path(folder) / str(phones), phones, hello)


def _held(folder: Path, phones: int, hello: Limit) -> Iterator[Row]:
    folder.mkdir()
    room = _Room(f"sqlite:///{folder / 'tend.db'}")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.address", "127.0.0.1"]
    with _serving(command, "/_stcore/health", {"DATABASE_URL": room.store.url}) as (port, process):
        told, delays = _run(room, port, phones)
        memory = _peak(process.pid)
        size = f"{phones:,} phones"
        errors = [error for phase in told.values() for error in phase.errors]
        yield Row("requests that failed, phones that lost the room", size, [float(len(errors))], "", aim=at_most(0))
        yield Row("coming in: code, page, following; 95th percentile", size, [_p95(told["in"].taken)], "ms")
        yield Row("a vote, all within half a minute; 95th percentile", size, [_p95(told["vote"].taken)], "ms")
        yield Row("the screen shows an act, meanwhile; worst", size, [max(delays)], "ms", aim=at_most(1_000))
        rate = phones / told["rush"].seconds
        yield Row("votes when all press at the same moment", size, [rate], "votes/s", limit=hello)
        yield Row("such a vote; 95th percentile", size, [_p95(told["rush"].taken)], "ms")
        yield Row("memory of the server at its peak", size, [memory], "MB")
        for error in sorted(set(errors))[:5]:
            print(f"  {errors.count(error)} × {error}", file=sys.stderr)


class _Room:
    """A running retreat in a database of its own, and the cookie of who leads it."""

    def __init__(self, url: str) -> None:
        migrate(url)
        self.store: Store = open_store(url)
        account = Account(email="ana@example.org", name="Ana", password_hash="-", created_at=clock.now())
        with self.store.write() as session:
            alliance_id = alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))
            people.add_account(session, account, Membership(alliance_id=alliance_id, role=Role.OWNER))
            about = Round(id="spring", alliance_id=alliance_id, name="Spring", created_at=clock.now())
            about.state, about.languages = State.SEALED, ["en"]
            about.questionnaire, about.questionnaire_hash = "{}", ""
            session.add(about)
        self.cookie = sign_in.start_without_password(self.store, account.id)
        leader = sign_in.find(self.store, self.cookie)
        if leader is None:
            raise RuntimeError("nobody leads")
        self.id = plans.make(self.store, leader, "spring", "Assembly", PLAN)
        self.view = plans.start(self.store, self.id, leader)

    @property
    def version(self) -> str:
        """The version of the room as it is stored."""
        with self.store.read() as session:
            return str(rows.version(session, self.id))


def _run(room: _Room, port: int, phones: int) -> tuple[dict[str, Told], list[float]]:
    """Let the phones do their phases in a process of their own, and move the room meanwhile."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    hall = multiprocessing.get_context("spawn").Process(
        target=_hall, args=(theirs, port, phones, room.view.code), daemon=True
    )
    hall.start()
    told: dict[str, Told] = {"in": _received(ours)}
    leader = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _act(leader, room, jump="1")
    ours.send("vote")
    delays = _moved_meanwhile(leader, room, ours)
    told["vote"] = _received(ours)
    ours.send("rush")
    told["rush"] = _received(ours)
    leader.close()
    hall.join(30)
    return told, delays


def _moved_meanwhile(leader: http.client.HTTPConnection, room: _Room, busy: Connection) -> list[float]:
    """Move the room every second while phones vote; return after how many milliseconds its screen showed it."""
    delays = []
    screen = http.client.HTTPConnection("127.0.0.1", leader.port, timeout=60)
    screen.request("GET", f"/screen/live?room={room.view.screen}&have=")
    events = screen.getresponse()
    turn = 0
    while not busy.poll():
        turn, size = turn + 1, "big" if turn % 2 else "small"
        start = time.perf_counter()
        _act(leader, room, act=size)
        while f'data-size="{size}"'.encode() not in events.readline():
            pass
        delays.append((time.perf_counter() - start) * 1000)
        time.sleep(max(0.0, 1 - (time.perf_counter() - start)))
    screen.close()
    return delays


def _act(leader: http.client.HTTPConnection, room: _Room, **act: str) -> None:
    own = {"Origin": f"http://127.0.0.1:{leader.port}", "Cookie": f"tend_sign_in={room.cookie}", "Tend-Script": "1"}
    own["Content-Type"] = "application/x-www-form-urlencoded"
    leader.request("POST", f"/room/{room.id}", urlencode({**act, "seen": room.version}), own)
    answer = leader.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the leader was answered with {answer.status}")


def _received(ours: Connection) -> Told:
    told = ours.recv()
    if not isinstance(told, Told):
        raise RuntimeError(f"the hall said {told!r}")
    return told


def _hall(orders: Connection, port: int, number: int, code: str) -> None:
    many_files()
    asyncio.run(_phones(orders, port, number, code))


async def _phones(orders: Connection, port: int, number: int, code: str) -> None:
    phones = [Phone(port) for _ in range(number)]

    async def wait() -> None:
        await asyncio.to_thread(orders.recv)

    orders.send(await together(phones, lambda phone: phone.come_in(code), COMING))
    await wait()
    orders.send(await together(phones, lambda phone: phone.vote("fist", id(phone) % 6), VOTING))
    await wait()
    told = await together(phones, lambda phone: phone.vote("fist", id(phone) // 7 % 6), 0)
    lost = [fault for phone in phones for fault in phone.faults]
    for phone in phones:
        await phone.leave()
    orders.send(told._replace(errors=[*told.errors, *lost]))


@contextlib.contextmanager
def _serving(command: list[str], health: str, more: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[Any]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    option = "--server.port" if "streamlit" in command else "--port"
    process = subprocess.Popen(
        [*command, option, str(port)], cwd=ROOT, env={**os.environ, **more}, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(400):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{health}"):
                break
            time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _hello(folder: Path) -> float:
    (folder / "hello.py").write_text(HELLO)
    command = [sys.executable, "-m", "uvicorn", "hello:app", "--app-dir", str(folder), "--log-level", "error"]
    with _serving(command, "/", {}) as (port, _):
        return asyncio.run(hello_rate(port))


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)] if values else float("nan")
