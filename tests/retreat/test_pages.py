"""Screen, remote and phones as pages: who is let in, what works without scripts, what nobody may learn too early."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.testclient import TestClient

from assessment import rounds, tokens
from assessment.alliance import words
from assessment.alliance.words import Decision, TextState
from assessment.retreat import hall, live, phones, plans
from assessment.slides.steps import Kind, Step
from assessment.storage.tables import Written
from tests.retreat.browsing import Doors, doors, fixed
from tests.retreat.world import Room, stranger_to

SPLIT, FIST, PROMISE = 1, 2, 4


@pytest.fixture
def there(small_room: Room) -> Doors:
    """The doors to a planned retreat."""
    return doors(small_room)


def votes(there: Doors, step: str, *choices: int) -> None:
    """Let one more phone a choice come in and vote."""
    seen = plans.read(there.room.store, there.room.retreat_id, there.room.leader)
    for choice in choices:
        key = tokens.new_token()
        phones.join(there.room.store, seen.code or "", key)
        phones.vote(there.room.store, key, step, choice)


def test_a_retreat_is_led_without_scripts(there: Doors) -> None:
    leader = there.browser(leads=True)
    assert "Start the retreat" in leader.get(there.remote).text
    assert leader.post(f"{there.remote}/start").status_code == 303
    code = plans.read(there.room.store, there.room.retreat_id, there.room.leader).code
    phone = there.phone(code)
    assert "You are in" in phone.get("/r").text
    there.act(act="next")
    page = phone.get("/r").text
    assert "On what?" in page
    assert re.findall(r'name="choice" value="(\d)"', page) == ["0", "1", "2"]
    assert phone.post("/r/vote", data={"step": "split", "choice": "1"}).status_code == 303
    assert re.findall(r'value="(\d)" aria-pressed="true"', phone.get("/r").text) == ["1"]
    votes(there, "split", 0, 0, 0, 0, 0, 1, 1)
    assert "At least 5 have voted" in leader.get(there.remote).text
    there.act(act="reveal")
    counts = [("Trust", "5"), ("Money", "3"), ("Time", "0")]
    assert re.findall(r"<dt[^>]*>(\w+)</dt>.*?<b>(\d+)</b>", phone.get("/r").text) == counts
    made = leader.post(f"{there.remote}/promise", data={"what": "Papers a week before", "due_on": "2099-01-01"})
    assert made.status_code == 422
    assert "more than ten years" in made.text
    assert "Papers a week before" in made.text
    due = {"what": "Papers a week before", "due_on": "2030-01-01"}
    assert leader.post(f"{there.remote}/promise", data=due).status_code == 303
    there.act(jump=str(PROMISE))
    assert "Papers a week before" in there.browser().get(f"/screen?room={screen_of(there)}").text
    assert leader.post(f"{there.remote}/end", data={}).status_code == 422
    assert leader.post(f"{there.remote}/end", data={"sure": "yes"}).status_code == 303
    assert "Come into the room" in phone.get("/r").text


def screen_of(there: Doors) -> str:
    return plans.read(there.room.store, there.room.retreat_id, there.room.leader).screen or ""


def test_only_leaders_of_the_alliance_reach_the_remote(there: Doors) -> None:
    there.started()
    stranger = there.browser()
    assert stranger.get(there.remote).headers["location"] == f"/sign-in?next={there.remote}"
    for path in ("", "/start", "/end", "/screen", "/promise", "/seal"):
        refused = stranger.post(f"{there.remote}{path}", data={"act": "next", "seen": there.seen, "sure": "yes"})
        assert refused.status_code == 403
    for path in ("/live", "/now"):
        assert stranger.get(f"{there.remote}{path}").status_code == 403
    assert there.browser(leads=True).get("/room/ffffffffffffffffffff").status_code == 404


def test_a_leader_of_another_alliance_learns_nothing(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    there.started()
    from assessment.alliance import sign_in

    monkeypatch.setattr(sign_in, "find", lambda *_: stranger_to(there.room.leader))
    for path in ("", "/live", "/now"):
        assert there.browser(leads=True).get(f"{there.remote}{path}").status_code == 404
    acted = there.browser(leads=True).post(there.remote, data={"act": "next", "seen": there.seen})
    assert acted.status_code == 404


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"origin": "null", "sec-fetch-site": "none"}])
def test_nothing_is_taken_from_another_site(there: Doors, headers: dict[str, str]) -> None:
    seen = there.started()
    phone, leader = there.phone(seen.code), there.browser(leads=True)
    there.act(jump=str(FIST))
    posts = [
        (phone, "/r", {"code": seen.code or ""}),
        (phone, "/r/vote", {"step": "fist", "choice": "1"}),
        (phone, f"/screen/here?room={seen.screen}", {"awake": "yes"}),
        (leader, there.remote, {"act": "next", "seen": there.seen}),
        (leader, f"{there.remote}/end", {"sure": "yes"}),
    ]
    for browser, address, data in posts:
        assert browser.post(address, data=data, headers=headers).status_code == 403
    assert plans.read(there.room.store, there.room.retreat_id, there.room.leader).running


def test_a_second_remote_that_saw_less_is_told_where_the_room_stands(there: Doors) -> None:
    there.started()
    late, leader = there.seen, there.browser(leads=True)
    there.act(act="next")
    answer = leader.post(there.remote, data={"act": "next", "seen": late})
    assert answer.status_code == 409
    assert "Somebody else has just moved the room" in answer.text
    assert "Step 1 of 4" in answer.text
    scripted = leader.post(there.remote, data={"act": "next", "seen": late}, headers={"tend-script": "1"})
    assert scripted.status_code == 409
    assert "Step 1 of 4" in scripted.text
    assert scripted.headers["tend-tag"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "dance"},
        {"jump": "-1"},
        {"jump": "x"},
        {"timer": "9999"},
        {"act": "next", "more": "1"},
        {"seen": "x"},
    ],
)
def test_acts_that_no_button_sends_are_refused(there: Doors, data: dict[str, str]) -> None:
    there.started()
    answer = there.browser(leads=True).post(there.remote, data={"seen": there.seen, **data})
    assert answer.status_code == 400


def test_a_withdrawn_address_shows_nothing_and_a_new_one_does(there: Doors) -> None:
    first = there.started().screen
    screen, leader = there.browser(), there.browser(leads=True)
    assert screen.get(f"/screen?room={first}").status_code == 200
    assert leader.post(f"{there.remote}/screen", data={"address": "new"}).status_code == 303
    gone = (f"/screen?room={first}", f"/screen/live?room={first}", f"/screen/now?room={first}")
    for address in (*gone, "/screen", "/screen?room=x"):
        assert screen.get(address).status_code == 404
    assert screen.post(f"/screen/here?room={first}", data={"awake": "yes"}).status_code == 404
    second = screen_of(there)
    assert screen.get(f"/screen?room={second}").status_code == 200
    assert leader.post(f"{there.remote}/screen", data={"address": "none"}).status_code == 303
    assert screen.get(f"/screen?room={second}").status_code == 404


def test_from_the_screen_nothing_else_is_reached(there: Doors) -> None:
    seen = there.started()
    page = there.browser().get(f"/screen?room={seen.screen}")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert re.findall(r"<(?:a|form|iframe|link rel=\"(?!icon))\b", page.text) == []
    assert re.findall(r'data-(\w+)="(/[^"]*)"', page.text) == [
        ("live", f"/screen/live?room={seen.screen}&amp;have="),
        ("now", f"/screen/now?room={seen.screen}&amp;have="),
        ("here", f"/screen/here?room={seen.screen}"),
    ]
    led = there.browser(leads=True).get(f"/screen?room={seen.screen}").text
    assert f'data-steer="{there.remote}"' in led


def test_the_remote_says_whether_a_screen_is_there_and_stays_awake(there: Doors) -> None:
    seen = there.started()
    leader, screen = there.browser(leads=True), there.browser()
    assert "No screen is connected" in leader.get(there.remote).text
    screen.post(f"/screen/here?room={seen.screen}", data={"awake": "no"})
    assert "Screen connected, may fall asleep" in leader.get(there.remote).text
    screen.post(f"/screen/here?room={seen.screen}", data={"awake": "yes"})
    assert "Screen connected, stays awake" in leader.get(there.remote).text


def test_counts_are_told_in_steps_of_five(there: Doors) -> None:
    there.started()
    there.act(jump=str(FIST))
    leader = there.browser(leads=True)
    for more, said in ((4, "Fewer than 5 have voted"), (5, "At least 5 have voted"), (3, "At least 10 have voted")):
        votes(there, "fist", *[3] * more)
        assert said in leader.get(there.remote).text
        assert said in there.browser().get(f"/screen?room={screen_of(there)}").text


def pages(there: Doors, phone: TestClient) -> list[str]:
    """Return everything that screen, phones and remote are sent now."""
    screen, leader, query = there.browser(), there.browser(leads=True), f"?room={screen_of(there)}"
    asked = [
        screen.get(f"/screen{query}"),
        screen.get(f"/screen/now{query}&have="),
        phone.get("/r"),
        phone.get("/r/now?have="),
        leader.get(there.remote),
        leader.get(f"{there.remote}/now?have="),
    ]
    assert {answer.status_code for answer in asked} == {200}
    return [fixed(answer.text) for answer in asked]


@pytest.mark.parametrize(("position", "step"), [(SPLIT, "split"), (FIST, "fist")])
def test_before_the_reveal_every_byte_is_the_same_whatever_was_voted(there: Doors, position: int, step: str) -> None:
    phone = there.phone(there.started().code)
    there.act(jump=str(position))
    votes(there, step, 0, 0, 0, 0, 0, 0)
    before = pages(there, phone)
    with there.room.store.write() as session:
        from sqlalchemy import update

        from assessment.storage.tables import PollVote

        session.execute(update(PollVote).values(choice=1))
    assert pages(there, phone) == before
    there.act(act="reveal")
    assert pages(there, phone) != before


def test_before_the_reveal_no_result_is_even_read(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = there.phone(there.started().code)
    there.act(jump=str(FIST))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a result was read")

    with monkeypatch.context() as patch:
        for name in ("published", "published_for", "published_for_members", "releases"):
            patch.setattr(rounds, name, refuse)
        there.act(jump=str(SPLIT))
        assert "Fewer than 5 have voted" in pages(there, phone)[0]
        there.act(jump="0")
        pages(there, phone)
    there.act(jump=str(SPLIT))
    there.act(act="reveal")
    assert "We answered" in pages(there, phone)[0] or "There are no results" not in pages(there, phone)[0]


def test_nothing_of_a_phone_is_in_what_all_phones_are_sent(there: Doors) -> None:
    code = there.started().code
    one, other = there.phone(code), there.phone(code)
    there.act(jump=str(FIST))
    before = other.get("/r/now?have=").content
    one.post("/r/vote", data={"step": "fist", "choice": "5"})
    assert other.get("/r/now?have=").content == one.get("/r/now?have=").content == before


@pytest.mark.parametrize("data", [{"step": "fist"}, {"step": "fist", "choice": "x"}, {"step": "choose", "choice": "1"}])
def test_votes_that_no_button_sends_do_not_count(there: Doors, data: dict[str, str]) -> None:
    phone = there.phone(there.started().code)
    there.act(jump=str(FIST))
    answer = phone.post("/r/vote", data=data)
    assert answer.status_code == 409
    assert "not counted" in answer.text
    assert phone.post("/r/vote", data=data, headers={"tend-script": "1"}).text.endswith("not counted.")
    assert there.browser().post("/r/vote", data=data).status_code == 403


def test_a_late_vote_is_told_that_it_did_not_count(there: Doors) -> None:
    phone = there.phone(there.started().code)
    there.act(jump=str(FIST))
    there.act(act="reveal")
    answer = phone.post("/r/vote", data={"step": "fist", "choice": "1"})
    assert (answer.status_code, "not counted" in answer.text) == (409, True)
    assert "Fewer than 5 voted" in phone.get("/r").text


def test_wrong_codes_are_told_so_and_cost_all_together(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    code = there.started().code or ""
    monkeypatch.setattr(phones, "WRONG_CODES", 2)
    wrong = "BCDFGH" if code != "BCDFGH" else "BCDFGJ"
    visitor = there.browser()
    assert "Type the code on the screen" in visitor.post("/r", data={"code": ""}).text
    for _ in range(2):
        assert visitor.post("/r", data={"code": wrong}).status_code == 422
    assert there.browser().post("/r", data={"code": code}).status_code == 429
    assert "wrong codes are being typed" in there.browser(leads=True).get(there.remote).text


def test_words_that_are_taken_back_are_gone_from_the_screen_at_once(there: Doors) -> None:
    room = there.room
    with room.store.write() as session:
        text = Written(round_id=room.round_id, question_id="hope", words="Ana shouted", state=TextState.SHOWN)
        text.quote = True
        session.add(text)
    plan = (Step("quote", Kind.QUOTE, text_id=text.id),)
    plans.change(room.store, room.retreat_id, room.leader, "Spring retreat", plan)
    address = f"/screen?room={there.started().screen}"
    there.act(jump="1")
    with there.browser() as screen:
        assert "Ana shouted" in screen.get(address).text
        decision = Decision("[somebody] shouted", TextState.SHOWN, quote=True)
        words.decide(room.store, room.leader.alliance_id, text.id, decision)
        assert "“[somebody] shouted”" in screen.get(address).text
        words.decide(room.store, room.leader.alliance_id, text.id, Decision("[somebody] shouted", TextState.COUNTED))
        assert "shouted" not in screen.get(address).text


def test_phones_are_sent_to_an_address_that_they_can_reach(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall, "network_addresses", lambda: ["192.0.2.7", "198.51.100.7"])
    there.started()
    with there.browser() as screen, there.browser(leads=True) as leader:
        query = f"?room={screen_of(there)}"
        assert leader.get(there.remote).status_code == 200
        assert "192.0.2.7/r" in screen.get(f"/screen{query}").text
        assert leader.post(f"{there.remote}/address", data={"address": "http://evil.example"}).status_code == 400
        assert leader.post(f"{there.remote}/address", data={"address": "http://198.51.100.7"}).status_code == 303
        assert "198.51.100.7/r" in screen.get(f"/screen{query}").text
        assert "192.0.2.7" in leader.get(there.remote).text


def test_phones_take_no_place_that_others_need(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    started = there.started()
    phone = there.phone(started.code)
    there.act(jump=str(FIST))
    assert phone.get("/r/now").status_code == 200
    monkeypatch.setattr(live, "places", lambda: 0)
    for followed in ("/r/live", "/r/now"):
        assert phone.get(followed).status_code == 503
    assert "Shall we meet every month?" in phone.get("/r").text
    assert phone.post("/r/vote", data={"step": "fist", "choice": "4"}).status_code == 303
    assert there.browser().get(f"/screen/now?room={started.screen}").status_code == 200
    assert there.browser(leads=True).get(f"{there.remote}/now").status_code == 200


def test_who_asks_for_headers_alone_gets_no_stream(there: Doors) -> None:
    query = f"?room={there.started().screen}"
    assert there.browser().head(f"/screen/live{query}").status_code == 200


def test_a_font_is_served_and_no_other_file(there: Doors) -> None:
    from assessment.slides import fonts

    name = next(iter(fonts.FONTS))
    found = there.browser().get(f"{fonts.PATH}/{name}")
    assert (found.status_code, found.headers["content-type"]) == (200, "font/woff2")
    assert "immutable" in found.headers["cache-control"]
    assert there.browser().get(f"{fonts.PATH}/app.py").status_code == 404


def test_a_machine_that_looks_long_for_its_own_name_keeps_nobody_waiting(
    there: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_loop: list[bool] = []

    def looked() -> list[str]:
        on_the_loop.append(_runs_here())
        return []

    monkeypatch.setattr(hall, "network_addresses", looked)
    view = there.started()
    assert there.browser().get(f"/screen?room={view.screen}").status_code == 200
    assert there.browser(leads=True).get(there.remote).status_code == 200
    assert on_the_loop
    assert not any(on_the_loop)


def _runs_here() -> bool:
    """Tell whether this thread runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
