"""The screen of rounds: from a plan to a sealed round, each step said plainly."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessment import rounds
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft, Role
from assessment.disclosure.rules import Attribution, Breakdown, Protection
from assessment.reports import links
from assessment.rounds import ImportedBallot, RoundPlan, State
from assessment.rounds.sealing import seal
from assessment.ui import round_words
from assessment.ui.rounds import core
from tests.pages.conftest import Instance, Screen, words


@pytest.fixture
def joined(fresh: Instance) -> Instance:
    """An alliance of three organisations of eight people each."""
    drafts = [OrganisationDraft(name, headcount=8) for name in ("Harbour Tenants", "Bus Riders", "Night Nurses")]
    organisations.add(fresh.store, fresh.alliance_id, drafts)
    return fresh


def planned(at: AppTest, name: str) -> AppTest:
    at.text_input(key="new round name").set_value(name)
    return at.button(key="new round submit").click().run()


def only_round(instance: Instance) -> rounds.RoundView:
    found = rounds.list_rounds(instance.store, instance.alliance_id)
    assert len(found) == 1
    return found[0]


def test_a_plan_becomes_a_draft_with_what_was_chosen(joined: Instance, screen: Screen) -> None:
    at = screen(joined, Role.COORDINATOR, "rounds")
    at.radio(key="new round attribution").set_value(Attribution.VISIBLE)
    at.radio(key="new round breakdown").set_value(Breakdown.ORGANISATIONS)
    at.radio(key="new round protection").set_value(Protection.OPEN)
    at.number_input(key="new round k").set_value(6)
    planned(at, "Spring 2027")
    plan = only_round(joined).plan
    assert (plan.name, plan.rules.k, plan.rules.k_text) == ("Spring 2027", 6, 12)
    assert (plan.rules.attribution, plan.rules.breakdown) == (Attribution.VISIBLE, Breakdown.ORGANISATIONS)
    assert plan.rules.protection is Protection.OPEN
    assert "Spring 2027 is a draft" in words(at)


def test_every_setting_says_what_it_costs_and_gains(joined: Instance, screen: Screen) -> None:
    at = screen(joined, Role.COORDINATOR, "rounds")
    for key, offered in (
        ("length", round_words.LENGTHS),
        ("attribution", round_words.ATTRIBUTIONS),
        ("breakdown", round_words.BREAKDOWNS),
        ("lens", round_words.LENSES),
        ("protection", round_words.PROTECTIONS),
    ):
        captions = list(at.radio(key=f"new round {key}").proto.captions)
        assert captions == [cost for _, cost in offered.values()]


def test_a_plan_that_cannot_be_is_refused_in_words_and_nothing_is_stored(joined: Instance, screen: Screen) -> None:
    at = screen(joined, Role.COORDINATOR, "rounds")
    at.radio(key="new round breakdown").set_value(Breakdown.CHAPTERS)
    planned(at, "")
    assert "Write a name." in words(at)
    assert "Without organisations there are no chapters" in words(at)
    assert not rounds.list_rounds(joined.store, joined.alliance_id)
    assert not at.exception


def test_a_last_day_is_kept_and_what_is_no_day_is_refused(joined: Instance, screen: Screen) -> None:
    at = screen(joined, Role.COORDINATOR, "rounds")
    at.text_input(key="new round end").set_value("31 May")
    planned(at, "Spring 2090")
    assert "is no day" in words(at)
    assert not rounds.list_rounds(joined.store, joined.alliance_id)
    at.text_input(key="new round end").set_value("2090-05-31")
    planned(at, "Spring 2090")
    assert only_round(joined).plan.ends_on == date(2090, 5, 31)


def test_a_draft_opens_and_its_plan_is_shown_as_a_promise(joined: Instance, screen: Screen) -> None:
    at = planned(screen(joined, Role.COORDINATOR, "rounds"), "Spring 2027")
    at.button(key=f"open {only_round(joined).id}").click().run()
    assert only_round(joined).state == State.OPEN
    assert at.title[0].value == "Spring 2027 is open"
    assert "Fewer than 5 of 24 people have answered so far" in words(at)


def test_a_draft_can_be_changed_and_deleted(joined: Instance, screen: Screen) -> None:
    at = planned(screen(joined, Role.COORDINATOR, "rounds"), "Spring 2027")
    key = f"plan {only_round(joined).id}"
    at.text_input(key=f"{key} name").set_value("Summer 2027")
    at.button(key=f"{key} submit").click().run()
    assert only_round(joined).name == "Summer 2027"
    at.button(key=f"delete {only_round(joined).id}").click().run()
    assert not rounds.list_rounds(joined.store, joined.alliance_id)


def test_a_round_without_enough_organisations_says_what_to_do(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "rounds")
    at.radio(key="new round attribution").set_value(Attribution.OWN)
    planned(at, "Spring 2027")
    at.button(key=f"open {only_round(fresh).id}").click().run()
    assert "Add organisations" in words(at)
    assert only_round(fresh).state == State.DRAFT


def opened(instance: Instance, answers: int) -> str:
    round_id = rounds.create_round(instance.store, instance.alliance_id, RoundPlan("Spring 2027"), core())
    rounds.open_round(instance.store, round_id)
    values = {q.id: "4" for q in core().coded if q.scale}
    rounds.import_ballots(instance.store, round_id, [ImportedBallot(values) for _ in range(answers)])
    return round_id


def test_progress_is_told_in_steps_of_five(joined: Instance, screen: Screen) -> None:
    opened(joined, 14)
    said = words(screen(joined, Role.COORDINATOR, "rounds"))
    assert "At least 10 of 24 people have answered so far. Counted in steps of five." in said
    assert "14" not in said


def test_sealing_warns_asks_and_then_shows_the_results(joined: Instance, screen: Screen) -> None:
    round_id = opened(joined, 13)
    at = screen(joined, Role.COORDINATOR, "rounds")
    assert round_words.SEALING in [warning.value for warning in at.warning]
    assert at.button(key=f"seal {round_id}").disabled
    at.checkbox(key=f"seal {round_id} sure").check().run()
    at.button(key=f"seal {round_id}").click().run()
    assert not at.exception
    assert only_round(joined).state == State.SEALED
    assert "Spring 2027 is sealed. Its results are on the overview." in words(at)
    overview = screen(joined, Role.VIEWER)
    assert overview.get("plotly_chart")
    assert "13 of 24 people answered" in words(overview)


def test_destroying_warns_asks_and_leaves_nothing(joined: Instance, screen: Screen) -> None:
    round_id = opened(joined, 6)
    at = screen(joined, Role.COORDINATOR, "rounds")
    at.checkbox(key=f"destroy {round_id} sure").check().run()
    at.button(key=f"destroy {round_id}").click().run()
    assert not rounds.list_rounds(joined.store, joined.alliance_id)
    assert "destroyed" in words(at)


def test_results_are_shared_by_a_link_that_is_shown_once_and_withdrawn(joined: Instance, screen: Screen) -> None:
    round_id = opened(joined, 13)
    seal(joined.store, round_id)
    at = screen(joined, Role.COORDINATOR, "rounds")
    assert "Members have no account." in words(at)
    at.button(key=f"share {round_id}").click().run()
    assert not at.exception
    token = at.code[0].value.rsplit("/results/", 1)[1]
    found = links.find(joined.store, token)
    assert found is not None
    assert found.round_id == round_id
    again = screen(joined, Role.COORDINATOR, "rounds")
    assert not again.code
    assert "Shared since" in words(again)
    again.button(key=f"withdraw {round_id}").click().run()
    assert "is withdrawn" in words(again)
    assert links.find(joined.store, token) is None
