"""A coordinator's laptop: a text is redacted and shown, a finding becomes a promise; without barriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessment.alliance import setup
from assessment.alliance.sign_in import find
from assessment.alliance.values import Role
from assessment.settings import ROOT, Settings
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
from tests.pages.conftest import Instance
from tests.pages.world import sealed_round

WRITTEN = tuple(f"Beatrix said number {n} aloud" for n in range(6))


@pytest.fixture
def moderated(tmp_path: Path) -> Iterator[Running]:
    """An alliance with one sealed round whose texts wait."""
    url, store, link = empty(tmp_path)
    token = setup.set_up(store, link, "Harbour Alliance", "Ada", EMAIL, PASSWORD)
    person = find(store, token)
    assert person is not None
    settings = Settings(url, None, ROOT / "data" / "instruments")
    sealed_round(Instance(store, settings, person.alliance_id, {Role.OWNER: token}), written=WRITTEN)
    yield from running(url, store, token)


def test_a_text_is_shown_and_something_is_promised(moderated: Running, page_at: OpenPage) -> None:
    page = visitor(moderated, page_at, LAPTOP)
    page.goto("/words")
    title(page, "No words from Spring 2027 are shown yet")
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile("Beatrix"))
    text.fill(text.input_value().replace("Beatrix", "[somebody]"))
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("The text is shown.")).to_be_visible()
    title(page, "1 text from Spring 2027")
    expect(page.get_by_text("“[somebody] said number")).to_be_visible()
    assert not violations(page)

    page.goto("/commitments?measure=trust")
    title(page, "Nothing is promised yet")
    page.get_by_label("What we will do").fill("Eat together")
    page.get_by_role("button", name="Save the promise").click()
    title(page, "1 promise is open")
    expect(page.get_by_text("To move: “Trust”. Looked at again when the next round is sealed.")).to_be_visible()
    assert not violations(page)

    page.goto("/logs")
    title(page, "What we keep track of")
    page.get_by_label("What was won").fill("A night bus")
    page.get_by_text("Won in part").click()
    page.get_by_text("Easily undone").click()
    page.get_by_role("button", name="Save the win").click()
    expect(page.get_by_text("The win is in the log.")).to_be_visible()
    unfold(page, "Change a win")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Remove it for good")).to_be_visible()
    assert not violations(page)
