"""Hours of use in one run: members save, dashboards are looked at, a screen is projected; nothing may pile up.

`python -m tests.survival.soak [MINUTES] [URL]` prints what it took; without an address on a SQLite file of its own.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path

from assessment.disclosure.rules import Rules
from assessment.retreat import plans
from assessment.retreat.steering import Steering
from assessment.settings import Settings
from assessment.storage import retreats
from assessment.storage.engine import POOL_SIZE, migrate, open_store
from tests.collect.world import World
from tests.retreat.world import Room, make_room
from tests.survival.dashboard import Dashboard
from tests.survival.hall import Faults, Hall, compare
from tests.survival.processes import HOST, Nursery
from tests.survival.watch import Taken, longest, taken

SAVES_A_SECOND = 5
DASHBOARDS = 10
BETWEEN_CLICKS = 10.0
"""Seconds that a coordinator looks at a screen."""
WARMING = 0.4
"""Share of the run after which everything was seen once and memory is compared from."""
MOST_GROWTH, LONGEST_TRANSACTION = 0.10, 1.0
PAGES = ("", "answers", "balance", "success", "change", "groups", "words", "commitments", "rounds", "alliance")
EVERY = 2.0


@dataclass
class Soaked:
    """What was done and what it took, sample by sample."""

    minutes: float
    saves: int = 0
    screens: int = 0
    events: int = 0
    transactions: int = 0
    longest: float = 0.0
    faults: Faults = field(default_factory=Faults)
    samples: list[Taken] = field(default_factory=list)
    wrong: list[BaseException] = field(default_factory=list)

    @property
    def memory(self) -> tuple[float, float]:
        """Return megabytes after the warming and at the end, each as a median of a tenth of the samples."""
        part = max(1, len(self.samples) // 10)
        start = int(len(self.samples) * WARMING)
        middle = [sample.memory for sample in self.samples[start : start + part]]
        return statistics.median(middle), statistics.median(sample.memory for sample in self.samples[-part:])

    @property
    def files(self) -> tuple[int, int]:
        """Return the most open files in the two halves of what came after the warming.

        A pool may still open a few connections in the second.
        """
        after = [sample.files for sample in self.samples[int(len(self.samples) * WARMING) :]]
        return max(after[: len(after) // 2]), max(after[len(after) // 2 :])

    @property
    def growth(self) -> float:
        """Return by which share memory grew after the warming."""
        before, now = self.memory
        return now / before - 1

    def __str__(self) -> str:
        before, now = self.memory
        done = f"{self.saves:,} steps acknowledged, {self.screens:,} screens shown, {self.events:,} events projected"
        memory = f"memory {before:.0f} to {now:.0f} MB ({self.growth:+.1%})"
        files = f"open files {self.files[0]} to {self.files[1]}"
        longest = f"longest of {self.transactions:,} transactions {self.longest * 1000:.0f} ms"
        return f"{self.minutes:g} minutes: {done}; {memory}, {files}, {longest}; {self.faults}"

    @property
    def piles_up(self) -> bool:
        """Whether memory or open files grew beyond what is aimed at."""
        before, now = self.files
        return self.growth > MOST_GROWTH or now > before + POOL_SIZE


def soak(nursery: Nursery, url: str, folder: Path, seconds: float) -> Soaked:
    """Use an instance for so many seconds as an alliance does on its busiest days, and measure its one process."""
    migrate(url)
    room, watched, soaked = make_room(open_store(url)), folder / "transactions", Soaked(round(seconds / 60, 1))
    round_id = room.world.open("Soak", rules=Rules())
    world = World(room.store, Settings(url, None, folder), round_id, room.world.questionnaire, ())
    port, over = nursery.listen(), threading.Event()
    app = nursery.serve(port, url, TEND_WATCH=str(watched))
    hall = Hall(world, (HOST, port), writers=1, pace=lambda: over.wait(1 / SAVES_A_SECOND))
    people: list[Work] = [partial(look, room, port) for _ in range(DASHBOARDS)]
    with hall.answering(), at_work([*people, partial(project, room, port)], over, soaked):
        hall.open_gate()
        for _ in range(int(seconds / EVERY)):
            if soaked.wrong or over.wait(EVERY):
                break
            soaked.samples.append(taken(app))
    soaked.longest, soaked.transactions = longest(watched)
    nursery.kill(app)
    if soaked.wrong:
        raise soaked.wrong[0]
    soaked.saves, soaked.faults = hall.acknowledged, compare(hall.members, world, world.store)
    return soaked


Work = Callable[[threading.Event, Soaked], None]


@contextmanager
def at_work(people: list[Work], over: threading.Event, soaked: Soaked) -> Iterator[None]:
    """Let people work, each in a thread, until this is left."""

    def work(person: Work) -> None:
        try:
            person(over, soaked)
        except BaseException as error:
            soaked.wrong.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def look(room: Room, port: int, over: threading.Event, soaked: Soaked) -> None:
    """Keep a dashboard open and go from screen to screen."""
    with Dashboard((HOST, port), room.cookie) as dashboard:
        for page in cycle(PAGES):
            if dashboard.show(page) == 0:
                raise AssertionError(f"the screen {page or 'at first'} showed nothing")
            soaked.screens += 1
            if over.wait(BETWEEN_CLICKS):
                return


def project(room: Room, port: int, over: threading.Event, soaked: Soaked) -> None:
    """Keep a screen projected, and move the room as its leader does: to and fro between two steps."""
    view = plans.start(room.store, room.retreat_id, room.leader)
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", f"/screen/live?room={view.screen}&have=")
    stream = connection.getresponse()
    if stream.status != 200:
        raise AssertionError(f"the projected screen was answered with {stream.status}")
    for position in cycle((2, 1)):
        with room.store.read() as session:
            seen = retreats.version(session, room.retreat_id) or 0
        Steering(room.store, room.retreat_id, room.leader, seen).jump(position)
        while not stream.readline().startswith(b"event: show"):
            pass
        soaked.events += 1
        if over.wait(BETWEEN_CLICKS):
            break
    connection.close()


def main(minutes: float, url: str | None) -> int:
    """Print what a run took; return 1 where memory, files or a transaction grew beyond what is aimed at."""
    with tempfile.TemporaryDirectory() as folder, Nursery() as nursery:
        soaked = soak(nursery, url or f"sqlite:///{folder}/tend.db", Path(folder), minutes * 60)
    print(soaked)
    fine = not soaked.piles_up and soaked.longest <= LONGEST_TRANSACTION and soaked.faults == Faults()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60, sys.argv[2] if len(sys.argv) > 2 else None))
