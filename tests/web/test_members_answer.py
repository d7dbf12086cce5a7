"""Answer, go back, look over, send, see the mirror, withdraw: without a script."""

from __future__ import annotations

import re

import pytest

from assessment.questionnaire.values import Section
from tests.collect.world import World

FIRST = {"round": "spring", "revision": "0", "then": "next"}


def answers(section: Section) -> dict[str, str]:
    return {q.id: "kept" if q.kind == "text" else "2" for q in section.questions}


def test_a_member_answers_everything_and_sends(world: World) -> None:
    visitor = world.joined()
    for section in world.questionnaire.sections:
        page = visitor.get(f"/answer/{section.key}")
        assert "checked" not in page.text.split("<main>")[1].split("</style>")[-1].split("<script>")[0]
        sent = visitor.post(f"/answer/{section.key}", data=FIRST | answers(section))
        assert sent.status_code == 200
    assert sent.url.path == "/review"
    assert visitor.post("/send").url.path == "/mirror"
    ballot = world.ballots()[0]
    assert ballot.sent
    assert set(ballot.answers) == {2}
    assert set(ballot.texts.values()) == {"kept"}


def test_next_and_back_both_save(small: World) -> None:
    visitor = small.joined()
    back = visitor.post("/answer/structure", data=FIRST | {"structure.fit": "3", "then": "back"})
    assert back.url.path == "/answer/trust"
    assert small.ballots()[0].answers[6] == 3
    assert visitor.post("/answer/trust", data=FIRST | {"then": "back"}).url.path == "/start"


def test_skipping_everything_is_allowed(small: World) -> None:
    visitor = small.joined()
    assert visitor.post("/answer/trust", data=FIRST).url.path == "/answer/structure"
    assert visitor.get("/answer").url.path == "/answer/structure"


def test_enter_in_a_form_without_a_button_means_next(small: World) -> None:
    visitor = small.joined()
    assert visitor.post("/answer/trust", data={"revision": "0"}).url.path == "/answer/structure"


def test_an_answer_can_be_taken_back_without_a_script(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "3", "trust.safety": "4"})
    typed = {"revision": "1", "trust.promises": "3", "trust.safety": "4", "clear": "trust.promises"}
    page = visitor.post("/answer/trust", data=typed)
    assert page.url.path == "/answer/trust"
    assert small.ballots()[0].answers[:3] == b"\x00\x00\x04"
    assert page.text.count(" checked") == 1


def test_the_same_save_twice_changes_nothing(small: World) -> None:
    visitor = small.joined()
    for _ in range(3):
        assert visitor.post("/answer/trust", data=FIRST | {"trust.promises": "3"}).url.path == "/answer/structure"
    assert small.ballots()[0].revisions[0] == 1


def test_a_stale_save_shows_both_versions_and_lets_one_choose(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5", "trust.ties": "dk"})
    stale = visitor.post("/answer/trust", data=FIRST | {"trust.promises": "1", "trust.ties": "dk"})
    assert stale.status_code == 409
    shown = re.search(r"On this page</b>(.*?)</div>.*Saved elsewhere</b>(.*?)</div>", stale.text, re.DOTALL)
    assert shown
    assert shown.groups() == ("Never", "Very often")
    assert small.ballots()[0].answers[0] == 5
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', stale.text))
    assert visitor.post("/answer/trust", data=hidden).status_code == 200
    assert small.ballots()[0].answers[:6] == b"\x01\x00\x00\x00\x00\xff"


@pytest.mark.parametrize("said", [{"revision": "0"}, {"revision": "rubbish"}, {"revision": ""}, {}])
def test_a_faulty_page_keeps_the_revision_on_which_it_was_typed(small: World, said: dict[str, str]) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    faulty = visitor.post("/answer/trust", data=said | {"trust.promises": "1", "trust.candour": "9"})
    assert faulty.status_code == 422
    revision = re.search(r'name="revision" value="([^"]*)"', faulty.text)
    assert revision
    assert revision[1] == "0"
    mended = visitor.post("/answer/trust", data={"revision": revision[1], "trust.promises": "1"})
    assert mended.status_code == 409
    assert "On this page</b>Never" in mended.text
    assert "Saved elsewhere</b>Very often" in mended.text
    assert small.ballots()[0].answers[0] == 5


def test_a_faulty_page_typed_on_what_is_stored_can_be_mended(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    faulty = visitor.post("/answer/trust", data={"revision": "1", "trust.promises": "9"})
    assert 'name="revision" value="1"' in faulty.text
    assert visitor.post("/answer/trust", data={"revision": "1", "trust.promises": "4"}).status_code == 200
    assert small.ballots()[0].answers[0] == 4


def test_our_script_is_told_where_to_go_without_a_page(small: World) -> None:
    visitor = small.joined()
    saved = visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"}, headers={"Tend-Script": "1"})
    assert (saved.status_code, saved.content) == (204, b"")
    assert (saved.headers["tend-next"], saved.headers["tend-revision"]) == ("/answer/structure", "1")


def test_an_empty_ballot_cannot_be_sent(small: World) -> None:
    visitor = small.joined()
    refused = visitor.post("/send")
    assert refused.status_code == 422
    assert "Answer at least one question" in refused.text
    assert not small.ballots()[0].sent


def test_a_sent_ballot_can_still_be_edited(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    visitor.post("/send")
    visitor.post("/answer/trust", data={"revision": "1", "trust.promises": "2"})
    ballot = small.ballots()[0]
    assert (ballot.sent, ballot.answers[0]) == (True, 2)
    assert "are sent" in visitor.get("/review").text


def test_clearing_the_last_sent_answer_is_refused_in_words(small: World) -> None:
    visitor = small.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    visitor.post("/send")
    refused = visitor.post("/answer/trust", data={"revision": "1", "trust.promises": "5", "clear": "trust.promises"})
    assert refused.status_code == 422
    assert "this would leave none" in refused.text
    assert 'value="5" checked' in refused.text
    assert visitor.post("/answer/trust", data={"revision": "1"}).status_code == 422
    assert (small.ballots()[0].sent, small.ballots()[0].answers[0]) == (True, 5)


def test_the_mirror_shows_ones_own_averages_where_half_was_answered(small: World) -> None:
    visitor = small.joined()
    trust = {"trust.promises": "5", "trust.candour": "4", "trust.safety": "2", "trust.ties": "dk"}
    visitor.post("/answer/trust", data=FIRST | trust)
    visitor.post("/answer/structure", data=FIRST | {"structure.fit": "1"})
    visitor.post("/answer/balance", data=FIRST | {"balance.process": "4"})
    mirror = visitor.post("/send").text
    assert re.search(r"<span>Trust</span><b>3\.7</b>", mirror)
    assert "Structure and decisions" not in mirror
    assert "<dd>Too much</dd>" in mirror


def test_the_mirror_comes_after_sending_only(small: World) -> None:
    assert small.joined().get("/mirror").url.path == "/review"


def test_withdrawing_deletes_everything(world: World) -> None:
    visitor = world.joined()
    visitor.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    visitor.post("/send")
    assert "new one" in visitor.get("/withdraw").text
    assert visitor.post("/withdraw").url.path == "/withdrawn"
    assert world.ballots() == []
    assert visitor.get("/review").url.path == "/join"


def test_written_answers_come_back_as_they_were_and_never_as_markup(small: World) -> None:
    visitor = small.joined()
    text = "<script>alert(1)</script>\n\"we\" & 'they' {{ 7*7 }}"
    visitor.post("/answer/words", data=FIRST | {"words.keep": text})
    assert small.ballots()[0].texts == {"words.keep": text}
    for address in ("/answer/words", "/review"):
        page = visitor.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert "49" not in page.split("words.keep")[-1].split("</textarea>")[0]


def test_two_people_never_see_each_others_answers(small: World) -> None:
    one, other = small.joined(), small.joined()
    one.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    assert "checked" not in other.get("/answer/trust").text.split("<main>")[1].split("<script>")[0]
    assert other.get("/answer").url.path == "/answer/trust"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


@pytest.mark.parametrize("answered", [False, True])
def test_a_page_that_somebody_left_open_saves_nothing_into_the_next_persons_answers(
    small: World, answered: bool
) -> None:
    one = small.joined()
    if answered:
        one.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    left_open, own_key = hidden(one.get("/answer/trust").text), one.cookies["tend_ballot"]
    one.cookies.clear()
    one.cookies["tend_ballot"] = small.joined().cookies["tend_ballot"]
    before = [(b.key_hash, b.answers, b.revisions) for b in small.ballots()]
    typed = left_open | {"revision": "0", "trust.promises": "2"}
    refused = one.post("/answer/trust", data=typed)
    assert refused.status_code == 403
    assert "somebody else’s answers" in refused.text
    assert 'value="2" checked' in refused.text
    assert [(b.key_hash, b.answers, b.revisions) for b in small.ballots()] == before
    one.cookies.clear()
    one.cookies["tend_ballot"] = own_key
    again = one.post("/answer/trust", data=hidden(refused.text) | {"trust.promises": "2"})
    assert again.status_code == (409 if answered else 200)


@pytest.mark.parametrize(
    ("page", "address"), [("/review", "/send"), ("/withdraw", "/withdraw"), ("/forget", "/forget")]
)
def test_a_page_left_open_neither_sends_nor_deletes_nor_forgets_the_next_persons_answers(
    small: World, page: str, address: str
) -> None:
    one, next_one = small.joined(), small.joined()
    next_one.post("/answer/trust", data=FIRST | {"trust.promises": "5"})
    left_open = hidden(one.get(page).text)
    one.cookies.clear()
    one.cookies["tend_ballot"] = next_one.cookies["tend_ballot"]
    refused = one.post(address, data=left_open)
    assert (refused.status_code, "somebody else’s answers" in refused.text) == (403, True)
    assert [b.sent for b in small.ballots()] == [False, False]
    assert one.get("/answer/trust").status_code == 200


def test_forgetting_twice_is_no_trouble(small: World) -> None:
    visitor = small.joined()
    form = hidden(visitor.get("/forget").text)
    assert [visitor.post("/forget", data=form).url.path for _ in range(2)] == ["/forgotten", "/forgotten"]


def test_a_blank_page_in_memory_is_bound_to_each_person(small: World) -> None:
    pages = [small.joined().get("/answer/trust").text for _ in range(2)]
    marks = {hidden(page)["whose"] for page in pages}
    assert len(marks) == 2
    assert "anybody" not in pages[0]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(small: World, method: str) -> None:
    assert getattr(small.joined(), method)("/answer/trust").status_code == 405


def test_a_section_that_does_not_exist_is_told_so(small: World) -> None:
    visitor = small.joined()
    assert visitor.get("/answer/nowhere").status_code == 404
    assert visitor.post("/answer/nowhere", data=FIRST).status_code == 404
