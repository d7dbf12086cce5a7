"""Addresses that name a round and a measure: the screen opens at it, and says so where it cannot."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from assessment.alliance.values import Role
from tests.pages.conftest import Instance, Screen, words


def ways(at: AppTest) -> list[dict[str, list[str]]]:
    """Return what each link of the page itself asks for."""
    return [parse_qs(link.proto.query_string) for link in at.main.get("page_link")]


@pytest.mark.parametrize(
    ("name", "measure", "said"),
    [
        ("overview", "trust", "You look for: Trust"),
        ("change", "trust.safety", "Here it is part of: Trust"),
        ("groups", "trust", "You look for: Trust"),
        ("success", "wins", "You look for: Wins"),
        ("balance", "balance.process", "You look for: "),
        ("readings", "elements/grid", "You look for: Communications grid"),
        ("overview", "form.now", "Not on this screen: "),
        ("answers", "nonsense", "Spring 2026 asks nothing that is called “nonsense”. All of it is shown."),
    ],
)
def test_every_screen_says_what_an_address_looks_for(
    sample: Instance, screen: Screen, name: str, measure: str, said: str
) -> None:
    at = screen(sample, Role.VIEWER, name, measure=measure)
    assert not at.exception
    assert said in words(at)
    assert at.get("plotly_chart")


def test_answers_open_at_the_section_of_a_question_and_mark_it(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers", measure="trust.safety")
    assert [header.value for header in at.header] == ["Trust"]
    assert "<b>How safe is it here" in at.get("plotly_chart")[0].proto.spec.replace("\\u003c", "<").replace(
        "\\u003e", ">"
    )
    at.selectbox(key="section").select("Everything").run()
    assert len(at.header) > 5


def test_the_round_switch_keeps_the_measure_and_the_place(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers", measure="power.fair")
    at.selectbox(key="round").select("Autumn 2025").run()
    assert [header.value for header in at.header] == ["Power and fairness"]
    assert "You look for: " in words(at)
    assert "Autumn 2025" in words(at)
    kept = [parse_qs(link.proto.query_string) for link in at.sidebar.get("page_link")]
    assert all(query["measure"] == ["power.fair"] for query in kept)


def test_findings_and_dots_lead_to_their_answers(sample: Instance, screen: Screen) -> None:
    found = ways(screen(sample, Role.COORDINATOR))
    assert {"round": ["Spring 2026"], "measure": ["trust"]} in found
    assert any("." in query.get("measure", [""])[0] for query in found)
    assert any(query.get("promise") == ["new"] and query["measure"] == ["trust"] for query in found)


def test_parts_of_readings_and_promises_lead_to_their_answers(sample: Instance, screen: Screen) -> None:
    assert {"round": ["Spring 2026"], "measure": ["elements/grid"]} in ways(screen(sample, Role.VIEWER, "readings"))
    assert {"round": ["Spring 2026"], "measure": ["power.fair"]} in ways(screen(sample, Role.VIEWER, "commitments"))


def test_an_unknown_round_is_said_and_not_taken_for_the_newest(sample: Instance, screen: Screen) -> None:
    assert "There is no round called “Winter 1999”." in words(screen(sample, Role.VIEWER, round="Winter 1999"))
    assert "There is no round called" not in words(screen(sample, Role.VIEWER, round="Autumn 2025"))
