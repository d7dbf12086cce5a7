"""Codes on paper: made by a coordinator's post, shown once, never stored."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment import rounds, tokens
from assessment.alliance import accounts, organisations, sheet, sign_in
from assessment.alliance.values import Person, Role
from assessment.alliance.web import SIGN_IN
from assessment.disclosure.rules import Attribution, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.rounds import RoundError, RoundPlan
from assessment.settings import ROOT, Settings
from assessment.storage.engine import Store
from assessment.web.forms import Refused
from tests.alliance.world import BASE, set_up

CODE = re.compile(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{6}\b")
LIST = "Harbour Tenants;HT;3\nBus Riders;BR;2\nNight Nurses;NN;2"
GOOD = {"organisation": sheet.EACH, "kind": sheet.PERSONAL, "people": ""}


class Desk:
    """A coordinator with an open round and a browser."""

    def __init__(self, store: Store, listed: str = LIST) -> None:
        token = set_up(store)
        found = sign_in.find(store, token)
        assert found is not None
        self.store, self.person = store, found
        self.client = TestClient(Starlette(routes=sheet.routes(store, Settings(store.url, None, ROOT))), base_url=BASE)
        self.client.cookies.set(SIGN_IN, token)
        self.ids = organisations.add(store, found.alliance_id, organisations.read_pasted(listed))
        plan = RoundPlan("Spring", rules=Rules(attribution=Attribution.VISIBLE))
        asked = load_questionnaire(ROOT / "data" / "instruments" / "core")
        self.round_id = rounds.create_round(store, found.alliance_id, plan, asked)
        rounds.open_round(store, self.round_id)

    def post(self, fields: dict[str, str], origin: str | None = BASE) -> tuple[int, str]:
        headers = {"Origin": origin} if origin else {}
        fields = {"once": tokens.new_token()} | fields
        answer = self.client.post(f"/rounds/{self.round_id}/codes", data=fields, headers=headers)
        return answer.status_code, answer.text


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_every_person_of_every_organisation_gets_a_code_of_one_seat(desk: Desk) -> None:
    status, page = desk.post(GOOD)
    codes = CODE.findall(page)
    assert status == 200
    assert len(codes) == len(set(codes)) == 7
    assert page.count("for one person") == 7
    assert page.count("<svg") == 7


def test_a_shared_code_has_as_many_seats_as_people(desk: Desk) -> None:
    _, page = desk.post({"organisation": sheet.EACH, "kind": sheet.SHARED, "people": ""})
    assert len(CODE.findall(page)) == 3
    assert "for up to 3 people" in page


def test_one_organisation_and_nobody_in_particular_take_a_number(desk: Desk) -> None:
    _, theirs = desk.post({"organisation": desk.ids[0], "kind": sheet.PERSONAL, "people": "4"})
    _, anybody = desk.post({"organisation": sheet.NOBODY, "kind": sheet.SHARED, "people": "40"})
    assert len(CODE.findall(theirs)) == 4
    assert theirs.count("Harbour Tenants") == 4
    assert "for up to 40 people" in anybody


def test_a_printed_code_opens_a_ballot_and_only_its_hash_is_stored(desk: Desk) -> None:
    from sqlalchemy import select

    from assessment.storage.tables import Code

    _, page = desk.post({"organisation": desk.ids[0], "kind": sheet.PERSONAL, "people": "1"})
    typed = tokens.read_token(CODE.findall(page)[0])
    assert typed is not None
    with desk.store.read() as session:
        stored = session.scalars(select(Code)).all()
    assert [row.code_hash for row in stored] == [tokens.short_digest(typed)]
    assert typed not in page.replace(CODE.findall(page)[0], "")


def test_reloading_the_sheet_makes_no_second_set_of_codes(desk: Desk) -> None:
    press = GOOD | {"once": tokens.new_token()}
    assert len(CODE.findall(desk.post(press)[1])) == 7
    status, page = desk.post(press)
    assert (status, CODE.findall(page)) == (409, [])
    assert "were made already" in page
    assert len(CODE.findall(desk.post(GOOD)[1])) == 7


def test_a_press_that_made_nothing_can_be_sent_again(desk: Desk) -> None:
    presses = sheet.Presses()
    with pytest.raises(RoundError), presses.only_once("press"):
        raise RoundError("This round is a draft. Open it first.")
    with presses.only_once("press"):
        made = desk.post(GOOD)[0]
    assert made == 200
    with pytest.raises(Refused), presses.only_once("press"):
        raise AssertionError


def test_the_page_is_never_stored_and_asks_nobody_else(desk: Desk) -> None:
    fields = GOOD | {"once": tokens.new_token()}
    answer = desk.client.post(f"/rounds/{desk.round_id}/codes", data=fields, headers={"Origin": BASE})
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {**GOOD, "kind": "other"},
        {**GOOD, "organisation": "elsewhere"},
        {**GOOD, "organisation": sheet.NOBODY, "people": ""},
        {**GOOD, "organisation": sheet.NOBODY, "people": "0"},
        {**GOOD, "organisation": sheet.NOBODY, "people": "-1"},
        {**GOOD, "organisation": sheet.NOBODY, "people": "1e3"},
        {**GOOD, "organisation": sheet.NOBODY, "people": "٣"},
        {**GOOD, "organisation": sheet.NOBODY, "people": "9" * 5000},
        {**GOOD, "extra": "1"},
        {**GOOD, "once": ""},
        {**GOOD, "once": "1"},
    ],
)
def test_a_form_that_cannot_be_makes_no_code(desk: Desk, fields: dict[str, str]) -> None:
    status, page = desk.post(fields)
    assert status == 400
    assert not CODE.findall(page)


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    assert desk.post(GOOD, "http://evil.example")[0] == 403
    assert desk.post(GOOD, None)[0] == 403


def test_an_unknown_headcount_is_said(store: Store) -> None:
    status, page = Desk(store, LIST.replace("NN;2", "NN;")).post(GOOD)
    assert status == 400
    assert "how many people Night Nurses has" in page


def test_a_stranger_gets_no_code(desk: Desk) -> None:
    desk.client.cookies.clear()
    status, page = desk.post(GOOD)
    assert status == 403
    assert "Sign in first" in page


def test_who_may_only_read_gets_no_code(desk: Desk) -> None:
    assert refused(desk, Role.VIEWER, None)
    assert refused(desk, Role.READER, desk.ids[0])


def refused(desk: Desk, role: Role, organisation_id: str | None) -> bool:
    person: Person = desk.person
    email, password = f"{role}@example.org", "three blue lamps"
    accounts.create(
        desk.store, person.alliance_id, "Vi", email, role, organisation_id=organisation_id, password=password
    )
    desk.client.cookies.set(SIGN_IN, sign_in.start(desk.store, email, password))
    status, page = desk.post(GOOD)
    return status == 403 and not CODE.findall(page)


def test_a_closed_round_makes_no_codes(desk: Desk) -> None:
    rounds.destroy_round(desk.store, desk.round_id)
    status, page = desk.post(GOOD)
    assert status == 409
    assert "no such round" in page
