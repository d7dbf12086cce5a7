"""What may be killed: servers of these tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.commands.conftest import say as say
from tests.postgres import SAFE, OwnServer, PostgresServer, binaries
from tests.survival.processes import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where servers are started that can be killed."""
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="session")
def mortal() -> Iterator[tuple[OwnServer, PostgresServer]]:
    """A PostgreSQL server that keeps what it acknowledges and may be killed."""
    found = binaries()
    if found is None:
        pytest.fail("No PostgreSQL here that may be killed. `python3 start.py test` provides one.")
    server = OwnServer(found, SAFE)
    with server as address:
        yield server, PostgresServer(address)
