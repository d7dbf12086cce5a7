"""The overview: its story, its gaps, and what it shows when there is nothing to show."""

from __future__ import annotations

from assessment import rounds
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft, Role
from assessment.rounds import RoundPlan
from assessment.ui.rounds import core
from tests.pages.conftest import Instance, Screen, words


def test_the_title_and_the_findings_tell_the_samples_story(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER)
    said = words(at)
    assert at.title[0].value.startswith("Strongest")
    assert "Small organisations" in at.title[0].value
    assert "Trust went up" in said
    assert "Wins run ahead of the power we build" in said
    assert "We are split: how should we be steered for the work ahead?" in said


def test_a_chart_has_an_alternative_text_a_table_and_a_download(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER)
    chart = at.get("plotly_chart")[0].proto
    assert chart.alt.startswith("Dot plot of 9 averages from 1 to 5")
    assert len(at.table[0].value) == 9
    labels = [button.proto.label for button in at.get("download_button")]
    assert labels == ["Download as CSV", "Save the picture"]


def test_the_first_round_is_one_choice_away_and_compared_with_nothing(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER)
    at.selectbox(key="round").select(at.selectbox(key="round").options[2]).run()
    assert not at.exception
    assert "since" not in words(at)


def test_the_address_names_the_round(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, round="Autumn 2025")
    assert "since Spring 2025" in words(at)


def test_an_open_round_shows_no_result_of_any_kind(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.COORDINATOR)
    options = at.selectbox(key="round").options
    at.selectbox(key="round").select(next(o for o in options if o.endswith("(open)"))).run()
    assert at.title[0].value == "Autumn 2026 is open"
    assert "Counted in steps of five" in words(at)
    assert not at.get("plotly_chart")
    assert not at.table


def test_before_the_first_round_a_coordinator_is_shown_the_way_to_it(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER)
    assert at.title[0].value == "Nothing has been asked yet"
    wanted = ":violet[Prepare the first round]"
    assert wanted in [link.value for link in at.page_link]
    assert wanted not in [link.value for link in screen(fresh, Role.VIEWER).page_link]


def test_a_draft_is_shown_to_nobody_here(fresh: Instance, screen: Screen) -> None:
    organisations.add(fresh.store, fresh.alliance_id, [OrganisationDraft("Harbour Tenants", headcount=9)])
    rounds.create_round(fresh.store, fresh.alliance_id, RoundPlan("Spring"), core())
    assert screen(fresh, Role.OWNER).title[0].value == "Nothing has been asked yet"
