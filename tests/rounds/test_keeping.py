"""What happens by itself while the server runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import pytest
from sqlalchemy import func, select

from assessment import clock, rounds
from assessment.rounds import keeping
from assessment.storage.engine import Store
from assessment.storage.errors import Unreachable
from assessment.storage.tables import State, TextState, Written
from tests.rounds.world import make_world


def texts(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Written)) or 0


@pytest.mark.parametrize(("days", "left"), [(29, 6), (31, 1)])
def test_texts_that_nobody_let_through_go_after_thirty_days(
    store: Store, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 20, words=[f"Sentence {number}" for number in range(6)])
    rounds.seal(store, round_id)
    with store.write() as session:
        session.scalars(select(Written).limit(1)).one().state = TextState.SHOWN
    moment = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)
    keeping.keep_promises(store)
    assert texts(store) == left


def run_for(store: Store, rests: int) -> None:
    """Run the server's lifespan until it has rested so many times."""

    async def running() -> None:
        finished = anyio.Event()
        rested = 0

        async def rest(_: float) -> None:
            nonlocal rested
            rested += 1
            if rested == rests:
                finished.set()
                await anyio.Event().wait()

        with pytest.MonkeyPatch.context() as quick:
            quick.setattr(anyio, "sleep", rest)
            async with keeping.lifespan(store)(None):
                await finished.wait()

    anyio.run(running)


def test_a_running_server_seals_what_is_overdue(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(store)
    round_id = world.open(ends_on=clock.today())
    world.answer(round_id, 20)
    overdue = clock.today() + timedelta(days=8)
    monkeypatch.setattr(clock, "today", lambda: overdue)
    run_for(store, 1)
    assert rounds.round_view(store, round_id).state is State.SEALED


@pytest.mark.parametrize("trouble", [Unreachable("The database cannot be reached."), ZeroDivisionError()])
def test_trouble_does_not_take_the_server_down(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    def fail(_: Store) -> None:
        raise trouble

    monkeypatch.setattr(keeping, "keep_promises", fail)
    run_for(store, 2)
    assert [record.message.split(",")[0] for record in caplog.records if record.name == keeping.log.name]
