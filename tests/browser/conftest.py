"""The sample alliance in a browser: one server for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assessment import demo
from assessment.alliance import setup
from tests.browser.world import Running, empty, running


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample alliance."""
    url, store, link = empty(tmp_path_factory.mktemp("sample"))
    yield from running(url, store, setup.fill_with_sample(store, link, demo.fill))
