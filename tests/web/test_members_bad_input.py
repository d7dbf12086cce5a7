"""Every field of every form, filled with rubbish: a sentence, nothing stored, nothing lost of what was valid."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assessment.collect.validation import TEXT_LIMIT
from assessment.storage.tables import Ballot
from assessment.web.forms import unusable
from tests.collect.world import World, make_world

GOOD = [("round", "spring"), ("revision", "0"), ("trust.candour", "4"), ("trust.safety", "dk")]
FORM = {"content-type": "application/x-www-form-urlencoded"}
RUBBISH = ["", "0", "6", "3.5", "NaN", "1e309", "-1", "٣", "dk%00", "%ED%A0%80", "%E2%80%AE3", "%FF", "x" * 1_000_000]


def body(*more: str) -> bytes:
    return "&".join([urlencode(GOOD), *more]).encode()


def stored(world: World) -> list[tuple[bytes, bytes, object, bool]]:
    def row(ballot: Ballot) -> tuple[bytes, bytes, object, bool]:
        return ballot.revisions, ballot.answers, dict(ballot.texts), ballot.sent

    return [row(ballot) for ballot in world.ballots()]


def kept(page: str) -> bool:
    """Tell whether the valid answers are still chosen on the page."""
    chosen = re.findall(r'name="([^"]+)"(?: id="[^"]+")? value="([^"]+)" checked', page)
    return {("trust.candour", "4"), ("trust.safety", "dk")} <= set(chosen)


@pytest.mark.parametrize("raw", RUBBISH)
def test_a_rubbish_rating_is_refused_in_words_and_the_rest_is_kept(small: World, raw: str) -> None:
    visitor, before = small.joined(), stored(small)
    refused = visitor.post("/answer/trust", content=body(f"trust.promises={raw}"), headers=FORM)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert 'href="#trust.promises"' in refused.text
    assert 'id="trust.promises-wrong"' in refused.text
    assert kept(refused.text)
    assert stored(small) == before


@pytest.mark.parametrize(
    "more",
    [
        "trust.candour=4",
        "trust.candour=5",
        "revision=0",
        "revision=",
        "power.fair=3",
        "nobody.asked=1",
        "%00=1",
        "%FF=%FF",
        "then=elsewhere",
        "language=xx",
        "clear=power.fair",
        "then=next&then=back",
    ],
)
def test_doubled_and_foreign_fields_are_refused_in_words(small: World, more: str) -> None:
    visitor, before = small.joined(), stored(small)
    refused = visitor.post("/answer/trust", content=body(more), headers=FORM)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert kept(refused.text)
    assert stored(small) == before


@pytest.mark.parametrize("revision", ["-1", "256", "1e309", "NaN", "٣", "0x1", "0 ", "%00"])
def test_a_revision_that_is_none_is_refused_in_words(small: World, revision: str) -> None:
    visitor, before = small.joined(), stored(small)
    refused = visitor.post("/answer/trust", content=f"revision={revision}&trust.promises=3".encode(), headers=FORM)
    assert refused.status_code == 422
    assert 'value="3" checked' in refused.text
    assert stored(small) == before


def test_a_missing_revision_is_refused_in_words(small: World) -> None:
    refused = small.joined().post("/answer/trust", data={"trust.promises": "3"})
    assert (refused.status_code, "lost its place" in refused.text) == (422, True)


@pytest.mark.parametrize("raw", ["a%00b", "%ED%A0%80", "%E2%80%AEabc", "x" * 501, "x" * 1_000_000, "%FE%FF"])
def test_a_rubbish_text_is_refused_and_what_can_be_shown_of_it_stays(small: World, raw: str) -> None:
    visitor, before = small.joined(), stored(small)
    content = f"revision=0&words.keep={raw}&words.change=we+listen".encode()
    refused = visitor.post("/answer/words", content=content, headers=FORM)
    assert refused.status_code == 422
    assert 'id="words.keep-wrong"' in refused.text
    assert "we listen</textarea>" in refused.text
    assert stored(small) == before
    assert "\x00" not in refused.text
    assert "\u202e" not in refused.text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x", "", 415),
        (b"a=" + b"x" * 3_000_000, FORM["content-type"], 413),
        (b"&".join(b"a%d=1" % n for n in range(500)), FORM["content-type"], 400),
    ],
)
@pytest.mark.parametrize("address", ["/join", "/start", "/return", "/answer/trust", "/send", "/withdraw", "/forget"])
def test_what_is_no_form_of_ours_is_refused_in_words(
    small: World, address: str, content: bytes, kind: str, status: int
) -> None:
    visitor, before = small.joined(), stored(small)
    refused = visitor.post(address, content=content, headers={"content-type": kind})
    assert refused.status_code == status
    assert "<h1>That did not work</h1>" in refused.text
    assert stored(small) == before


@pytest.mark.parametrize("beside", ["own_phone=maybe", "own_phone=yes&own_phone=yes", "own_phone=%00yes", "admin=1"])
def test_rubbish_beside_a_return_code_is_refused(small: World, beside: str) -> None:
    key = small.joined().cookies["tend_ballot"]
    elsewhere = small.visitor()
    refused = elsewhere.post("/return", content=f"code={key}&{beside}".encode(), headers=FORM)
    assert refused.status_code == 422
    assert "tend_ballot" not in elsewhere.cookies


@pytest.mark.parametrize("address", ["/send", "/withdraw", "/forget"])
def test_a_form_without_fields_takes_none(small: World, address: str) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data={"revision": "0", "trust.promises": "3"})
    before = stored(small)
    assert visitor.post(address, data={"sure": "1e309"}).status_code == 422
    assert stored(small) == before


@pytest.fixture(scope="module")
def rubbish_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, TestClient, str]:
    world = make_world(f"sqlite:///{tmp_path_factory.mktemp('rubbish') / 'tend.db'}")
    visitor = world.joined()
    return world, visitor, visitor.cookies["tend_ballot"]


names = st.sampled_from(["revision", "then", "clear", "language", "round", "trust.promises", "words.keep", "code"])
anything = st.one_of(st.text(max_size=40), st.binary(max_size=40))
pairs = st.lists(st.tuples(st.one_of(names, anything), anything), max_size=8)


@given(pairs=pairs, address=st.sampled_from(["/answer/trust", "/answer/words", "/start", "/join", "/send", "/forget"]))
@settings(max_examples=150)
def test_no_rubbish_ever_breaks_a_page_or_stores_itself(
    rubbish_world: tuple[World, TestClient, str], pairs: list[tuple[str | bytes, str | bytes]], address: str
) -> None:
    world, visitor, key = rubbish_world
    visitor.cookies.clear()
    visitor.cookies["tend_ballot"] = key
    content = urlencode(pairs, errors="surrogatepass").encode()
    answer = visitor.post(address, content=content, headers=FORM, follow_redirects=False)
    assert answer.status_code in {204, 303, 409, 422}
    ballot = world.ballots()[0]
    assert set(ballot.answers) <= {0, 1, 2, 3, 4, 5, 255}
    assert not any(unusable(text) or len(text) > TEXT_LIMIT for text in ballot.texts.values())
