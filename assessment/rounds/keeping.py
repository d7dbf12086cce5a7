"""What happens by itself while the server runs: overdue rounds seal, cleaning is made good, old texts go."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import anyio

from assessment import clock
from assessment.errors import TendError
from assessment.rounds.sealing import seal_overdue
from assessment.storage import alliance as alliances
from assessment.storage import texts
from assessment.storage.engine import Store
from assessment.web.pages import in_thread

EVERY = 3600.0
UNSHOWN_TEXTS_STAY, SHOWN_TEXTS_STAY = timedelta(days=30), timedelta(days=90)
log = logging.getLogger(__name__)


def keep_promises(store: Store) -> None:
    """Delete texts whose time is over, seal overdue rounds, and clean the files of all that was deleted."""
    forget_texts(store)
    for round_id in seal_overdue(store):
        log.info("Round %s was sealed a week after its end.", round_id)


def forget_texts(store: Store) -> None:
    """Delete texts 30 days after sealing where nobody showed them, after 90 days where nobody keeps them on purpose.

    A sample keeps its own: they are invented, and dated long before somebody looks at them.
    """
    now = clock.now()
    with store.write() as session:
        if alliances.peek(session).sample:
            return
        if texts.delete_old(session, now - UNSHOWN_TEXTS_STAY, now - SHOWN_TEXTS_STAY):
            alliances.instance(session).purge_due = True


def lifespan(store: Store) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return what `st.App` enters while it runs: `keep_promises` at the start and once an hour."""

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_hourly, store)
            yield
            tasks.cancel_scope.cancel()

    return running


async def _hourly(store: Store) -> None:
    while True:
        try:
            await in_thread(keep_promises, store)
        except TendError as error:
            log.error("What happens by itself could not be done, and is tried again in an hour: %s", error)
        except Exception:
            # Whatever is wrong with one round must not take the whole server down.
            log.exception("What happens by itself failed, and is tried again in an hour")
        await anyio.sleep(EVERY)
