"""How long the server takes to show each screen of a large alliance with many rounds, asked as a browser asks."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assessment.alliance import accounts, sign_in
from assessment.alliance.values import Role
from assessment.alliance.web import SIGN_IN
from assessment.storage.alliance import first_alliance
from assessment.storage.engine import Store
from benchmarks.first_visit import first_visit
from benchmarks.frame import Row, at_most
from benchmarks.servers import HERE, tend
from benchmarks.world import ORGANISATIONS, file_url, sealed_rounds
from tests.survival.dashboard import Dashboard

SCREENS = ("overview", "answers", "balance", "success", "change", "groups", "readings", "words", "commitments")
ROUNDS = 12
OPEN = at_most(300)
EMAIL, PASSWORD = "ada@harbour.invalid", "three blue lamps"


def opened(people: int, runs: int) -> Iterator[Row]:
    """Give, for every screen, the milliseconds from asking for it until all of it was sent."""
    size = f"{ORGANISATIONS} organisations, {ROUNDS} rounds of {people:,} people"
    with tempfile.TemporaryDirectory() as folder:
        url = file_url(Path(folder))
        sealed_rounds(url, people, ROUNDS)
        token = signed_in(url)
        with tend(url) as server, Dashboard((HERE, server.port), token) as dashboard:
            yield Row("first screen after a start, all rounds read anew", size, [_shown(dashboard, "change")], "ms")
            yield from first_visit(f"http://{HERE}:{server.port}", (SIGN_IN, token))
            for screen in SCREENS:
                dashboard.show(screen)
                yield Row(f"open {screen}", size, [_shown(dashboard, screen) for _ in range(runs)], "ms", aim=OPEN)


def signed_in(url: str) -> str:
    """Make an owner's account and return its sign-in token."""
    store = Store(url)
    with store.read() as session:
        alliance = first_alliance(session)
    assert alliance
    accounts.create(store, alliance.id, "Ada", EMAIL, Role.OWNER, password=PASSWORD)
    token = sign_in.start(store, EMAIL, PASSWORD)
    store.close()
    return token


def _shown(dashboard: Dashboard, screen: str) -> float:
    start = time.perf_counter()
    if not dashboard.show(screen):
        raise RuntimeError(f"the screen {screen} showed nothing")
    return (time.perf_counter() - start) * 1000
