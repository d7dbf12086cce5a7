"""Inside the door: the rules make published values, so their tests stand where sealing stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assessment.disclosure.door import door


@pytest.fixture
def inside() -> Iterator[None]:
    with door():
        yield
