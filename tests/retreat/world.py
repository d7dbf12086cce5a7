"""A sealed round of six organisations, its coordinator, and a retreat about it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from assessment import clock
from assessment.alliance import sign_in
from assessment.alliance.values import Person, Role
from assessment.disclosure.rules import Rules
from assessment.retreat import plans
from assessment.rounds.sealing import seal
from assessment.slides.steps import Kind, Plan, Step
from assessment.storage import people as rows
from assessment.storage.engine import Store
from assessment.storage.tables import Account, Membership
from tests.rounds.world import VISIBLE, World, make_world

PLAN: Plan = (
    Step("split", Kind.SPLIT, "What is behind it?", options=("Trust", "Money", "Time"), predict=True, guess="On what?"),
    Step("fist", Kind.POLL_FIST, "Shall we meet every month?"),
    Step("choose", Kind.POLL_CHOOSE, "Where do we meet?", options=("Harbour", "Hill", "Park")),
    Step("promise", Kind.COMMITMENTS, "What will we do?"),
)


@dataclass(frozen=True)
class Room:
    """A retreat that may be run: its store, who leads it, its cookie, the round it looks at."""

    world: World
    leader: Person
    cookie: str
    retreat_id: str
    round_id: str

    @property
    def store(self) -> Store:
        return self.world.store


def make_room(
    store: Store, plan: Plan = PLAN, people: int = 40, *, sealed: bool = True, rules: Rules = VISIBLE
) -> Room:
    """Seal a round that `people` answered (or leave it open) and plan a retreat about it."""
    world = make_world(store)
    account = Account(email="ana@example.org", name="Ana", password_hash="-", created_at=clock.now())
    with store.write() as session:
        rows.add_account(session, account, Membership(alliance_id=world.alliance_id, role=Role.OWNER))
    cookie = sign_in.start_without_password(store, account.id)
    owner = sign_in.find(store, cookie)
    assert owner is not None
    round_id = world.open(rules=rules)
    world.answer(round_id, people)
    if sealed:
        seal(store, round_id)
    return Room(world, owner, cookie, plans.make(store, owner, round_id, "Spring retreat", plan), round_id)


def stranger_to(person: Person) -> Person:
    """Return a coordinator of another alliance."""
    return dataclasses.replace(person, alliance_id="another")


def again(room: Room, store: Store) -> Room:
    """Return the same room in a copy of its database."""
    leader = sign_in.find(store, room.cookie)
    assert leader is not None
    return dataclasses.replace(room, world=dataclasses.replace(room.world, store=store), leader=leader)
