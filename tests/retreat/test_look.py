"""A retreat's slides looked through before it is held: all of them, by its leaders only, without a vote."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment.alliance.web import SIGN_IN
from assessment.retreat.look_page import LOOK, looked_through, routes
from assessment.settings import load_settings
from tests.retreat.test_steering import CHOOSE, steering, voted
from tests.retreat.world import PLAN, Room


def browser_of(room: Room, cookie: str | None) -> TestClient:
    app = Starlette(routes=routes(room.store, load_settings({"DATABASE_URL": room.store.url})))
    return TestClient(app, cookies={SIGN_IN: cookie} if cookie else {}, follow_redirects=False)


def test_every_step_is_there_and_a_guess_stands_before_its_result(small_room: Room) -> None:
    view, steps = looked_through(small_room.store, small_room.retreat_id, small_room.leader)
    assert [step.name for step in steps] == [step.sort.name for step in view.steps]
    split, fist, choose, promise = steps
    assert len(split.screens) == 2
    assert "On what?" in split.screens[0]
    assert [len(step.screens) for step in (fist, choose, promise)] == [1, 1, 1]


def test_no_vote_is_ever_in_it(small_room: Room) -> None:
    before = looked_through(small_room.store, small_room.retreat_id, small_room.leader)[1]
    voted(small_room, CHOOSE, [0, 0, 0, 0, 1, 1, 1])
    steering(small_room).reveal()
    assert looked_through(small_room.store, small_room.retreat_id, small_room.leader)[1] == before


def test_only_leaders_look_through_it(small_room: Room) -> None:
    address = LOOK.format(id=small_room.retreat_id)
    assert browser_of(small_room, None).get(address).headers["location"] == "/sign-in"
    leader = browser_of(small_room, small_room.cookie)
    assert leader.get(LOOK.format(id="another")).status_code == 404
    page = leader.get(address)
    assert page.text.count('class="screen"') == len(PLAN) + 1
    assert "font-src 'self'" in page.headers["content-security-policy"]
    assert "script-src 'none'" in page.headers["content-security-policy"]
