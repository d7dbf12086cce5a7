"""Grouped work: one transaction for all that wait, each with its own answer, nothing answered before it is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from assessment.errors import TendError
from assessment.storage import grouped
from assessment.storage.engine import Store
from assessment.storage.errors import CROWDED, FULL, Busy, Collided, Crowded, Full, StorageError
from assessment.storage.tables import Guess
from assessment.tokens import digest

NOW = datetime(2027, 3, 1, tzinfo=UTC)
FIRST = 1_000_000
"""What the unit stores that is under way while others come."""


class Refusal(TendError):
    """What a unit raises that does not want to be kept."""


def write(number: int, *, refuse: bool = False) -> grouped.Unit[int]:
    """Return a unit that stores a number and, where asked to, changes its mind after that."""

    def unit(connection: Connection) -> int:
        row = {"subject": digest(str(number)), "failures": number, "since": NOW}
        connection.execute(insert(Guess).values(**row))
        if refuse:
            raise Refusal(str(number))
        return number

    return unit


def stored(store: Store) -> list[int]:
    with store.read() as session:
        return sorted(session.scalars(select(Guess.failures)))


def empty(store: Store) -> None:
    with store.write() as session:
        session.execute(delete(Guess))


class Watched(Store):
    """A store that counts its transactions, holds them until it is let go, and can fail at the commit."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.committed = 0
        self.faults: list[Exception | None] = []
        self.go = threading.Event()
        self.go.set()
        self.begun = threading.Event()

    @contextmanager
    def write(self) -> Iterator[Session]:
        self.begun.set()
        assert self.go.wait(30)
        with super().write() as session:
            yield session
            session.flush()
            fault = self.faults.pop(0) if self.faults else None
            if fault:
                raise fault
        self.committed += 1


@pytest.fixture
def watched(store: Store) -> Iterator[Watched]:
    made = Watched(store.url)
    yield made
    made.close()


async def all_of(*calls: Awaitable[Any]) -> list[Any]:
    return await asyncio.gather(*calls, return_exceptions=True)


async def held(store: Watched, first: grouped.Unit[int]) -> asyncio.Future[int]:
    """Hand in a unit whose transaction waits until `store.go` is set: what comes now is the next group."""
    store.go.clear()
    store.begun.clear()
    under_way = asyncio.ensure_future(grouped.write(store, first))
    while not store.begun.is_set():
        await asyncio.sleep(0)
    return under_way


async def after_one(store: Watched, *calls: Awaitable[Any], faults: Sequence[Exception] = ()) -> list[Any]:
    """Make calls while a unit is under way and return what became of them; `faults` come at the next commits."""
    first = await held(store, write(FIRST))
    others = asyncio.ensure_future(all_of(*calls))
    await asyncio.sleep(0)
    store.faults = [None, *faults]
    store.go.set()
    await first
    return await others


def run(store: Watched, *units: grouped.Unit[int], faults: Sequence[Exception] = ()) -> list[Any]:
    """Return what became of units that were one group."""

    async def hall() -> list[Any]:
        return await after_one(store, *(grouped.write(store, unit) for unit in units), faults=faults)

    return asyncio.run(hall())


def test_who_waits_together_is_committed_together(watched: Watched) -> None:
    assert run(watched, *(write(n) for n in range(40))) == list(range(40))
    assert watched.committed == 2
    assert stored(watched) == [*range(40), FIRST]


def test_who_comes_in_the_same_moment_is_committed_together(watched: Watched) -> None:
    async def hall() -> list[Any]:
        return await all_of(*(grouped.write(watched, write(n)) for n in range(40)))

    assert asyncio.run(hall()) == list(range(40))
    assert watched.committed == 1


def test_where_no_thread_is_to_be_had_everybody_is_told(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: Any) -> None:
        raise RuntimeError("can't start new thread")

    async def hall() -> list[Any]:
        with monkeypatch.context() as without:
            without.setattr(ThreadPoolExecutor, "submit", none_left)
            refused = await all_of(*(grouped.write(watched, write(n)) for n in range(3)))
        return [*refused, await grouped.write(watched, write(3))]

    monkeypatch.setattr(grouped, "LARGEST", 2)
    *refused, kept = asyncio.run(hall())
    assert [str(one) for one in refused] == ["can't start new thread"] * 3
    assert (kept, stored(watched)) == (3, [3])


def test_what_could_not_be_begun_is_not_done_later(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: Any) -> None:
        raise RuntimeError("can't start new thread")

    async def hall() -> list[Any]:
        with monkeypatch.context() as without:
            without.setattr(threading.Thread, "start", none_left)  # after the pool has taken the work
            refused = await all_of(grouped.write(watched, write(0)))
        return [*refused, await grouped.write(watched, write(1))]

    refused, kept = asyncio.run(hall())
    assert (str(refused), kept, stored(watched)) == ("can't start new thread", 1, [1])


def test_a_line_that_all_have_left_goes_on_with_who_comes_then(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouped, "LARGEST", 2)

    async def hall() -> list[Any]:
        first = await held(watched, write(1))
        gone = [asyncio.ensure_future(grouped.write(watched, write(n))) for n in (2, 3)]
        stays = asyncio.ensure_future(grouped.write(watched, write(4)))
        await asyncio.sleep(0)
        for one in gone:
            one.cancel()
        watched.go.set()
        return await all_of(first, stays)

    assert asyncio.run(hall()) == [1, 4]
    assert stored(watched) == [1, 4]


@pytest.mark.parametrize("fatal", [StopIteration, SystemExit, asyncio.CancelledError])
def test_whatever_a_unit_raises_is_told_to_it_alone_and_the_line_goes_on(
    watched: Watched, fatal: type[BaseException]
) -> None:
    def ends_it(connection: Connection) -> int:
        raise fatal

    outcomes = run(watched, write(0), ends_it, write(2))
    assert [outcomes[0], type(outcomes[1]), outcomes[2]] == [0, RuntimeError, 2]
    assert isinstance(outcomes[1].__cause__, fatal)
    assert stored(watched) == [0, 2, FIRST]


@given(plan=st.lists(st.booleans(), max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_is_refused_leaves_nothing_and_hinders_nobody(watched: Watched, plan: list[bool]) -> None:
    empty(watched)
    outcomes = run(watched, *(write(number, refuse=refuse) for number, refuse in enumerate(plan)))
    for number, (refuse, outcome) in enumerate(zip(plan, outcomes, strict=True)):
        assert (isinstance(outcome, Refusal) and str(outcome) == str(number)) if refuse else outcome == number
    assert stored(watched) == [*(n for n, refuse in enumerate(plan) if not refuse), FIRST]


def test_what_cannot_be_committed_is_told_to_all_and_kept_for_none(watched: Watched) -> None:
    outcomes = run(watched, *(write(n) for n in range(5)), faults=[Full(FULL)])
    assert {str(outcome) for outcome in outcomes} == {FULL}
    assert len({id(outcome) for outcome in outcomes}) == 5
    assert stored(watched) == [FIRST]


@pytest.mark.parametrize("fault", [Collided("another process was in the way"), ValueError("a mistake of ours")])
def test_a_group_that_is_undone_is_tried_one_by_one(watched: Watched, fault: Exception) -> None:
    outcomes = run(watched, *(write(n, refuse=n == 2) for n in range(4)), faults=[fault])
    assert [outcome if isinstance(outcome, int) else type(outcome) for outcome in outcomes] == [0, 1, Refusal, 3]
    assert stored(watched) == [0, 1, 3, FIRST]


def test_a_database_that_fails_in_between_is_told_to_the_rest(watched: Watched) -> None:
    outcomes = run(watched, *(write(n) for n in range(3)), faults=[Collided("in the way"), Full(FULL)])
    assert [str(outcome) for outcome in outcomes] == [FULL] * 3
    assert stored(watched) == [FIRST]


def test_a_mistake_of_one_is_told_to_it_alone(watched: Watched) -> None:
    """A second row of the same key breaks the whole transaction on PostgreSQL."""
    outcomes = run(watched, write(1), write(1), write(2))
    assert (outcomes[0], outcomes[2]) == (1, 2)
    assert isinstance(outcomes[1], Exception)
    assert not isinstance(outcomes[1], StorageError)
    assert stored(watched) == [1, 2, FIRST]


def test_who_went_away_before_their_turn_is_left_out(watched: Watched) -> None:
    async def hall() -> list[Any]:
        first = await held(watched, write(1))
        gone, stays = (asyncio.ensure_future(grouped.write(watched, write(n))) for n in (2, 3))
        await asyncio.sleep(0)
        gone.cancel()
        watched.go.set()
        return await all_of(first, gone, stays)

    outcomes = asyncio.run(hall())
    assert (outcomes[0], type(outcomes[1]), outcomes[2]) == (1, asyncio.CancelledError, 3)
    assert stored(watched) == [1, 3]


def test_who_goes_away_in_the_middle_hinders_nobody(watched: Watched) -> None:
    async def hall() -> list[Any]:
        gone = await held(watched, write(1))
        gone.cancel()
        stays = asyncio.ensure_future(grouped.write(watched, write(2)))
        watched.go.set()
        return await all_of(gone, stays)

    assert asyncio.run(hall())[1] == 2
    assert stored(watched) == [1, 2]


def test_who_comes_to_a_line_that_is_too_long_is_told_at_once(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouped, "WAITING_MOST", 3)
    outcomes = run(watched, *(write(n) for n in range(4)))
    assert outcomes[:3] == [0, 1, 2]
    assert (type(outcomes[3]), str(outcomes[3])) == (Crowded, CROWDED)
    assert stored(watched) == [0, 1, 2, FIRST]


def test_a_long_line_goes_in_groups_that_end(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouped, "LARGEST", 10)
    assert run(watched, *(write(n) for n in range(25))) == list(range(25))
    assert watched.committed == 4


def test_kinds_are_done_together_and_each_gets_its_own(watched: Watched) -> None:
    seen: list[list[int]] = []

    def doubled(_: Connection, items: Sequence[int]) -> list[int | Exception]:
        seen.append(list(items))
        return [Refusal("odd") if item % 2 else 2 * item for item in items]

    odd, even = (grouped.write_all(watched, doubled, n) for n in (1, 2))
    outcomes = asyncio.run(after_one(watched, odd, grouped.write(watched, write(5)), even))
    assert (str(outcomes[0]), outcomes[1:]) == ("odd", [5, 4])
    assert seen == [[1, 2]]


def test_what_only_reads_cannot_write(store: Store) -> None:
    def sly(connection: Connection, items: Sequence[int]) -> list[int | Exception]:
        connection.execute(insert(Guess).values(subject=b"x", failures=1, since=NOW))
        return list(items)

    with pytest.raises(StorageError):
        asyncio.run(grouped.read_all(store, sly, 1))
    assert stored(store) == []


def test_two_processes_lose_nothing_to_each_other(store: Store) -> None:
    """Two stores of one database stand for two processes; their units hold the same two rows in opposite orders."""
    rows = Guess.__table__
    with store.write() as session:
        session.execute(insert(Guess), [{"subject": bytes([n]), "failures": 0, "since": NOW} for n in (1, 2)])

    def count(order: tuple[int, int]) -> grouped.Unit[int]:
        def unit(connection: Connection) -> int:
            for number in order:
                own = Guess.subject == bytes([number])
                held = connection.execute(select(Guess.failures).where(own).with_for_update()).scalar_one()
                connection.execute(update(rows).where(own).values(failures=held + 1))  # type: ignore[arg-type]
            return 1

        return unit

    def hall(order: tuple[int, int]) -> int:
        with closing(Store(store.url)) as process:
            outcomes = asyncio.run(all_of(*(grouped.write(process, count(order)) for _ in range(6))))
        assert all(isinstance(outcome, int | Busy) for outcome in outcomes), outcomes
        return sum(outcome for outcome in outcomes if isinstance(outcome, int))

    with ThreadPoolExecutor(2) as processes:
        counted = sum(processes.map(hall, [(1, 2), (2, 1)]))
    assert stored(store) == [counted] * 2
    assert counted > 0
