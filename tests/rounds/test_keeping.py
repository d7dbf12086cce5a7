"""What happens by itself while the server runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import anyio
import pytest
from sqlalchemy import func, select

from assessment import clock, rounds
from assessment.rounds import keeping
from assessment.storage.engine import Store
from assessment.storage.errors import Unreachable
from assessment.storage.tables import Round, State, TextState, Written
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
@pytest.mark.parametrize("step", ["forget_texts", "seal_overdue", "finish_purge"])
def test_trouble_with_one_step_is_logged_and_stops_neither_the_others_nor_the_server(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: Exception, step: str
) -> None:
    done: list[str] = []
    steps = ("forget_texts", "seal_overdue", "finish_purge")

    def act(name: str, _: Store) -> None:
        done.append(name)
        if name == step:
            raise trouble

    for name in steps:
        monkeypatch.setattr(keeping, name, partial(act, name))
    run_for(store, 2)
    assert done == [*steps] * 2
    assert [record.levelname for record in caplog.records if "could not" in record.message] == ["ERROR"] * 2


def test_a_round_that_cannot_be_sealed_keeps_no_other_from_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(store)
    opened = [world.open(name, ends_on=clock.today()) for name in ("Bad", "Good", "Fine")]
    bad, *good = sorted(opened)
    with store.write() as session:
        session.get_one(Round, bad).questionnaire = "nothing that can be read"
    for round_id in good:
        world.answer(round_id, 20)
    overdue = clock.today() + timedelta(days=8)
    monkeypatch.setattr(clock, "today", lambda: overdue)
    assert sorted(rounds.seal_overdue(store)) == good
    assert any(bad in record.message and record.levelname == "ERROR" for record in caplog.records)
    with store.read() as session:
        assert session.get_one(Round, bad).state is State.OPEN
