"""A sealed round and somebody who may share it."""

from __future__ import annotations

from typing import NamedTuple

from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment import clock
from assessment.alliance.values import Person, Role
from assessment.reports import web
from assessment.rounds.sealing import seal
from assessment.settings import ROOT, Settings
from assessment.storage.engine import Store
from assessment.storage.tables import Account
from tests.rounds.world import World, make_world

BASE = "http://testserver"


class Sealed(NamedTuple):
    """A world with one sealed round, its owner, and a browser."""

    world: World
    owner: Person
    round_id: str
    browser: TestClient

    @property
    def store(self) -> Store:
        return self.world.store


def sealed_world(store: Store, people: int = 60, name: str = "Spring") -> Sealed:
    """Seal a round of six organisations, which are visible in it."""
    world = make_world(store)
    with store.write() as session:
        session.add(Account(id="ana", email="ana@example.org", name="Ana", password_hash="-", created_at=clock.now()))
    round_id = world.open(name)
    world.answer(round_id, people)
    seal(store, round_id)
    return seen_from(world, round_id)


def seen_from(world: World, round_id: str) -> Sealed:
    """Return the same round with its owner and a browser."""
    owner = Person("ana", world.alliance_id, "Harbour", "Ana", "ana@example.org", Role.OWNER, None, False)
    app = Starlette(routes=web.routes(world.store, Settings(world.store.url, None, ROOT)))
    return Sealed(world, owner, round_id, TestClient(app, base_url=BASE))
