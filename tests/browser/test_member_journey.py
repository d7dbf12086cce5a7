"""A member's phone, 390 × 844, in a real Chromium: with scripts, with a bad network, without scripts, for everyone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from assessment.collect import screens
from assessment.storage import grouped as waiting
from assessment.tokens import grouped
from tests.collect.world import ATTRIBUTED, World, bilingual, core, make_world

PHONE = (390, 844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OpenPage = Callable[..., Page]


class Served:
    """The members' door of a world on a loopback port of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._up = threading.Event()
        app = world.app()
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def __enter__(self) -> Served:
        self._socket.listen()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(make_world(f"sqlite:///{tmp_path / 'tend.db'}", ATTRIBUTED, bilingual(core()))) as door:
        yield door


@pytest.fixture
def phone(page_at: OpenPage, served: Served) -> Page:
    """A phone whose script must not fail and whose page must not break its own policy."""
    page = page_at(*PHONE, base_url=served.base)
    page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
    return page


def join(page: Page, served: Served) -> None:
    page.goto("/join")
    page.get_by_label("Code").fill(served.world.code(organisation="org1"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/answer/trust")


@pytest.mark.parametrize("width", [360, 390])
def test_a_whole_code_is_seen_in_its_field_without_zooming(page_at: OpenPage, served: Served, width: int) -> None:
    page = page_at(width, 844, base_url=served.base)
    page.goto(f"/join#{grouped('W' * 26)}")
    box = page.get_by_label("Code")
    expect(box).to_have_value(grouped("W" * 26))
    seen = box.evaluate("e => [e.scrollWidth - e.clientWidth, parseFloat(getComputedStyle(e).fontSize)]")
    assert seen[0] == 0
    assert seen[1] >= 16  # iOS zooms into smaller fields


def press(page: Page, name: str, to: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(f"**{to}")


def questions(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("group")


def answer_section(page: Page, place: int = 1) -> None:
    for group in questions(page).all():
        group.get_by_role("radio").nth(place).check()
    for box in page.get_by_role("textbox").all():
        box.fill("We listen.\nWe could meet less.")


def answer_all(page: Page, served: Served) -> None:
    keys = [section.key for section in served.world.questionnaire.sections]
    for here, to in zip(keys, [*(f"/answer/{key}" for key in keys[1:]), "/review"], strict=True):
        expect(page).to_have_url(f"{served.base}/answer/{here}")
        answer_section(page)
        press(page, "Next", to)


def look_answer_and_send(page: Page, served: Served) -> None:
    join(page, served)
    answer_all(page, served)
    press(page, "Send", "/mirror")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers are in.")
    ballot = served.world.ballots()[0]
    assert (ballot.sent, ballot.lies_in.organisation_id, set(ballot.answers)) == (True, "org1", {2})
    assert set(ballot.texts.values()) == {"We listen.\nWe could meet less."}


def test_a_member_joins_answers_everything_and_sends(phone: Page, served: Served) -> None:
    look_answer_and_send(phone, served)


def test_the_whole_journey_needs_no_script(page_at: OpenPage, served: Served) -> None:
    look_answer_and_send(page_at(*PHONE, base_url=served.base, java_script_enabled=False), served)


def test_a_code_in_the_fragment_is_filled_in_and_leaves_the_address(phone: Page, served: Served) -> None:
    code = served.world.code(organisation="org1")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"/join#{code}")
    expect(phone.get_by_label("Code")).to_have_value(code)
    assert phone.evaluate("location.href") == f"{served.base}/join"
    phone.get_by_role("button", name="Go on").click()
    phone.wait_for_url("**/start")
    assert not any(code in address.split("#")[0] for address in asked)


def test_a_page_is_one_request(phone: Page, served: Served) -> None:
    join(phone, served)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    for address in ("/answer/trust", "/start", "/review", "/return"):
        asked.clear()
        phone.goto(address, wait_until="networkidle")
        assert asked == [served.base + address]


def test_a_refused_code_stays_in_its_field_and_the_problem_is_told(phone: Page) -> None:
    phone.goto("/join")
    phone.get_by_label("Code").fill("MISTYPED")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_role("textbox", name="Code")).to_have_value("MISTYPED")
    phone.get_by_role("alert").get_by_role("link").click()
    expect(phone.get_by_role("textbox", name="Code")).to_be_focused()


def test_the_network_goes_away_in_the_middle_and_nothing_is_lost(phone: Page, served: Served) -> None:
    join(phone, served)
    answer_section(phone)
    press(phone, "Next", "/answer/structure")
    answer_section(phone, 2)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("status")).to_contain_text("Not saved yet")
    questions(phone).first.get_by_role("radio").nth(4).check()
    assert phone.url.endswith("/answer/structure")
    phone.context.set_offline(False)
    phone.wait_for_url("**/answer/balance")
    assert served.world.ballots()[0].answers[6:11] == b"\x05\x03\x03\x03\x03"
    phone.go_back()
    expect(questions(phone).first.get_by_role("radio").nth(4)).to_be_checked()


def test_sending_waits_for_the_network(phone: Page, served: Served) -> None:
    join(phone, served)
    answer_section(phone)
    press(phone, "Next", "/answer/structure")
    phone.goto("/review")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status")).to_contain_text("Not sent yet")
    assert not served.world.ballots()[0].sent
    phone.context.set_offline(False)
    phone.wait_for_url("**/mirror")
    assert served.world.ballots()[0].sent


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(phone: Page, served: Served) -> None:
    join(phone, served)
    answer_section(phone)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.route("**/answer/trust", lose_the_answer, times=1)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("status")).to_contain_text("Not saved yet")
    questions(phone).first.get_by_role("radio").nth(3).check()
    phone.wait_for_url("**/answer/structure")
    ballot = served.world.ballots()[0]
    assert (ballot.answers[:2], ballot.revisions[0]) == (b"\x04\x02", 2)


def test_a_server_that_asks_to_wait_is_asked_again_by_itself(
    phone: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "COME_BACK_AFTER", 1)
    join(phone, served)
    monkeypatch.setattr(waiting, "WAITING_MOST", 0)
    answer_section(phone)
    with phone.expect_response(lambda answer: answer.status == 503):
        phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Not saved yet. We keep trying")).to_be_visible()
    monkeypatch.setattr(waiting, "WAITING_MOST", 100)
    phone.wait_for_url("**/answer/structure")
    assert any(served.world.ballots()[0].answers)


def test_a_page_of_somebody_elses_network_does_not_count_as_saved(phone: Page, served: Served) -> None:
    join(phone, served)
    answer_section(phone)
    phone.route("**/answer/trust", lambda route: route.fulfill(body="<h1>Free Wi-Fi</h1>"), times=1)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("status")).to_contain_text("Not saved yet")
    phone.wait_for_url("**/answer/structure")
    assert served.world.ballots()[0].answers[:6] == b"\x02" * 6


def test_two_screens_never_overwrite_each_other_silently(phone: Page, served: Served) -> None:
    join(phone, served)
    other = phone.context.new_page()
    other.goto(served.base + "/answer/trust")
    answer_section(other, 0)
    press(other, "Next", "/answer/structure")
    phone.bring_to_front()
    answer_section(phone, 3)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("alert")).to_contain_text("Changed on another screen")
    expect(phone.locator(".two").first).to_contain_text("Never")
    press(phone, "Keep those on this page", "/answer/structure")
    assert served.world.ballots()[0].answers[:6] == b"\x04" * 6


def test_a_round_that_closes_keeps_what_was_typed(phone: Page, served: Served) -> None:
    join(phone, served)
    answer_section(phone)
    served.world.close()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("alert")).to_contain_text("This round is closed")
    expect(questions(phone).first.get_by_role("radio").nth(1)).to_be_checked()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_can_be_taken_back(page_at: OpenPage, served: Served, scripts: bool) -> None:
    page = page_at(*PHONE, base_url=served.base, java_script_enabled=scripts)
    join(page, served)
    first = questions(page).first
    expect(first.get_by_role("button", name="Clear")).to_be_hidden()
    first.get_by_role("radio").nth(2).check()
    first.get_by_role("button", name="Clear").click()
    expect(first.get_by_role("radio").nth(2)).not_to_be_checked()
    press(page, "Next", "/answer/structure")
    assert served.world.ballots()[0].answers[0] == 0


def test_the_language_changes_without_losing_what_was_typed(phone: Page, served: Served) -> None:
    join(phone, served)
    questions(phone).first.get_by_role("radio").nth(2).check()
    phone.locator("summary").click()
    phone.get_by_role("button", name="العربية").click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(questions(phone).first.get_by_role("radio").nth(2)).to_be_checked()


def test_going_on_elsewhere_by_the_return_code(phone: Page, page_at: OpenPage, served: Served) -> None:
    join(phone, served)
    answer_section(phone)
    press(phone, "Next", "/answer/structure")
    phone.get_by_role("link", name="Change device").click()
    phone.get_by_text("Show my return code").click()
    code = phone.locator("p.code").inner_text()
    laptop = page_at(1440, 900, base_url=served.base)
    laptop.goto("/return")
    laptop.get_by_label("Return code").fill(code)
    laptop.get_by_role("button", name="Go on").click()
    laptop.wait_for_url("**/answer/structure")
    laptop.goto("/answer/trust")
    expect(questions(laptop).first.get_by_role("radio").nth(1)).to_be_checked()


def test_nothing_is_kept_on_the_device(phone: Page, served: Served) -> None:
    look_answer_and_send(phone, served)
    kept = phone.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]")
    assert kept == [0, 0, "", None]
    cookies = phone.context.cookies()
    assert [(c["name"], c["expires"], c["httpOnly"], c["sameSite"]) for c in cookies] == [
        ("tend_ballot", -1, True, "Lax")
    ]


def test_the_journey_by_keyboard_alone(phone: Page, served: Served) -> None:
    join(phone, served)
    questions(phone).first.get_by_role("radio").first.focus()
    phone.keyboard.press("ArrowDown")
    expect(questions(phone).first.get_by_role("radio").nth(1)).to_be_checked()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/answer/structure")
    assert served.world.ballots()[0].answers[0] == 2


def fill_section(page: Page, place: int = 1) -> None:
    """Fill a section in one go, for tests that look at pages rather than at answering."""
    page.evaluate(FILL, place)


def visit_every_page(page: Page, served: Served, look: Callable[[str], None]) -> None:
    """Show each kind of member's page once, those of errors too, and call `look` on it."""
    page.goto("/join")
    look("join")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("join, refused")
    page.get_by_label("Code").fill(served.world.code())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/start")
    look("first page")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("first page, refused")
    page.get_by_role("combobox").select_option("org1")
    press(page, "Begin", "/answer/trust")
    for section in served.world.questionnaire.sections:
        page.goto(f"/answer/{section.key}")
        look(f"blank {section.key}")
        fill_section(page)
        page.get_by_role("button", name="Next").click()
        page.wait_for_url(lambda address, key=section.key: not address.endswith(key))
    for name in ("review", "return", "withdraw", "forget", "start", "answer/trust", "answer/words"):
        page.goto(f"/{name}")
        page.locator("main").evaluate("main => main.querySelectorAll('details').forEach(d => { d.open = true; })")
        look(name)
    other = page.context.new_page()
    other.goto(f"{served.base}/answer/trust")
    page.goto("/answer/trust")
    fill_section(other, 0)
    press(other, "Next", "/answer/structure")
    fill_section(page, 4)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("two versions")
    page.goto("/review")
    press(page, "Send", "/mirror")
    look("mirror")
    page.goto("/answer/trust")
    served.world.close()
    fill_section(page, 4)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("closed")
    for name in ("review", "forgotten", "withdrawn", "join", "return"):
        page.goto(f"/{name}")
        look(f"/{name} at the end")


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "dark")])
def test_axe_finds_nothing_on_any_page(page_at: OpenPage, served: Served, language: str, scheme: str) -> None:
    page = page_at(*PHONE, base_url=served.base, color_scheme=scheme, locale=language, reduced_motion="reduce")
    axe, found, looked = Axe(), dict[str, Any](), []

    def look(name: str) -> None:
        looked.append(name)
        result = axe.run(page, options={"runOnly": RULES}).response
        if result["violations"]:
            found[name] = [(v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]

    visit_every_page(page, served, look)
    assert len(looked) > 25
    assert found == {}


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (1440, 1)])
def test_no_page_needs_scrolling_sideways_and_targets_are_large(
    page_at: OpenPage, served: Served, width: int, zoom: int
) -> None:
    """Zoom is what a browser does: fewer and larger pixels."""
    page = page_at(width // zoom, 844 // zoom, base_url=served.base, device_scale_factor=zoom)
    page.set_default_timeout(10_000)
    wide, small = [], []

    def look(name: str) -> None:
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
        small.extend((name, *target) for target in page.evaluate(SMALL_TARGETS))

    visit_every_page(page, served, look)
    assert wide == []
    assert small == []


FILL = """place => {
    document.querySelectorAll('main fieldset').forEach(f => { f.querySelectorAll('input')[place].checked = true; });
    document.querySelectorAll('main textarea').forEach(t => { t.value = 'We listen.'; });
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button,select,summary,.set label,.dk,.tick,footer a,.text')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
    .filter(([_, r]) => r.height < 44 || r.width < 44).map(([html, r]) => [html, r.width, r.height])"""
