"""What a phone downloads, what a browser may do with it, and what stays in nobody's memory."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from assessment import clock
from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft
from assessment.storage.tables import Organisation, RosterEntry
from tests.collect.world import ATTRIBUTED, BASE, World, bilingual, core, make_world

MOST = 8 * 1024
ADDRESSES = ["/join", "/start", "/review", "/mirror", "/return", "/withdraw", "/forget", "/forgotten", "/withdrawn"]


def random_looking(number: int) -> str:
    """Return an id as organisations have them."""
    return hashlib.sha256(b"organisation %d" % number).hexdigest()[:20]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Every page of somebody who answered everything at length, as sent: compressed body and headers."""
    world = make_world(f"sqlite:///{tmp_path_factory.mktemp('pages') / 'tend.db'}", ATTRIBUTED, bilingual(core()))
    with world.store.write() as session:
        for number in range(130):
            name = f"Community organisation of neighbourhood {number} {hashlib.sha256(bytes([number])).hexdigest()[:9]}"
            own = random_looking(number)
            session.add(Organisation(id=own, alliance_id="alliance", name=name, short_name=own, headcount=9))
            session.flush()
            session.add(RosterEntry(round_id="spring", organisation_id=own, name=name, chapter=None, headcount=9))
    for number in range(6):
        what = " ".join(hashlib.sha256(bytes([number, n])).hexdigest()[:9] for n in range(14))
        promise = CommitmentDraft(what, date(2036, 1, 1 + number), random_looking(number))
        with clock.standing_at(datetime(2030, 1, 1, tzinfo=UTC)):
            commitments.add(world.store, "alliance", promise)
    visitor = world.visitor()
    found = {}

    def note(name: str, method: str, address: str, **options: object) -> None:
        with visitor.stream(method, address, **options) as answer:  # type: ignore[arg-type]
            found[name] = (b"".join(answer.iter_raw()), dict(answer.headers))

    note("first page", "POST", "/join", data={"code": world.code()})
    note("first page again", "POST", "/start", data={})
    visitor.post("/start", data={"organisation": "org1"})
    for section in world.questionnaire.sections:
        note(f"blank {section.key}", "GET", f"/answer/{section.key}")
        long = " ".join(hashlib.sha256(bytes([n])).hexdigest()[:8] for n in range(55))
        typed = {q.id: long if q.kind == "text" else str(1 + n % q.options) for n, q in enumerate(section.questions)}
        visitor.post(f"/answer/{section.key}", data={"revision": "0"} | typed)
        note(f"filled {section.key}", "GET", f"/answer/{section.key}")
        note(f"stale {section.key}", "POST", f"/answer/{section.key}", data={"revision": "0"})
        wrong = {q.id: "x" * 501 if q.kind == "text" else "9" for q in section.questions}
        note(f"wrong {section.key}", "POST", f"/answer/{section.key}", data={"revision": "1"} | wrong)
    visitor.post("/send")
    for address in ADDRESSES:
        note(address, "GET", address)
    note("code refused", "POST", "/join", data={"code": "unknown"})
    return found


def test_every_page_weighs_at_most_8_kilobytes_and_needs_nothing_else(
    pages: dict[str, tuple[bytes, dict[str, str]]],
) -> None:
    weights = {name: len(body) for name, (body, _) in pages.items()}
    assert len(weights) > 50
    assert {headers["content-encoding"] for _, headers in pages.values()} == {"gzip"}
    assert {name: weight for name, weight in weights.items() if weight > MOST} == {}
    for body, _ in pages.values():
        html = gzip.decompress(body).decode()
        assert re.findall(r'(?:src|srcset|data|poster)="[^"]*"|<(?:img|iframe|object|embed|video)\b', html) == []
        assert re.findall(r'<link[^>]*href="([^"]*)"', html) == ["data:,"]


def test_the_policy_allows_exactly_the_one_style_and_script(pages: dict[str, tuple[bytes, dict[str, str]]]) -> None:
    for body, headers in pages.values():
        html, policy = gzip.decompress(body).decode(), headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert "default-src 'none'" in policy
        for inline in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", html, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert re.findall(r"""\s(?:style|on[a-z]+)=["']""", html.split("</style>")[1].split("<script>")[0]) == []


def test_no_page_is_kept_by_a_browser_or_tells_where_it_came_from(
    pages: dict[str, tuple[bytes, dict[str, str]]],
) -> None:
    for _, headers in pages.values():
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"].startswith("no-referrer")
        assert headers["vary"] == "Accept-Encoding"


def test_nothing_is_chosen_beforehand(pages: dict[str, tuple[bytes, dict[str, str]]]) -> None:
    blank = [gzip.decompress(body).decode() for name, (body, _) in pages.items() if name.startswith(("blank", "first"))]
    assert len(blank) > 10
    for html in blank:
        assert re.findall(r"<(?:input|option)[^>]*\s(?:checked|selected)", html) == []


def test_each_input_is_named_by_its_question_and_has_plain_values(small: World) -> None:
    visitor = small.joined()
    for section in small.questionnaire.sections:
        html = visitor.get(f"/answer/{section.key}").text
        for question in section.questions:
            values = re.findall(rf'type="radio" name="{re.escape(question.id)}"(?: id="[^"]+")? value="([^"]+)"', html)
            wanted = [str(n) for n in range(1, question.options + 1)] + ["dk"] * question.dont_know
            assert values == ([] if question.kind == "text" else wanted)
            if question.kind == "text":
                assert f'name="{question.id}" rows="5" maxlength="500"' in html


def test_a_browser_that_cannot_unpack_gets_the_plain_page(small: World) -> None:
    plain = small.visitor().get("/join", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert "Type your code" in plain.text


def test_a_blank_section_comes_from_memory_and_is_the_same_for_all(small: World) -> None:
    app = small.app()
    bodies = set()
    for _ in range(2):
        visitor = TestClient(app, base_url=BASE, headers={"origin": BASE, "sec-fetch-site": "same-origin"})
        visitor.post("/join", data={"code": small.code()})
        bodies.add(re.sub(rb'"whose" value="[0-9a-f]{8}"', b"", visitor.post("/start").content))
    assert len(bodies) == 1
