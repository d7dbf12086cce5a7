"""The screen of answers: every question, by section."""

from __future__ import annotations

from assessment.alliance.values import Role
from assessment.ui.rounds import core
from tests.pages.conftest import Instance, Screen, words


def test_every_section_and_every_rating_is_there(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers")
    questionnaire = core()
    titles = [header.value.replace("\\", "") for header in at.header]
    assert [questionnaire.texts["en"].section[s.key].title for s in questionnaire.sections] == titles[2:]
    drawn = " ".join(chart.proto.alt for chart in at.get("plotly_chart"))
    for question in questionnaire.coded:
        assert questionnaire.texts["en"].question[question.id] in drawn


def test_the_title_says_where_we_are_split(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers")
    assert at.title[0].value.replace("\\", "") == "We are split: how should we be steered for the work ahead?"
    assert "Where we are furthest apart" in words(at)
    assert "Where we are closest" in words(at)


def test_one_section_can_be_picked(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers")
    at.selectbox(key="section").select("Power and fairness").run()
    assert [header.value for header in at.header] == ["Power and fairness"]
    assert len(at.get("plotly_chart")) == 1


def test_an_address_names_a_section(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "answers", section="Power and fairness")
    assert [header.value for header in at.header] == ["Power and fairness"]


def test_written_answers_are_counted_and_never_shown(sample: Instance, screen: Screen) -> None:
    said = words(screen(sample, Role.COORDINATOR, "answers"))
    assert "people wrote something." in said
