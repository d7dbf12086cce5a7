"""Followers of a room on real connections: several at once, over two processes, through a restart, to the end."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

from assessment import tokens
from assessment.retreat import phones, plans
from assessment.retreat.steering import Steering
from assessment.slides.steps import asked
from assessment.storage import retreats as rows
from tests.retreat.running import Follower, Server
from tests.retreat.world import PLAN, Room
from tests.survival.processes import Nursery

SPLIT, FIST, CHOOSE = 1, 2, 3


class Hall:
    """A started room, its server, and whoever follows it."""

    def __init__(self, room: Room, server: Server, stack: ExitStack) -> None:
        self.room, self.server, self._stack = room, server, stack
        self.view = plans.start(room.store, room.retreat_id, room.leader)
        self.key = tokens.new_token()
        phones.join(room.store, self.view.code or "", self.key)

    def screen(self, server: Server | None = None) -> Follower:
        """Return one more screen."""
        return self._follower(server, f"/screen/live?room={self.view.screen}&have=", "")

    def phone(self, server: Server | None = None) -> Follower:
        """Return the phone's stream."""
        return self._follower(server, "/r/live?have=", f"tend_room={self.key}")

    def steering(self) -> Steering:
        """Return a leader who saw the room as it is, acting on the database alone, as another process would."""
        with self.room.store.read() as session:
            seen = rows.version(session, self.room.retreat_id) or 0
        return Steering(self.room.store, self.room.retreat_id, self.room.leader, seen)

    def votes(self, step: str, *choices: int) -> None:
        """Let one more phone a choice vote."""
        for choice in choices:
            key = tokens.new_token()
            phones.join(self.room.store, self.view.code or "", key)
            phones.vote(self.room.store, key, step, choice)

    def _follower(self, server: Server | None, path: str, cookie: str) -> Follower:
        made = Follower(server or self.server, path, cookie)
        self._stack.callback(made.close)
        return made


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as made:
        yield made


@pytest.fixture
def hall(small_room: Room, nursery: Nursery) -> Iterator[Hall]:
    server = Server(nursery, small_room.store.url)
    with ExitStack() as stack:
        yield Hall(small_room, server, stack)
    server.kill()


def test_two_screens_on_two_processes_and_a_phone_stay_together_to_the_end(hall: Hall, nursery: Nursery) -> None:
    second = Server(nursery, hall.room.store.url)
    followers = [hall.screen(), hall.screen(second), hall.phone(), hall.phone(second)]
    hall.steering().jump(FIST)
    for follower in followers:
        follower.until("Shall we meet every month?")
    hall.votes("fist", 4, 4, 4, 5, 5, 5)
    for screen in followers[:2]:
        screen.until("At least 5 have voted")
    hall.steering().reveal()
    assert [follower.until("6 votes").count("id: ") for follower in followers] == [1, 1, 1, 1]
    plans.end(hall.room.store, hall.room.retreat_id, hall.room.leader)
    for follower in followers:
        assert b"event: away" in follower.to_the_end()
    second.kill()


def test_an_act_through_the_server_is_shown_by_that_server(hall: Hall) -> None:
    screen = hall.screen()
    screen.until(hall.view.code or "")
    with hall.room.store.read() as session:
        seen = rows.version(session, hall.room.retreat_id)
    post(hall, f"/room/{hall.room.retreat_id}", {"act": "dark", "seen": str(seen)})
    assert "event: show" in screen.until('data-theme="dark"')


def post(hall: Hall, path: str, fields: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", hall.server.port, timeout=30)
    headers = {"Origin": hall.server.base, "Cookie": f"tend_sign_in={hall.room.cookie}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST", path, urlencode(fields), headers)
    assert connection.getresponse().status == 303
    connection.close()


def test_after_a_restart_everybody_comes_back_to_the_same_step(hall: Hall) -> None:
    hall.steering().jump(CHOOSE)
    before = hall.screen().until("Where do we meet?")
    phone = hall.phone()
    phone.until("Where do we meet?")
    hall.server.stop()  # it does not wait for those who follow
    phone.to_the_end()
    hall.server.start()
    assert hall.screen().until("Where do we meet?") == before
    hall.phone().until("Where do we meet?")
    hall.server.kill()
    hall.server.start()
    assert hall.screen().until("Where do we meet?") == before


def test_no_byte_of_a_stream_tells_what_is_not_revealed(hall: Hall) -> None:
    screen, phone = hall.screen(), hall.phone()
    hall.steering().jump(SPLIT)
    screen.until(asked(PLAN[0]))
    phone.until(asked(PLAN[0]))
    hall.votes("split", 0, 0, 0, 2, 2, 2, 2)
    screen.until("At least 5 have voted")
    for words in (b"We answered", b"We guessed", b"<b>3</b>", b"<b>4</b>"):
        assert words not in screen.received + phone.received
    hall.steering().reveal()
    screen.until("We guessed")
    assert "<b>4</b>" in phone.until("7 votes")


def test_a_screen_whose_address_was_withdrawn_is_shown_nothing_more(hall: Hall) -> None:
    screen = hall.screen()
    screen.until(hall.view.code or "")
    plans.withdraw_screen(hall.room.store, hall.room.retreat_id, hall.room.leader)
    before = screen.received
    assert b"show" not in screen.to_the_end()[len(before) :]
    hall.steering().jump(FIST)
    gone = hall.screen()
    assert gone.status == 404


def test_a_stranger_follows_nothing(hall: Hall) -> None:
    query = f"room={tokens.new_token()}"
    for path, status in ((f"/screen/live?{query}", 404), (f"/screen/now?{query}", 404), ("/r/live", 403)):
        stranger = Follower(hall.server, path)
        assert stranger.status == status
        stranger.close()
    forged = Follower(hall.server, "/r/live", f"tend_room={tokens.new_token()}")
    assert forged.status == 403
    forged.close()


def test_where_events_are_held_back_a_question_waits_for_the_next_step(hall: Hall) -> None:
    first = Follower(hall.server, f"/screen/now?room={hall.view.screen}&have=")
    tag = first.headers["Tend-Tag"]
    first.close()
    connection = http.client.HTTPConnection("127.0.0.1", hall.server.port, timeout=30)
    connection.request("GET", f"/screen/now?room={hall.view.screen}&have={tag}")
    hall.steering().jump(FIST)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Tend-Tag"] != tag) == (200, True)
    assert "Shall we meet every month?" in answer.read().decode()
    connection.close()
