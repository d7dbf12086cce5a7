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
from assessment.storage import releases as release_rows
from assessment.storage.engine import Store
from assessment.web.pages import in_thread

EVERY = 3600.0
UNSHOWN_TEXTS_STAY = timedelta(days=30)
log = logging.getLogger(__name__)


def keep_promises(store: Store) -> None:
    """Seal overdue rounds, clean up after a crash, and delete texts that were not shown within 30 days."""
    for round_id in seal_overdue(store):
        log.info("Round %s was sealed a week after its end.", round_id)
    with store.write() as session:
        release_rows.delete_unshown_texts(session, clock.now() - UNSHOWN_TEXTS_STAY)


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
