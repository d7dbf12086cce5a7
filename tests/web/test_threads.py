"""Threads of the plain pages: password work has few of its own and never holds up what members read."""

from __future__ import annotations

import threading

import anyio
import pytest

from assessment.web import pages
from assessment.web.pages import Crowded, in_password_thread, in_thread


def hold_up(flood: int) -> list[str]:
    """Let `flood` requests hash at once, read in between, and return what was done in its order."""
    done: list[str] = []
    finish = threading.Event()

    def hash_slowly() -> None:
        finish.wait(60)
        done.append("hashed")

    async def hashing() -> None:
        try:
            await in_password_thread(hash_slowly)
        except Crowded:
            done.append("crowded")

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(flood):
                tasks.start_soon(hashing)
            await anyio.wait_all_tasks_blocked()
            await in_thread(done.append, "read")
            finish.set()

    anyio.run(run)
    return done


def test_members_read_while_all_passwords_wait() -> None:
    assert hold_up(pages.THREADS + 4) == ["read"] + ["hashed"] * (pages.THREADS + 4)


def test_who_comes_to_a_long_queue_is_sent_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PASSWORD_QUEUE", 3)
    assert hold_up(8) == ["crowded"] * 3 + ["read"] + ["hashed"] * 5
