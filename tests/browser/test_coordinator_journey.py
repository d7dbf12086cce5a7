"""A coordinator's laptop, 1440 × 900, in a real Chromium: from signing in to the results of a sealed round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessment import rounds
from assessment.alliance import organisations, setup
from assessment.alliance.sign_in import find
from assessment.rounds import ImportedBallot
from assessment.storage.engine import Store
from tests.browser.world import (
    EMAIL,
    LAPTOP,
    PASSWORD,
    OpenPage,
    Running,
    empty,
    running,
    title,
    unfold,
    violations,
    visitor,
)

CODE = re.compile(r"\b[A-Z2-7]{5}(-[A-Z2-7]{5}){3}-[A-Z2-7]{6}\b")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Running]:
    """An alliance of four organisations that asked nothing yet."""
    url, store, link = empty(tmp_path)
    token = setup.set_up(store, link, "Harbour Alliance", "Ada", EMAIL, PASSWORD)
    person = find(store, token)
    assert person is not None
    listed = "Harbour Tenants;HT;9;North\nBus Riders;BR;8;North\nNight Nurses;NN;7;South\nGrowers;G;6;South"
    organisations.add(store, person.alliance_id, organisations.read_pasted(listed))
    yield from running(url, store, token)


def test_a_coordinator_signs_in_asks_seals_and_sees_the_result(own: Running, page_at: OpenPage) -> None:
    page = page_at(*LAPTOP, base_url=own.base)
    page.goto("/rounds")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    title(page, "Nothing has been asked yet")
    assert page.url == f"{own.base}/rounds"
    page.get_by_label("Name", exact=True).fill("Spring 2027")
    page.get_by_text("Organisations are visible to all").click()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Spring 2027 is a draft")).to_be_visible()

    page.get_by_role("button", name="Open the round").click()
    title(page, "Spring 2027 is open")
    expect(page.get_by_text("Fewer than 5 of 30 people have answered so far")).to_be_visible()

    unfold(page, "Make codes")
    with page.expect_popup() as sheet:
        page.get_by_role("button", name="Make the codes and show the sheet").click()
    expect(sheet.value.get_by_role("heading", level=1)).to_have_text("30 codes for Spring 2027")
    codes = [CODE.search(text) for text in sheet.value.locator("code").all_inner_texts()]
    assert len({found.group() for found in codes if found}) == 30
    assert not violations(sheet.value)
    sheet.value.close()

    answer(own.store)
    page.reload()
    expect(page.get_by_text("At least 20 of 30 people have answered so far")).to_be_visible(timeout=20_000)

    unfold(page, "Seal this round")
    expect(page.get_by_text("Nobody can undo this").first).to_be_visible()
    expect(page.get_by_role("button", name="Seal the round")).to_be_disabled()
    page.get_by_text("I know that this cannot be undone").click()
    page.get_by_role("button", name="Seal the round").click()
    expect(page.get_by_text("Spring 2027 is sealed")).to_be_visible(timeout=30_000)

    page.get_by_role("link", name="See the results").click()
    expect(page.get_by_text("24 of 30 people answered, from 4 of 4 organisations")).to_be_visible(timeout=20_000)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    assert page.url == f"{own.base}/"

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def answer(store: Store) -> None:
    """Let 24 people answer, six of each organisation."""
    with store.read() as session:
        from assessment.storage.alliance import first_alliance

        alliance = first_alliance(session)
    assert alliance is not None
    seen = rounds.list_rounds(store, alliance.id)[0]
    asked = rounds.questionnaire_of(store, seen.id).coded
    batch = [
        ImportedBallot({q.id: str(1 + (i + n) % q.options) for i, q in enumerate(asked)}, o.organisation_id)
        for o in seen.roster
        for n in range(6)
    ]
    assert rounds.import_ballots(store, seen.id, batch) == 24


def test_round_and_measure_stay_from_screen_to_screen(sample: Running, page_at: OpenPage) -> None:
    page = visitor(sample, page_at, LAPTOP)
    page.goto("/?measure=trust")
    title(page, "Strongest")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Autumn 2025").click()
    expect(page.get_by_text("since Spring 2025").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"(?=.*round=Autumn\+2025)(?=.*measure=trust)"))
    expect(page.get_by_text("You look for: Trust")).to_be_visible()
    page.get_by_role("link", name="Answers", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Trust")
    expect(page).to_have_url(re.compile(r"/answers\?(?=.*round=Autumn\+2025)(?=.*measure=trust)"))
    page.reload()
    expect(page.get_by_text("Autumn 2025").first).to_be_visible(timeout=20_000)
