"""Titles in the coordinators' own words: kept beside the computed ones, marked, given back, theirs alone to write."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET
from html import unescape

import pytest
from sqlalchemy import select

from assessment import rounds
from assessment.alliance import titles
from assessment.alliance.entries import NotThere
from assessment.alliance.values import FieldFaults, Person, Role
from assessment.charts.ranked import ranked
from assessment.findings import overview
from assessment.findings.titles import LONGEST, Place, title
from assessment.pictures.saving import as_file
from assessment.reports import links
from assessment.storage.engine import Store
from assessment.storage.tables import Audit
from tests.published import whole_round
from tests.reports.world import Sealed, sealed_world

OURS = "We <b>grew</b> & grew"


@pytest.fixture
def sealed(store: Store) -> Sealed:
    return sealed_world(store, people=20)


def written(sealed: Sealed) -> dict[str, str]:
    return dict(titles.own_titles(sealed.store, sealed.round_id))


def test_a_title_is_written_written_again_and_given_back(sealed: Sealed) -> None:
    for words in ("Trust first", f"  {OURS} "):
        titles.rewrite(sealed.store, sealed.round_id, Place.OVERVIEW, words, sealed.owner)
    titles.rewrite(sealed.store, sealed.round_id, Place.BALANCE, "Outward now", sealed.owner)
    assert written(sealed) == {"overview": OURS, "balance": "Outward now"}
    titles.restore(sealed.store, sealed.round_id, Place.OVERVIEW, sealed.owner)
    assert written(sealed) == {"balance": "Outward now"}
    with sealed.store.read() as session:
        noted = session.scalars(select(Audit.act).where(Audit.act.like("title%"))).all()
    assert sorted(noted) == ["title restored", *["title written"] * 3]


def others(owner: Person) -> list[Person]:
    return [
        dataclasses.replace(owner, role=Role.VIEWER),
        dataclasses.replace(owner, role=Role.READER),
        dataclasses.replace(owner, alliance_id="A" * 24),
    ]


def test_nobody_else_nothing_unfit_and_no_open_round_gets_a_title(sealed: Sealed) -> None:
    titles.rewrite(sealed.store, sealed.round_id, Place.OVERVIEW, OURS, sealed.owner)
    for person in others(sealed.owner):
        with pytest.raises(NotThere):
            titles.rewrite(sealed.store, sealed.round_id, Place.OVERVIEW, "Mine", person)
        with pytest.raises(NotThere):
            titles.restore(sealed.store, sealed.round_id, Place.OVERVIEW, person)
    for words in (
        "",
        "   ",
        "\u200b\u2060",
        "two\nlines",
        "two\rlines",
        "two\u2028lines",
        "hidden \u202e words",
        "x" * (LONGEST + 1),
    ):
        with pytest.raises(FieldFaults):
            titles.rewrite(sealed.store, sealed.round_id, Place.OVERVIEW, words, sealed.owner)
    assert written(sealed) == {"overview": OURS}
    with pytest.raises(NotThere):
        titles.rewrite(sealed.store, sealed.world.open("Autumn"), Place.OVERVIEW, OURS, sealed.owner)
    with sealed.store.write() as session:
        from assessment.storage.tables import Round

        session.delete(session.get_one(Round, sealed.round_id))
    assert written(sealed) == {}


def test_members_read_both_and_who_wrote_which(sealed: Sealed) -> None:
    path = f"/results/{links.share(sealed.store, sealed.round_id, sealed.owner)}"
    before = sealed.browser.get(path).text
    titles.rewrite(sealed.store, sealed.round_id, Place.OVERVIEW, OURS, sealed.owner)
    html = sealed.browser.get(path).text
    computed = before.split("<h1>")[1].split("</h1>")[0]
    assert "<b>grew" not in html
    assert f"<h1>{OURS}</h1>" in unescape(html)
    assert f"The coordinators wrote this title. From the numbers: “{computed}”" in html
    titles.restore(sealed.store, sealed.round_id, Place.OVERVIEW, sealed.owner)
    assert sealed.browser.get(path).text == before
    assert rounds.published(sealed.store, sealed.round_id).facts.round_name == "Spring"


def test_a_saved_picture_says_whose_words_its_title_is() -> None:
    results = dataclasses.replace(whole_round({}), own_titles={"overview": OURS})
    shown = title(results, Place.OVERVIEW, overview.headline(results))
    said = " ".join(ET.fromstring(as_file(results, "ranking", ranked(results), shown).svg).itertext())
    assert OURS in said
    assert "The coordinators wrote this title." in said
    assert title(results, Place.BALANCE, "Computed").own is False
    assert title(results, None, "Computed").words == "Computed"
