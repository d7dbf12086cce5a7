"""An alliance with its owner, as the set-up page makes it, and a clock that can be moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessment import clock
from assessment.alliance import setup
from assessment.storage.engine import Store

EMAIL, PASSWORD = "ana@example.org", "correct horse battery"
BASE = "http://testserver"


def link_token(store: Store) -> str:
    """Return the token of a fresh set-up link."""
    return setup.setup_link(store, BASE).rsplit("/", 1)[1]


def set_up(store: Store, *, email: str = EMAIL, password: str = PASSWORD) -> str:
    """Set up an alliance and return its owner's sign-in token."""
    return setup.set_up(store, link_token(store), "Harbour", "Ana", email, password)


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Move the program's clock to so long after now."""
    moment = datetime.now(UTC) + by
    monkeypatch.setattr(clock, "now", lambda: moment)
