"""What happens by itself while the server runs: overdue rounds seal, cleaning is made good, old texts go."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import NamedTuple

import anyio

from assessment import clock
from assessment.rounds.collecting import finish_purge
from assessment.rounds.sealing import seal_overdue, told_in_the_log
from assessment.storage import alliance as alliances
from assessment.storage import audit, texts
from assessment.storage.engine import Store
from assessment.storage.place import misplaced
from assessment.web.pages import in_thread

log = logging.getLogger(__name__)
EVERY = 3600.0
UNSHOWN_TEXTS_STAY, SHOWN_TEXTS_STAY = timedelta(days=30), timedelta(days=90)


class Promise(NamedTuple):
    """Something that is kept by itself: what to say where it fails, and what to do."""

    failed: str
    keep: Callable[[Store], object]


def keep_promises(store: Store, also: Sequence[Promise] = ()) -> bool:
    """Delete texts whose time is over, seal overdue rounds, and clean the files of all that was deleted.

    `also` are promises of others, kept before the files are cleaned. Each of it is tried whatever became of the others;
    what fails is logged and tried again an hour later. Of several processes one does it; the others leave it alone.
    Tell whether this one did.
    """
    kept = False
    with told_in_the_log("What happens by itself was left for later"), store.one_process() as ours:
        if ours:
            _keep_all(store, also)
        kept = ours
    return kept


def _keep_all(store: Store, also: Sequence[Promise]) -> None:
    for what, step in (
        Promise("Old texts could not be deleted", forget_texts),
        Promise("Overdue rounds could not be sealed", seal_overdue),
        *also,
        Promise("The files could not be cleaned of what was deleted", finish_purge),
    ):
        with told_in_the_log(what):
            step(store)


def forget_texts(store: Store) -> None:
    """Delete texts 30 days after sealing where nobody showed them, after 90 days where nobody keeps them on purpose.

    A sample keeps its own: they are invented, and dated long before somebody looks at them.
    """
    now = clock.now()
    with store.write() as session:
        if alliances.peek(session).sample:
            return
        audit.believe_clock(session)
        if texts.delete_old(session, now - UNSHOWN_TEXTS_STAY, now - SHOWN_TEXTS_STAY):
            alliances.instance(session).purge_due = True
            audit.note(session, None, "old texts deleted", "")


def lifespan(store: Store, also: Sequence[Promise] = ()) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return what `st.App` enters while it runs: `keep_promises` at the start and once an hour."""

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_hourly, store, also)
            yield
            tasks.cancel_scope.cancel()

    return running


async def _hourly(store: Store, also: Sequence[Promise]) -> None:
    wrong = misplaced(store.path) if store.path else None
    if wrong:
        log.warning(wrong)
    while True:
        await in_thread(keep_promises, store, also)
        await anyio.sleep(EVERY)
