"""Many people's work as one transaction: who comes while a group is committed goes with the next one.

Two thousand phones that press Send together cost a few commits, not two thousand. Nobody is answered before the
transaction that holds their work is committed, waiting costs no thread, and nobody waits for company: what is there
in the same turn of the event loop goes together, and work that comes alone goes alone.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from copy import copy
from functools import partial
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assessment.storage.engine import Store
from assessment.storage.errors import CROWDED, Collided, Crowded, StorageError

LARGEST = 500
"""Most pieces of work in one transaction: a group holds the writer's place for some tens of milliseconds."""
WAITING_MOST = 5_000
"""Most pieces of work that may wait; who comes beyond is asked to come back in a moment."""

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a batch
Unit = Callable[[Connection], T]
"""One piece of work inside a group's transaction. What it raises is told to it alone, and nothing of it stays."""
Batch = Callable[[Connection, Sequence[I]], Sequence[T | Exception]]
"""Work of one kind done for many at once: an answer for each item, in their order, or the exception for it.

It decides everything before it writes anything, so that an item that gets an exception has written nothing.
"""


class _Waiting(NamedTuple):
    batch: Batch[Any, Any]
    item: Any
    answer: asyncio.Future[Any]


async def write(store: Store, unit: Unit[T]) -> T:
    """Run a unit in the next group that writes; return what it returned, once that is committed.

    Raise what the unit raised, StorageError where the group could not be kept, Crowded where too many wait.
    """
    return await write_all(store, _each, unit)


async def write_all(store: Store, batch: Batch[I, T], item: I) -> T:
    """Have an item done by `batch` together with all that wait for the same; as `write`."""
    return await _line(store, store.write).join(batch, item)


async def read_all(store: Store, batch: Batch[I, T], item: I) -> T:
    """Have an item looked up by `batch` together with all that wait for the same; it can write nothing."""
    return await _line(store, store.read).join(batch, item)


class Line:
    """What waits on one event loop for one store, to write or to read. All but `_run` happens on the loop."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Session]]) -> None:
        self._opened = opened
        self._waiting: deque[_Waiting] = deque()
        self._running = self._due = False
        self._thread = ThreadPoolExecutor(1, "tend-line")

    def join(self, batch: Batch[I, T], item: I) -> asyncio.Future[T]:
        """Return the answer to come; raise Crowded where too many wait."""
        if len(self._waiting) >= WAITING_MOST:
            raise Crowded(CROWDED)
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(batch, item, answer))
        self._soon()
        return answer

    def _soon(self) -> None:
        """Let the next group go when this turn of the loop is over: the first of a hundred who come takes all along."""
        if self._waiting and not self._running and not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self._go)

    def _go(self) -> None:
        self._due = False
        group = self._next()
        if not group:
            self._soon()
            return
        try:
            done = asyncio.get_running_loop().run_in_executor(self._thread, self._run, group)
        except RuntimeError as error:  # no thread is to be had
            told = group.copy()
            group.clear()  # the pool keeps what it could not begin, and would do it after all when it has a thread
            self._tell(told, [copy(error) for _ in told])
            self._soon()
            return
        self._running = True
        done.add_done_callback(partial(self._answer, group))

    def _next(self) -> list[_Waiting]:
        """Return the next group, its pieces of one kind together; who went away before is left out."""
        group: dict[Batch[Any, Any], list[_Waiting]] = {}
        for _ in range(min(LARGEST, len(self._waiting))):
            one = self._waiting.popleft()
            if not one.answer.cancelled():
                group.setdefault(one.batch, []).append(one)
        return [one for same in group.values() for one in same]

    def _answer(self, group: list[_Waiting], done: asyncio.Future[list[Any]]) -> None:
        try:
            self._tell(group, done.result())
        finally:  # whatever goes wrong with a group: those who wait are not left waiting for good
            self._running = False
            self._soon()

    def _tell(self, group: list[_Waiting], outcomes: list[Any]) -> None:
        for one, outcome in zip(group, outcomes, strict=True):
            if one.answer.cancelled():
                continue
            if isinstance(outcome, Exception):
                one.answer.set_exception(_tellable(outcome))
            else:
                one.answer.set_result(outcome)

    def _run(self, group: list[_Waiting]) -> list[Any]:
        try:
            return self._together(group)
        except StorageError as error:
            if not isinstance(error, Collided):
                return _for_each(error, group)
        except Exception as error:
            if len(group) == 1:
                return [error]
        return self._one_by_one(group)

    def _together(self, group: list[_Waiting]) -> list[Any]:
        outcomes: list[Any] = []
        with self._opened() as session:
            connection = session.connection()
            while len(outcomes) < len(group):
                batch = group[len(outcomes)].batch
                items = [one.item for one in group[len(outcomes) :] if one.batch is batch]
                found = _done(batch, connection, items)
                if len(found) != len(items):
                    raise RuntimeError(f"{batch} answered {len(found)} of {len(items)}")
                outcomes += found
        return outcomes

    def _one_by_one(self, group: list[_Waiting]) -> list[Any]:
        """Do a group's work in a transaction each: one of it cannot be done, or another process was in its way."""
        outcomes: list[Any] = []
        for one in group:
            try:
                outcomes += self._together([one])
            except StorageError as error:
                if not isinstance(error, Collided):
                    return outcomes + _for_each(error, group[len(outcomes) :])
                outcomes.append(error)
            except Exception as error:
                outcomes.append(error)
        return outcomes


def _done(batch: Batch[I, T], connection: Connection, items: Sequence[I]) -> Sequence[T | Exception]:
    """Do a batch; what would end a thread is an error like another, of whoever brought it."""
    try:
        return batch(connection, items)
    except Exception:
        raise
    except BaseException as error:
        raise RuntimeError(f"{batch} tried to end its thread") from error


def _tellable(error: Exception) -> Exception:
    """Return an error as it can be told to somebody who awaits it: a StopIteration never can."""
    if not isinstance(error, StopIteration):
        return error
    told = RuntimeError("something ran out of items")
    told.__cause__ = error
    return told


def _for_each(error: StorageError, group: Sequence[object]) -> list[Any]:
    """Return an error of its own for everybody: one that is raised many times would gather every trace."""
    return [copy(error) for _ in group]


def _each(connection: Connection, units: Sequence[Unit[Any]]) -> list[Any]:
    """Run units one after the other, each in a savepoint of its own."""
    outcomes: list[Any] = []
    for unit in units:
        connection.exec_driver_sql("SAVEPOINT unit")
        try:
            outcome = unit(connection)
        except DBAPIError:
            raise  # the transaction may be broken for all: each is then done alone
        except Exception as error:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT unit")
            outcome = error
        connection.exec_driver_sql("RELEASE SAVEPOINT unit")
        outcomes.append(outcome)
    return outcomes


_Lines = dict[tuple[Store, str], Line]
_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Lines] = WeakKeyDictionary()


def _line(store: Store, opened: Callable[[], AbstractContextManager[Session]]) -> Line:
    """Return this event loop's line for a store: an instance has one loop a process, tests have many."""
    loop = asyncio.get_running_loop()
    lines = _lines.get(loop)
    if lines is None:
        lines = _lines[loop] = {}
    key = (store, opened.__name__)
    if key not in lines:
        lines[key] = Line(opened)
    return lines[key]
