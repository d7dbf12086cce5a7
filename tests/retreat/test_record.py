"""What is kept of a retreat: on a page to print, as a text, as rows; for its leaders only."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment import clock
from assessment.alliance import titles
from assessment.alliance.commitments import CommitmentDraft
from assessment.alliance.web import SIGN_IN
from assessment.findings.titles import Place
from assessment.retreat import plans
from assessment.retreat.record import as_csv, as_markdown, whole_record
from assessment.retreat.record_page import RECORD, routes
from assessment.retreat.values import NoRetreat
from assessment.settings import load_settings
from assessment.slides.steps import Kind, Step
from assessment.storage.engine import Store
from tests.retreat.test_steering import CHOOSE, steering, voted
from tests.retreat.world import Room, make_room, stranger_to

OpenPage = Callable[..., Page]
SPLIT = 1
SMALLEST = "Share one page with everybody"


@pytest.fixture
def held(small_room: Room) -> Room:
    """A retreat that voted, revealed, promised, and ended."""
    room = small_room
    voted(room, CHOOSE, [0, 0, 0, 0, 1, 1, 1])
    steering(room).reveal()
    steering(room).jump(4)
    steering(room).promise(CommitmentDraft(SMALLEST, clock.today() + timedelta(days=90)))
    plans.end(room.store, room.retreat_id, room.leader)
    return room


def browser_of(room: Room, cookie: str | None) -> TestClient:
    settings = load_settings({"DATABASE_URL": room.store.url})
    return TestClient(
        Starlette(routes=routes(room.store, settings)),
        cookies={SIGN_IN: cookie} if cookie else {},
        follow_redirects=False,
    )


def test_a_record_tells_steps_votes_and_promises(held: Room) -> None:
    whole = whole_record(held.store, held.retreat_id, held.leader)
    poll = next(step for step in whole.steps if step.asked == "Where do we meet?")
    assert poll.columns == (("Harbour", 4), ("Hill", 3), ("Park", 0))
    assert poll.voted == "7 votes."
    assert [what for what, _ in whole.promises] == [SMALLEST]
    assert whole.held.startswith("Held on ")


def test_what_was_never_revealed_is_not_in_it(small_room: Room) -> None:
    voted(small_room, CHOOSE, [0, 0, 0, 0, 1, 1, 1])
    whole = whole_record(small_room.store, small_room.retreat_id, small_room.leader)
    assert all(not step.columns and not step.voted for step in whole.steps)
    assert whole.held.endswith("It is still running.")


def test_a_guess_that_is_not_asked_any_more_keeps_its_words(small_room: Room) -> None:
    room, me = small_room, (small_room.retreat_id, small_room.leader)
    voted(room, SPLIT, [0, 0, 0, 0, 1, 1, 1])
    steering(room).reveal()
    plan = tuple(replace(step, predict=False) for step in plans.read(room.store, *me).steps)
    plans.change(room.store, *me, "Spring retreat", plan)
    guess = next(step for step in whole_record(room.store, *me).steps if step.columns)
    assert guess.asked == "On what?"
    assert guess.columns == (("Trust", 4), ("Money", 3), ("Time", 0))


def test_the_text_marks_nothing_that_somebody_typed(held: Room) -> None:
    whole = whole_record(held.store, held.retreat_id, held.leader)
    planted = whole._replace(promises=(("*a* <b>\n# c", "All"),))
    text = as_markdown(planted)
    assert "- \\*a\\* \\<b\\> \\# c (All)" in text
    assert "- Harbour: 4" in text
    assert "We were asked: Where do we meet?" in text


def test_a_title_that_coordinators_wrote_is_told_apart_from_a_finding(store: Store) -> None:
    plan = (Step("seen", Kind.OVERVIEW, "Is that us?"), Step("split", Kind.SPLIT, "Why?", "Clearly better"))
    room = make_room(store, plan)
    computed = whole_record(store, room.retreat_id, room.leader).steps[0].said
    titles.rewrite(store, room.round_id, Place.OVERVIEW, "Trust has risen", room.leader)
    said = [step.said for step in whole_record(store, room.retreat_id, room.leader).steps]
    assert said == ["Trust has risen (title by the coordinators)", "Clearly better (title by the coordinators)"]
    assert "by the coordinators" not in computed


def test_the_rows_run_nothing_in_a_spreadsheet(held: Room) -> None:
    whole = whole_record(held.store, held.retreat_id, held.leader)
    planted = whole._replace(promises=(("=1+1", "All"),))
    rows = list(csv.reader(io.StringIO(as_csv(planted).removeprefix("\ufeff"))))
    assert rows[0] == ["Kind", "What", "Answer", "Votes"]
    assert ["Poll: choose one", "Where do we meet?", "Harbour", "4"] in rows
    assert rows[-1] == ["Commitments", "'=1+1", "All", ""]


def test_only_leaders_of_the_alliance_read_it(held: Room) -> None:
    with pytest.raises(NoRetreat):
        whole_record(held.store, held.retreat_id, stranger_to(held.leader))
    address = RECORD.format(id=held.retreat_id)
    stranger = browser_of(held, None).get(address)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/sign-in")
    leader = browser_of(held, held.cookie)
    assert leader.get(RECORD.format(id="another")).status_code == 404
    page = leader.get(address)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert SMALLEST in page.text


def test_it_is_one_page_on_paper(held: Room, page_at: OpenPage) -> None:
    html = browser_of(held, held.cookie).get(RECORD.format(id=held.retreat_id)).text
    page = page_at(1440, 900)
    page.set_content(html)
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1
