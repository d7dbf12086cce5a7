"""From a code to the first question: codes, promises, coming back, being forgotten."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.storage.tables import Round, State
from assessment.tokens import grouped, new_token, short_digest
from tests.collect.world import ATTRIBUTED, OPEN_LEVEL, World, bilingual, core, make_world


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_a_code_leads_to_the_promises_and_on_to_the_first_question(world: World) -> None:
    visitor = world.visitor()
    first = visitor.post("/join", data={"code": grouped(world.code()).lower()})
    assert (first.status_code, first.url.path) == (200, "/start")
    assert world.ballots() == []
    assert visitor.post("/start", data={}).url.path == "/answer/trust"
    assert len(world.ballots()) == 1


def test_a_used_an_unknown_and_a_foreign_code_get_one_and_the_same_answer(world: World) -> None:
    used, foreign = world.code(), world.code()
    world.joined(used)
    with world.store.write() as session:
        session.execute(update(Round).values(state=State.DRAFT))
    answers = [world.visitor().post("/join", data={"code": code}) for code in (used, foreign, new_token(), "ABC", "☂")]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.content for answer in answers}) == 1
    assert "This code does not work" in answers[0].text


@pytest.mark.parametrize("data", [{}, {"code": ""}, {"code": "  "}, {"code": "A\x00B"}, {"code": "A" * 1_000_000}])
def test_no_code_at_all_says_what_to_do(small: World, data: dict[str, str]) -> None:
    refused = small.visitor().post("/join", data=data)
    assert refused.status_code == 422
    assert 'href="#code"' in refused.text
    assert 'aria-invalid="true"' in refused.text


def test_the_code_never_travels_in_an_address(small: World) -> None:
    code, visitor = small.code(), small.visitor(follow_redirects=False)
    to = visitor.post("/join", data={"code": code}).headers["location"]
    assert to == "/start"
    assert code not in visitor.get("/start").text


@pytest.mark.parametrize(
    ("rules", "said", "unsaid"),
    [
        (Rules(), ["5 people or more", "Your organisation is not stored", "Every person counts"], ["Count me only"]),
        (Rules(k=8), ["8 people or more"], ["5 people"]),
        (
            ATTRIBUTED,
            [
                "shown to that organisation only",
                "server can read the results of every organisation",
                "Every organisation counts the same",
                "Count me only in the total",
            ],
            ["not stored"],
        ),
        (
            Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS),
            ["Everyone who may sign in sees the results of every organisation"],
            ["that organisation only", "server can read the results"],
        ),
        (OPEN_LEVEL, ["how many chose each answer", "by role"], ["Even somebody"]),
        (
            Rules(attribution=Attribution.OWN, breakdown=Breakdown.CHAPTERS),
            ["each chapter", "no results of its own"],
            [],
        ),
        (Rules(lens=Lens.PEOPLE, protection=Protection.GUARDED), ["cannot tell what you chose"], ["how many chose"]),
    ],
)
def test_the_first_page_promises_what_the_round_keeps(
    sqlite_url: str, rules: Rules, said: list[str], unsaid: list[str]
) -> None:
    world = make_world(sqlite_url, rules)
    page = words(world.visitor().post("/join", data={"code": world.code()}).text)
    assert "Harbour Alliance asks" in page
    assert "about 13 minutes" in page
    assert "sees your screen" in page
    assert "Who hands out the codes can find out whether your code was used, never what you answered." in page
    assert [sentence for sentence in said if sentence not in page] == []
    assert [sentence for sentence in unsaid if sentence in page] == []


@pytest.mark.parametrize(
    ("ends_on", "sample", "said"),
    [
        (date(2099, 12, 12), False, "closes by itself a week after its last day"),
        (None, False, "closes by itself half a year after it opened"),
        (None, True, None),
    ],
)
def test_the_first_page_says_when_answers_go_at_the_latest(
    sqlite_url: str, ends_on: date | None, sample: bool, said: str | None
) -> None:
    world = make_world(sqlite_url, sample=sample)
    with world.store.write() as session:
        session.get_one(Round, "spring").ends_on = ends_on
    page = words(world.visitor().post("/join", data={"code": world.code()}).text)
    assert ("closes by itself" in page) is (said is not None)
    assert said is None or said in page


def test_where_answers_count_for_an_organisation_one_must_be_picked(sqlite_url: str) -> None:
    world = make_world(sqlite_url, ATTRIBUTED)
    visitor = world.visitor()
    visitor.post("/join", data={"code": world.code()})
    for wrong in ({}, {"organisation": ""}, {"organisation": "elsewhere"}):
        refused = visitor.post("/start", data=wrong)
        assert (refused.status_code, "Pick your organisation" in refused.text) == (422, True)
    assert world.ballots() == []
    visitor.post("/start", data={"organisation": "org2"})
    assert world.ballots()[0].lies_in.organisation_id == "org2"


def test_a_code_of_an_organisation_says_so_and_asks_nothing(sqlite_url: str) -> None:
    world = make_world(sqlite_url, ATTRIBUTED)
    visitor = world.visitor()
    page = visitor.post("/join", data={"code": world.code(organisation="org1")})
    assert "Harbour Choir" in page.text
    assert "<select" not in page.text
    assert visitor.post("/start", data={"organisation": "org2"}).status_code == 422
    visitor.post("/start", data={"only_total": "yes"})
    assert (world.ballots()[0].lies_in.organisation_id, world.ballots()[0].only_total) == (None, True)


@pytest.mark.parametrize("wrong", [{"own_phone": "maybe"}, {"only_total": "yes"}, {"admin": "1"}])
def test_rubbish_on_the_first_page_takes_no_seat(small: World, wrong: dict[str, str]) -> None:
    visitor = small.visitor()
    visitor.post("/join", data={"code": small.code()})
    refused = visitor.post("/start", data=wrong)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert small.ballots() == []


@pytest.mark.parametrize(("choices", "kept"), [({}, False), ({"own_phone": "yes"}, True)])
def test_the_key_outlives_the_browser_on_ones_own_phone_only(small: World, choices: dict[str, str], kept: bool) -> None:
    visitor = small.visitor(follow_redirects=False)
    visitor.post("/join", data={"code": small.code()})
    cookies = visitor.post("/start", data=choices).headers.get_list("set-cookie")
    key = next(cookie for cookie in cookies if cookie.startswith("tend_ballot="))
    assert ("Max-Age" in key) == kept
    assert "HttpOnly" in key
    assert "SameSite=lax" in key
    assert "Secure" not in key


def test_behind_tls_the_key_travels_over_tls_only(small: World) -> None:
    safe = dataclasses.replace(small.settings, public_url="https://tend.example.org")
    world = dataclasses.replace(small, settings=safe)
    headers = {"origin": "https://tend.example.org"}
    visitor = TestClient(world.app(), base_url="https://tend.example.org", headers=headers, follow_redirects=False)
    visitor.post("/join", data={"code": world.code()})
    assert list(visitor.cookies) == ["__Host-tend_code"]
    begun = visitor.post("/start")
    assert "Secure" in begun.headers["set-cookie"]
    assert list(begun.cookies) == ["__Host-tend_ballot"]
    assert visitor.get("/answer/trust").status_code == 200
    assert "tend_" not in str(visitor.post("/forget").cookies)


def test_behind_tls_a_key_that_a_neighbour_of_our_domain_could_set_is_not_read(small: World) -> None:
    safe = dataclasses.replace(small.settings, public_url="https://tend.example.org")
    app, code = dataclasses.replace(small, settings=safe).app(), small.code()
    headers = {"origin": "https://tend.example.org"}
    visitor = TestClient(app, base_url="https://tend.example.org", headers=headers, follow_redirects=False)
    visitor.cookies["tend_code"] = f"{code}.{'A' * 26}"
    visitor.cookies["tend_ballot"] = small.joined().cookies["tend_ballot"]
    assert visitor.post("/start").headers["location"] == "/join"
    assert visitor.get("/answer/trust").headers["location"] == "/join"
    assert len(small.ballots()) == 1


def test_a_lost_answer_to_begin_costs_no_second_seat(small: World) -> None:
    code = small.code()
    visitor = small.visitor(follow_redirects=False)
    visitor.post("/join", data={"code": code})
    pending = visitor.cookies["tend_code"]
    first = visitor.post("/start").cookies["tend_ballot"]
    visitor.cookies.clear()
    visitor.cookies["tend_code"] = pending
    assert visitor.post("/start").cookies["tend_ballot"] == first
    visitor.cookies.clear()
    visitor.cookies["tend_code"] = pending
    assert visitor.get("/start").headers["location"] == "/answer"
    assert len(small.ballots()) == 1


def test_the_return_code_opens_the_same_ballot_on_another_device(small: World) -> None:
    phone = small.joined()
    phone.post("/answer/trust", data={"revision": "0", "trust.promises": "4"})
    shown = re.search(r'class="code">([A-Z2-7-]+)<', phone.get("/return").text)
    assert shown
    for address in ("/join", "/return"):
        laptop = small.visitor()
        assert laptop.post(address, data={"code": shown[1]}).url.path == "/answer/structure"
        assert 'value="4" checked' in laptop.get("/answer/trust").text


def test_an_unknown_return_code_is_refused_like_any_other(small: World) -> None:
    refused = small.visitor().post("/return", data={"code": new_token()})
    assert refused.status_code == 422
    assert "Return code" in refused.text


def test_who_has_begun_is_offered_to_go_on(small: World) -> None:
    visitor = small.joined()
    assert 'href="/answer"' in visitor.get("/join").text
    visitor.post("/join", data={"code": small.code()})
    assert "begun on this device" in visitor.get("/start").text


def test_a_forgotten_device_knows_nothing_and_the_ballot_stays(small: World) -> None:
    visitor = small.joined()
    assert "Show my return code" in visitor.get("/forget").text
    assert visitor.post("/forget").url.path == "/forgotten"
    assert "tend_ballot" not in visitor.cookies
    assert visitor.get("/review").url.path == "/join"
    assert len(small.ballots()) == 1


@pytest.mark.parametrize("address", ["/forget", "/withdraw"])
def test_a_device_that_forgets_does_not_keep_the_next_code_either(small: World, address: str) -> None:
    visitor = small.joined()
    visitor.post("/join", data={"code": small.code()})
    assert "tend_code" in visitor.cookies
    visitor.post(address)
    assert "tend_code" not in visitor.cookies
    assert visitor.get("/start").url.path == "/join"


@pytest.mark.parametrize(
    "address", ["/answer", "/answer/trust", "/review", "/mirror", "/withdraw", "/forget", "/start"]
)
def test_a_stranger_is_sent_to_the_code(small: World, address: str) -> None:
    stranger = small.visitor()
    assert stranger.get(address).url.path == "/join"
    stranger.cookies["tend_ballot"] = "rubbish"
    assert stranger.get(address).url.path == "/join"


@pytest.mark.parametrize("address", ["/answer", "/answer/trust", "/review", "/mirror", "/withdraw"])
def test_a_key_of_nothing_is_told_so(small: World, address: str) -> None:
    stranger = small.visitor()
    stranger.cookies["tend_ballot"] = new_token()
    told = stranger.get(address)
    assert (told.status_code, "nothing here to go on with" in told.text) == (410, True)


@pytest.mark.parametrize("address", ["/join", "/start", "/return", "/forget", "/send", "/withdraw", "/answer/trust"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(small: World, address: str, headers: dict[str, str]) -> None:
    visitor = small.joined()
    before = small.ballots()[0].revisions
    refused = visitor.post(address, data={"revision": "0", "trust.promises": "3"}, headers=headers)
    assert refused.status_code == 403
    assert small.ballots()[0].revisions == before


def test_a_language_that_the_round_offers_can_be_chosen(sqlite_url: str) -> None:
    world = make_world(sqlite_url, questionnaire=bilingual(core()))
    visitor = world.joined()
    arabic = visitor.get("/answer/trust?language=ar")
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert "لا أعرف" in visitor.get("/answer/structure").text
    switched = visitor.post("/answer/structure", data={"revision": "0", "structure.fit": "2", "language": "en"})
    assert 'dir="ltr"' in switched.text
    assert 'value="2" checked' in switched.text
    assert visitor.get("/answer/trust?language=xx").status_code == 200


def test_a_browser_is_met_in_its_own_language(sqlite_url: str) -> None:
    world = make_world(sqlite_url, questionnaire=bilingual(core()))
    page = world.joined().get("/answer/trust", headers={"accept-language": "de-CH, ar-EG;q=0.8, en;q=0.5"})
    assert '<html lang="ar" dir="rtl">' in page.text


def test_a_sample_is_marked_on_every_page(sqlite_url: str) -> None:
    world = make_world(sqlite_url, sample=True)
    stranger, visitor = world.visitor(), world.joined()
    visitor.post("/answer/trust", data={"revision": "0", "trust.promises": "3"})
    seen = [stranger.get(address).text for address in ("/join", "/return", "/forgotten", "/withdrawn")]
    seen += [visitor.get(a).text for a in ("/start", "/answer/trust", "/answer/power", "/review", "/return", "/forget")]
    seen += [visitor.post("/send").text, visitor.get("/withdraw").text, visitor.get("/answer/nowhere").text]
    seen += [visitor.post("/answer/trust", data={"revision": "0", "trust.promises": answer}).text for answer in "29"]
    world.close()
    seen += [visitor.get("/review").text, stranger.post("/join", data={"code": "unknown"}).text]
    assert all("A sample: invented people" in page for page in seen)


def test_the_key_in_the_cookie_is_stored_as_its_hash_only(small: World) -> None:
    visitor = small.joined()
    assert small.ballots()[0].key_hash == short_digest(visitor.cookies["tend_ballot"])
