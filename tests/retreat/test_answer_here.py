"""An open round is answered and sealed in the room: a code on the screen, steps of five, results a moment later."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment import rounds
from assessment.disclosure.rules import Rules
from assessment.retreat import phones, plans
from assessment.slides.steps import Kind, Plan, Step
from assessment.storage.engine import Store
from assessment.storage.tables import Ballot, BallotBox, Code
from assessment.tokens import room_code_to_scan
from tests.retreat.browsing import Doors, doors
from tests.retreat.world import VISIBLE, make_room

TOGETHER: Plan = (
    Step("talk", Kind.TALK, "Why are we here?"),
    Step("here", Kind.ANSWER_HERE, ""),
    Step("bye", Kind.TALK, "What do we take home?"),
)


@pytest.fixture(params=[Rules(), VISIBLE], ids=["alliance only", "visible"])
def there(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> Iterator[Doors]:
    """The doors to a room that has not answered yet; nine answered at home."""
    shutil.copy(migrated_file, tmp_path / "tend.db")
    store = Store(f"sqlite:///{tmp_path / 'tend.db'}")
    yield doors(make_room(store, TOGETHER, people=9, sealed=False, rules=request.param))
    store.close()


def test_a_round_is_answered_and_sealed_in_the_room(there: Doors) -> None:
    code = there.started().code or ""
    leader, member = there.browser(leads=True), there.browser()
    early = member.post("/join", data={"code": code})
    assert (early.status_code, "does not work now" in early.text) == (422, True)
    there.act(jump="2")
    assert "At least 5 have answered" in leader.get(there.remote).text
    assert f"/join#{room_code_to_scan(code, screen_of(there))}" in there.phone(code).get("/r").text
    assert member.post("/join", data={"code": code.lower()}).headers["location"] == "/start"
    offered = re.findall(r'<option value="(\w+)">', member.get("/start").text)
    chosen = {"organisation": offered[0]} if offered else {}
    begun = member.post("/start", data=chosen, follow_redirects=True)
    assert begun.url.path.startswith("/answer/"), begun.text
    answers = {**hidden(begun.text), there.room.world.question().id: "3", "then": "next"}
    assert member.post(begun.url.path, data=answers).status_code == 303
    assert member.post("/send", data=hidden(member.get("/review").text)).status_code == 303
    assert "At least 10 have answered" in leader.get(there.remote).text
    assert leader.post(f"{there.remote}/seal", data={}).status_code == 422
    assert leader.post(f"{there.remote}/seal", data={"sure": "yes"}).status_code == 303
    assert rounds.published(there.room.store, there.room.round_id).facts.answered == 10
    plan = plans.read(there.room.store, there.room.retreat_id, there.room.leader).steps
    assert [step.id for step in (*plan[:2], plan[-1])] == ["talk", "here", "bye"]
    assert any(step.sort.finding for step in plan[2:-1])
    assert "Sealed" in there.browser().get(f"/screen?room={screen_of(there)}").text
    assert member.post("/join", data={"code": code}).status_code == 422


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))


def screen_of(there: Doors) -> str:
    return plans.read(there.room.store, there.room.retreat_id, there.room.leader).screen or ""


def test_the_code_opens_the_questions_only_while_the_room_answers_them(there: Doors) -> None:
    code = there.started().code or ""
    there.act(jump="2")
    assert there.browser().post("/join", data={"code": code}).status_code == 303
    there.act(act="next")
    assert there.browser().post("/join", data={"code": code}).status_code == 422
    with there.room.store.read() as session:
        made = session.execute(select(BallotBox.organisation_id, Code.seats).join_from(Code, BallotBox)).all()
        assert [tuple(row) for row in made] == [(None, 1)]
        assert session.scalar(select(func.count()).select_from(Ballot)) == 9


def test_guessing_room_codes_at_the_members_door_is_bounded_too(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    code = there.started().code or ""
    there.act(jump="2")
    monkeypatch.setattr(phones, "WRONG_CODES", 2)
    wrong = "BCDFGH" if code != "BCDFGH" else "BCDFGJ"
    for _ in range(2):
        assert there.browser().post("/join", data={"code": wrong}).status_code == 422
    refused = there.browser().post("/join", data={"code": code})
    assert (refused.status_code, "wrong codes" in refused.text) == (429, True)
    scanned = room_code_to_scan(code, screen_of(there))
    assert there.browser().post("/join", data={"code": scanned}).headers["location"] == "/start"


def test_the_right_code_at_the_wrong_moment_is_no_guess(there: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    code = there.started().code or ""
    monkeypatch.setattr(phones, "WRONG_CODES", 2)
    for _ in range(3):
        assert there.browser().post("/join", data={"code": code}).status_code == 422
    there.act(jump="2")
    assert there.browser().post("/join", data={"code": code}).status_code == 303


def test_nothing_is_sealed_where_nothing_is_answered(there: Doors) -> None:
    there.started()
    assert there.browser(leads=True).post(f"{there.remote}/seal", data={"sure": "yes"}).status_code == 409
    with pytest.raises(rounds.RoundError):
        rounds.published(there.room.store, there.room.round_id)
