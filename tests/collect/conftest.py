"""An open round for the tests of the members' door, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collect.world import World, make_world


@pytest.fixture
def world(migrated_url: str) -> Iterator[World]:
    """The core questionnaire asked by an alliance of three organisations."""
    made = make_world(migrated_url)
    yield made
    made.store.close()
