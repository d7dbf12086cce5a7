"""The members' page as it travels: light, strict, the alliance only, and the same nothing behind every dead link."""

from __future__ import annotations

import dataclasses
import gzip
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment import rounds
from assessment.alliance import commitments
from assessment.clock import today
from assessment.disclosure import codec
from assessment.disclosure.values import ALLIANCE, Average, Result
from assessment.reports import links, web
from assessment.rounds.sealing import seal
from assessment.storage import alliance as alliances
from assessment.storage.engine import migrate, open_store
from assessment.storage.tables import Alliance
from assessment.storage.tables import Result as ResultRow
from tests.reports.world import Sealed, sealed_world, seen_from
from tests.rounds.world import NAMES

MOST = 40 * 1024
PLANTED = 2.7182


class Words(HTMLParser):
    """Everything that is written on a page, but its style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(html.split("</style>")[1])

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def page(sealed: Sealed) -> str:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    answer = sealed.browser.get(f"/results/{token}")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sealed]:
    """A round of sixty people, sealed once for all tests here."""
    file = tmp_path_factory.mktemp("sealed") / "tend.db"
    migrate(f"sqlite:///{file}")
    made = sealed_world(open_store(f"sqlite:///{file}"))
    made.store.close()
    return file, made


@pytest.fixture
def sealed(prepared: tuple[Path, Sealed], tmp_path: Path) -> Iterator[Sealed]:
    """That round in a file of this test's own; what the links do on PostgreSQL is tested beside this."""
    file, made = prepared
    shutil.copy(file, tmp_path / "tend.db")
    store = open_store(f"sqlite:///{tmp_path / 'tend.db'}")
    yield seen_from(dataclasses.replace(made.world, store=store), made.round_id)
    store.close()


def test_the_page_tells_who_answered_what_stands_out_and_what_is_hidden(sealed: Sealed) -> None:
    said = " ".join(Words(page(sealed)).said)
    assert "60 of 72 people answered" in said
    for heading in ("How we see ourselves", "The four sides of success"):
        assert heading in said
    assert "Where we are closest" not in said, "answers at random are alike nowhere"
    assert "Harbour" in said
    assert "Spring" in said
    assert "at least 5 people answered" in said


def test_a_second_round_says_what_changed_and_nothing_else_of_the_first(sealed: Sealed) -> None:
    again = sealed.world.open("Autumn")
    sealed.world.answer(again, 60, seed=2)
    seal(sealed.store, again)
    html = page(sealed._replace(round_id=again))
    assert "Grey: Spring. Blue: Autumn." in html
    assert "Spring: " not in html


def test_an_unknown_a_broken_and_a_withdrawn_address_are_one_and_the_same(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    links.withdraw(sealed.store, sealed.round_id, sealed.owner)
    answers = [sealed.browser.get(f"/results/{typed}") for typed in (token, "A" * 26, "x", "%00", "9" * 3000)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    names = {"content-security-policy", "cache-control", "referrer-policy", "vary", "content-type"}
    assert len({tuple((n, a.headers[n]) for n in sorted(names)) for a in answers}) == 1
    assert "There is nothing at this address" in answers[0].text


def test_the_page_is_light_and_asks_for_nothing_else(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    with sealed.browser.stream("GET", f"/results/{token}", headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(body) <= MOST
    html = gzip.decompress(body).decode()
    assert not re.search(r"<script|\son\w+=|\sstyle=|\ssrc=|<img|<iframe|url\(", html)
    assert re.findall(r'href="([^"]*)"', html) == ["data:,"]


def test_the_page_is_kept_by_no_browser_and_told_to_no_other_site(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    headers = sealed.browser.get(f"/results/{token}", headers={"accept-encoding": "identity"}).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "content-encoding" not in headers


def test_nobody_posts_to_it(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    assert sealed.browser.post(f"/results/{token}").status_code == 405


def test_no_organisation_is_named_though_the_round_shows_them(sealed: Sealed) -> None:
    assert any(g.name in NAMES for g in rounds.published(sealed.store, sealed.round_id).groups)
    said = " ".join(Words(page(sealed)).said)
    assert not [name for name in NAMES if name in said]
    release = rounds.published_for_members(sealed.store, sealed.round_id)
    assert [g.key for g in release.groups] == [ALLIANCE]
    assert {r.group for r in release.results} == {ALLIANCE}
    assert release.reliability == ()


def test_every_number_on_the_page_is_a_published_one_of_the_alliance(sealed: Sealed) -> None:
    release = rounds.published_for_members(sealed.store, sealed.round_id)
    shown = {f"{value:.1f}" for result in release.results for value in numbers(result)}
    written = set(re.findall(r"(?<![\d.])\d\.\d(?![\d.])", " ".join(Words(spreadless(page(sealed))).said)))
    assert len(written) > 3
    assert written <= shown


def numbers(result: Result) -> list[float]:
    averages: list[Average] = [a for a in (result.average, result.other_lens) if a]
    ends = [end for a in averages if a.band90 for end in a.band90]
    return [a.value for a in averages] + ends


def spreadless(html: str) -> str:
    """Leave out the steps from the middle answer: computed from published columns, not an average."""
    return re.sub(r"[Oo]n average (about )?\d\.\d steps", "", html)


def test_a_value_of_a_group_or_behind_a_suppression_is_on_no_page(sealed: Sealed) -> None:
    """Plant a number wherever the stored release keeps anything but what the alliance may see."""
    with sealed.store.write() as session:
        for row in session.scalars(select(ResultRow)):
            plain = dict(row.shown)
            if row.group != ALLIANCE and plain["average"]:
                plain["average"] = {**plain["average"], "value": PLANTED, "band90": None, "band50": None}
            row.shown = plain
    planted = rounds.published(sealed.store, sealed.round_id)
    assert str(PLANTED) in str(codec.to_json(planted))
    html = page(sealed)
    assert "2.7182" not in html
    assert "2.71" not in html


def test_nine_people_see_what_is_not_shown_and_why(sqlite_url: str) -> None:
    migrate(sqlite_url)
    small = sealed_world(open_store(sqlite_url), 9)
    said = " ".join(Words(page(small)).said)
    small.store.close()
    assert "What is not shown, and why" in said
    assert "single answers could be traced" in said


def test_words_of_people_stay_words(sealed: Sealed) -> None:
    with sealed.store.write() as session:
        alliance = alliances.find_alliance(session, sealed.owner.alliance_id)
        assert alliance is not None
        alliance.name = "<script>alert(1)</script>"
    assert "<script>" not in page(sealed)


def test_what_was_agreed_stands_on_the_page(sealed: Sealed) -> None:
    draft = commitments.CommitmentDraft("Papers go out a week before", today())
    commitments.add(sealed.store, sealed.owner.alliance_id, draft)
    assert "Papers go out a week before" in page(sealed)


def test_it_is_packed_once_and_again_when_something_was_agreed(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []
    monkeypatch.setattr(web, "_packed", lambda html: packed.append(1) or web.Page(html.encode(), b""))
    token, plain = links.share(sealed.store, sealed.round_id, sealed.owner), {"accept-encoding": "identity"}
    for _ in range(3):
        assert sealed.browser.get(f"/results/{token}", headers=plain).status_code == 200
    assert packed == [1]
    draft = commitments.CommitmentDraft("Papers go out a week before", today())
    commitments.add(sealed.store, sealed.owner.alliance_id, draft)
    assert "Papers go out a week before" in sealed.browser.get(f"/results/{token}", headers=plain).text
    assert packed == [1, 1]


def test_a_sample_is_marked_as_one_and_a_real_alliance_is_not(sealed: Sealed) -> None:
    assert "invented answers" not in page(sealed)
    with sealed.store.write() as session:
        alliances.instance(session).sample = True
        assert session.scalars(select(Alliance)).first()
    assert "A sample: invented people, invented answers" in page(sealed)
