"""The room as routes: its screen, its remote, its phones; and what the server does for them while it runs."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from types import FrameType
from typing import Any

from starlette.routing import Route

from assessment.retreat import look_page, record_page
from assessment.retreat.drawing import Drawing
from assessment.retreat.hall import Hall
from assessment.retreat.keeping import FORGOTTEN
from assessment.retreat.live import followed
from assessment.retreat.phone_pages import PhonePages
from assessment.retreat.remote_page import RemotePage
from assessment.retreat.screen_page import ScreenPage
from assessment.rounds import keeping
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.garbage import spared

Lifespan = Callable[[object], AbstractAsyncContextManager[None]]
FILES_WANTED = 16_384
"""Open files that we ask the system for: each phone that follows a room is one."""
ENDS_IT = ("SIGTERM", "SIGINT")


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return every address of the room."""
    hall = Hall(store, settings, Drawing(store, settings.public_url or "http://localhost"))
    live = [route for pages in (ScreenPage(hall), RemotePage(hall), PhonePages(hall)) for route in pages.routes()]
    return [*live, *record_page.routes(store, settings), *look_page.routes(store, settings)]


def lifespan(store: Store) -> Lifespan:
    """Return what the server enters while it runs: rounds and rooms keep their promises, many phones find a place."""
    kept = keeping.lifespan(store, also=(FORGOTTEN,))

    @asynccontextmanager
    async def running(app: object) -> AsyncIterator[None]:
        ask_for_files()
        with spared():
            async with kept(app), saying_goodbye():
                yield

    return running


@asynccontextmanager
async def saying_goodbye() -> AsyncIterator[None]:
    """Send followers away as soon as the server is told to stop: it would wait for them, and they never leave."""
    loop, here = asyncio.get_running_loop(), followed()
    before: dict[signal.Signals, Any] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        for one in here:
            loop.call_soon_threadsafe(one.close)
        earlier = before[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)

    if threading.current_thread() is threading.main_thread():
        for name in ENDS_IT:
            number = signal.Signals[name]
            if callable(signal.getsignal(number)):
                before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
        for one in here:
            one.close()


def ask_for_files() -> None:
    """Raise how many files this process may open, as far as the system lets us."""
    if sys.platform == "win32":  # no such limit there
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
