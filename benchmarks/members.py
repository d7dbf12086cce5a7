"""The members' door: a first page on a phone's network, a hall that opens it, a hall that presses Send, saves a second.

The hall is a process of its own on the same machine, so that it takes a part of the cores that it measures.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from assessment.storage.tables import Ballot
from benchmarks.first_page import FAST_3G, SLOW_3G, Load, Network, browser_path, visits
from benchmarks.frame import Limit, Row, Scale, at_least, at_most, raw_commits
from benchmarks.hall import Seen
from benchmarks.members_ground import Ground, get, lay, post, saving
from benchmarks.servers import Server, hello, slow_disk, tend

HALL = 2_000
SLOW_DISK = 5.0
"""Milliseconds of an fsync on an ordinary disk; virtual ones answer in 0.03 and flatter."""
LINES = 256
"""Connections over which sustained saves come."""
SECTIONS = 3
"""Sections that everybody saves in the measurement of sustained saves."""
SAME_SECOND = 1.0


class Hello(NamedTuple):
    """What a plain Starlette does: answers a second over kept connections, processor time of one in µs, and the 95th
    percentile of a hall that opens its page and that posts to it, in ms.
    """

    rate: float
    worked: float | None
    opened: float
    pressed: float


def measure(scale: Scale) -> Iterator[Row]:
    """Measure each part on an instance of its own; `--people` is the size of the hall."""
    for people in scale.sizes((HALL,), (5 * HALL,)):
        best = _hello(people)
        with _instance(people, scale.runs) as (url, ground), tend(url) as server:
            yield from _first_page(server, ground, scale.runs)
            yield from _opened(server, people, scale.runs, best)
            yield from _sent(server, ground, people, scale.runs, best)
            yield from _saved(server, ground, people, scale.runs, best)
        with slow_disk(SLOW_DISK) as disk, _instance(people, scale.runs) as (url, ground):
            if disk is not None:
                with tend(url, disk) as server:
                    yield from _sent(server, ground, people, scale.runs, best, f", a disk of {SLOW_DISK:.0f} ms")


@contextmanager
def _instance(people: int, runs: int) -> Iterator[tuple[str, Ground]]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'tend.db'}"
        ground = lay(url, people * runs, answered=True)
        yield url, ground
        ground.store.close()


def _hello(people: int) -> Hello:
    with hello() as server:
        page = get("/hello")
        form = post("/hello", {"a": "b" * 200})
        server.hall([[page]] * 20)
        opened = server.hall([[page]] * people, within=SAME_SECOND, fresh=True)
        pressed = server.hall([[form]] * people, within=SAME_SECOND)
        rate, worked = _watched(server, [[form] * math.ceil(people / LINES * SECTIONS)] * LINES)
        return Hello(len(rate.seconds) / rate.took, worked, 1000 * opened.share(0.95), 1000 * pressed.share(0.95))


def _watched(server: Server, phones: Sequence[Sequence[str]]) -> tuple[Seen, float | None]:
    """Return what a hall saw, and the processor time that the server spent on each answer, in µs."""
    before = server.worked()
    seen = server.hall(phones)
    after = server.worked()
    if before is None or after is None:
        return seen, None
    return seen, 1e6 * (after - before) / len(seen.seconds)


def _first_page(server: Server, ground: Ground, runs: int) -> Iterator[Row]:
    if browser_path() is None:
        return
    pending = ("tend_code", f"{ground.code}.{ground.keys[0]}")
    for name, address, cookie in (("first page", "/join", None), ("page of promises", "/start", pending)):
        fast = list(visits(server.address + address, FAST_3G, runs, cookie))
        yield Row(f"{name}: requests", "one phone", [load.requests for load in fast], "", aim=at_most(2))
        yield Row(
            f"{name}: over the network", "one phone", [load.received for load in fast], "B", aim=at_most(8 * 1024)
        )
        yield _seconds(name, fast, FAST_3G, 1.0)
        yield _seconds(name, list(visits(server.address + address, SLOW_3G, runs, cookie)), SLOW_3G, None)


def _seconds(name: str, loads: Sequence[Load], network: Network, aim: float | None) -> Row:
    seconds = [load.seconds for load in loads]
    return Row(f"{name}: usable on {network.name}", "one phone", seconds, "s", aim=at_most(aim) if aim else None)


def _opened(server: Server, people: int, runs: int, best: Hello) -> Iterator[Row]:
    page = get("/join")
    server.hall([[page]] * 20)
    seen = [_all(server.hall([[page]] * people, within=SAME_SECOND, fresh=True), "200") for _ in range(runs)]
    yield Row(
        "opened in the same second, 95th percentile",
        f"{people:,} phones",
        [1000 * s.share(0.95) for s in seen],
        "ms",
        Limit("a plain Starlette", best.opened),
        at_most(300),
    )


def _sent(server: Server, ground: Ground, people: int, runs: int, best: Hello, where: str = "") -> Iterator[Row]:
    """Everybody of a fresh hall presses Send; who was answered is counted in the database afterwards."""
    seen, lost, counted = [], [], 0
    server.hall([[post("/send", {})]] * 20)
    for run in range(runs):
        keys = ground.keys[run * people : (run + 1) * people]
        sends = [[post("/send", {}, cookie=f"tend_ballot={key}")] for key in keys]
        seen.append(server.hall(sends, within=SAME_SECOND))
        before, counted = counted, _counted(ground)
        lost.append(seen[-1].statuses.get("204", 0) - (counted - before))
    size = f"{people:,} phones"
    values = [1000 * s.share(0.95) for s in seen]
    limit = Limit("a plain Starlette", best.pressed)
    yield Row(f"sent in the same second, 95th percentile{where}", size, values, "ms", limit, at_most(1_000))
    unanswered = [people - s.statuses.get("204", 0) for s in seen]
    yield Row(f"not answered with yes{where}", size, unanswered, "", aim=at_most(0))
    yield Row(f"answered and lost{where}", size, lost, "", aim=at_most(0))


def _saved(server: Server, ground: Ground, people: int, runs: int, best: Hello) -> Iterator[Row]:
    saves: list[float] = []
    worked: list[float] = []
    for run in range(runs):
        keys = ground.keys[run * people : (run + 1) * people]
        lines = [_line(ground, keys[place::LINES]) for place in range(min(LINES, len(keys)))]
        seen, spent = _watched(server, lines)
        saves.append(len(_all(seen, "204").seconds) / seen.took)
        worked += [] if spent is None else [spent]
    size = f"{people * SECTIONS:,} saves"
    yield Row("saves sustained", size, saves, "saves/s", Limit("a plain Starlette", best.rate), at_least(3_000))
    yield Row("the same beside a commit each", size, saves, "saves/s", raw_commits())
    if worked and best.worked is not None:
        plain = Limit("a plain Starlette", best.worked)
        yield Row("processor time of a save, in the server", size, worked, "µs", plain)


def _line(ground: Ground, keys: Sequence[str]) -> list[str]:
    sections = ground.questionnaire.sections[:SECTIONS]
    return [saving(ground, key, section, revision=1) for key in keys for section in sections]


def _counted(ground: Ground) -> int:
    with ground.store.read() as session:
        return session.scalar(select(func.count()).where(Ballot.sent)) or 0


def _all(seen: Seen, status: str) -> Seen:
    """Return what was seen; raise RuntimeError where anybody got another answer."""
    if set(seen.statuses) != {status}:
        raise RuntimeError(f"not all were answered with {status}: {seen.statuses}")
    return seen
