"""A whole retreat in a real Chromium: a projector, a leader, twenty-one phones, a server that dies in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from assessment.alliance.commitments import list_commitments
from assessment.retreat import plans
from tests.retreat.conftest import small_room as small_room
from tests.retreat.conftest import sqlite_room as sqlite_room
from tests.retreat.running import Server
from tests.retreat.test_steering import steering
from tests.retreat.world import Room
from tests.survival.processes import Nursery

PROJECTOR, PHONE = (1920, 1080), (390, 844)
PHONES = 20
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OpenPage = Callable[..., Page]


@pytest.fixture
def server(small_room: Room) -> Iterator[Server]:
    with Nursery() as nursery:
        yield Server(nursery, small_room.store.url)


class Hall:
    """Twenty phones, each with its cookie; they come in, look and vote together."""

    def __init__(self, base: str) -> None:
        self._phones = [httpx2.Client(base_url=base, headers={"Origin": base}, timeout=60) for _ in range(PHONES)]
        self._threads = ThreadPoolExecutor(PHONES)

    def come_in(self, code: str) -> None:
        assert {answer.status_code for answer in self._all(lambda n, p: p.post("/r", data={"code": code}))} == {303}

    def vote(self, step: str, choose: Callable[[int], int]) -> None:
        fields = [{"step": step, "choice": str(choose(number))} for number in range(PHONES)]
        answers = self._all(lambda n, p: p.post("/r/vote", data=fields[n]))
        assert {answer.status_code for answer in answers} == {303}

    def see(self) -> set[str]:
        return {re.sub(r'data-clock="\d+"', "", answer.text) for answer in self._all(lambda n, p: p.get("/r"))}

    def _all(self, ask: Callable[[int, httpx2.Client], httpx2.Response]) -> list[httpx2.Response]:
        return list(self._threads.map(ask, range(PHONES), self._phones))


def no_barrier(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()


def test_a_whole_retreat(small_room: Room, server: Server, page_at: OpenPage) -> None:
    remote = page_at(*PHONE, bypass_csp=True)  # axe is a script; the pages' policy is tried with the screen
    remote.context.add_cookies([{"name": "tend_sign_in", "value": small_room.cookie, "url": server.base}])
    remote.goto(f"{server.base}/room/{small_room.retreat_id}")
    remote.get_by_role("button", name="Start the retreat").click()
    expect(remote.get_by_text("No screen is connected")).to_be_visible()
    view = plans.read(small_room.store, small_room.retreat_id, small_room.leader)
    hall, code = Hall(server.base), view.code or ""

    # The lobby: a screen, and twenty phones and one more come in.
    screen, said = page_at(*PROJECTOR), list[str]()
    screen.on("console", lambda message: said.append(message.text))
    screen.goto(f"{server.base}/screen?room={view.screen}")
    expect(screen.locator(".code")).to_have_text(code)
    expect(remote.get_by_text("Screen connected, stays awake")).to_be_visible()
    hall.come_in(code)
    expect(screen.get_by_text("At least 20 have joined")).to_be_visible()
    phone = page_at(*PHONE, bypass_csp=True)
    phone.goto(f"{server.base}/r#{code}")
    expect(phone.get_by_text("You are in.")).to_be_visible()
    assert phone.url == f"{server.base}/r"
    no_barrier(remote)

    # Predict, then reveal: the guess and the result appear together.
    remote.locator("#next").click()
    expect(screen.locator(".slide h1")).to_have_text("On what?")
    expect(phone.get_by_role("heading")).to_have_text("On what?")
    hall.vote("split", lambda number: 0 if number < 12 else 1)
    phone.get_by_role("button", name="Money").click()
    expect(phone.get_by_role("button", name="Money")).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_text("Your vote is in.")).to_be_visible()
    expect(remote.get_by_text("At least 20 have voted")).to_be_visible()
    no_barrier(phone)
    assert "We guessed" not in screen.content()
    remote.get_by_role("button", name="Reveal").click()
    expect(screen.get_by_text("We guessed")).to_be_visible()
    expect(screen.get_by_text("We answered")).to_be_visible()
    expect(phone.locator("dd b")).to_have_text(["12", "9", "0"])

    # A poll, changed before it is revealed; the server dies while it is open.
    remote.locator("#jumps summary").click()
    remote.locator("#jump2").click()
    expect(phone.locator(".choice")).to_have_count(6)
    hall.vote("fist", lambda number: 0)
    server.kill()
    server.start()
    expect(screen.locator("#lost")).to_be_hidden()
    expect(screen.locator(".slide h1")).to_have_text("Shall we meet every month?")
    hall.vote("fist", lambda number: 4 if number < 15 else 5)
    phone.get_by_role("button", name="5").click()
    expect(phone.get_by_text("Your vote is in.")).to_be_visible()
    remote.keyboard.press("r")
    expect(phone.locator("dd b")).to_have_text(["0", "0", "0", "0", "15", "6"])
    expect(screen.get_by_text("21 votes")).to_be_visible()
    assert all("21 votes" in page for page in hall.see())

    # Another leader's laptop takes over: a commitment appears as it is written.
    laptop = page_at(1440, 900)
    laptop.context.add_cookies([{"name": "tend_sign_in", "value": small_room.cookie, "url": server.base}])
    laptop.goto(f"{server.base}/room/{small_room.retreat_id}")
    for step in ("Step 3 of 4", "Step 4 of 4"):
        laptop.keyboard.press("ArrowRight")
        expect(laptop.get_by_text(step)).to_be_visible()
    expect(remote.get_by_text("This is the last step.")).to_be_visible()
    remote.locator("#promise").evaluate("e => { e.open = true }")
    remote.get_by_label("What will we do?").fill("Papers a week before every meeting")
    remote.get_by_role("button", name="Write it down").click()
    expect(screen.get_by_text("Papers a week before every meeting")).to_be_visible()
    expect(laptop.get_by_text("Papers a week before every meeting")).to_be_visible()
    kept = list_commitments(small_room.store, small_room.leader.alliance_id)
    assert [one.promise.what for one in kept] == ["Papers a week before every meeting"]

    # The end.
    remote.locator("#end summary").click()
    remote.get_by_label("We are done").check()
    remote.get_by_role("button", name="End the retreat").click()
    expect(screen.get_by_text("The retreat has ended.")).to_be_visible()
    expect(phone.get_by_role("heading")).to_have_text("Thank you")
    assert all("Come into the room" in page for page in hall.see())
    record = plans.record(small_room.store, small_room.retreat_id, small_room.leader)
    assert [record.polls[step].voted for step in ("split", "fist")] == [21, 21]
    assert [line for line in said if "ERR_" not in line and "Failed to load" not in line] == []


def test_of_two_choices_the_later_one_counts_however_slow_the_network_is(
    small_room: Room, server: Server, page_at: OpenPage
) -> None:
    view = plans.start(small_room.store, small_room.retreat_id, small_room.leader)
    steering(small_room).jump(1)
    phone, held, let_go = page_at(*PHONE), list[Route](), list[bool]()
    phone.goto(f"{server.base}/r#{view.code}")
    phone.route("**/r/vote", lambda route: route.continue_() if let_go else held.append(route))
    phone.get_by_role("button", name="Money").click()
    phone.get_by_role("button", name="Time").click()
    expect(phone.get_by_role("button", name="Time")).to_have_attribute("aria-pressed", "true")
    # Whatever was sent before this question was seen before its answer.
    assert phone.evaluate("fetch('/r/now?have=').then(answer => answer.status)") == 200
    assert [one.request.post_data for one in held] == ["step=split&choice=1"]
    let_go.append(True)
    held[0].continue_()
    expect(phone.get_by_text("Your vote is in.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("button", name="Time")).to_have_attribute("aria-pressed", "true")
