"""A command as somebody types it, in a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from assessment.alliance import setup
from assessment.commands import main
from assessment.storage.engine import Store


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str


Tend = Callable[..., Said]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tend:
    """Run a command in this process, in the database that the test names."""
    monkeypatch.delenv("PUBLIC_URL", raising=False)

    def run(*words: str) -> Said:
        status = main(words)
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return run


@pytest.fixture
def tend(say: Tend, store: Store, monkeypatch: pytest.MonkeyPatch) -> Tend:
    """Run a command in this process, in a prepared database, on SQLite and on PostgreSQL."""
    monkeypatch.setenv("DATABASE_URL", store.url)
    return say


@pytest.fixture
def alliance(store: Store) -> str:
    """The e-mail address of the owner of an alliance that is set up."""
    token = setup.setup_link(store, "http://here").rsplit("/", 1)[1]
    setup.set_up(store, token, "Kettle Valley Alliance", "Ada", "ada@kettle.invalid", "nine quiet rivers flow")
    return "ada@kettle.invalid"
