"""What can be measured: questions, dimensions, parts and axes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.measures import Measure, alias, measures
from assessment.settings import ROOT
from tests.questionnaire.small import write_small


@pytest.fixture
def small(tmp_path: Path) -> dict[str, Measure]:
    return {m.id: m for m in measures(load_questionnaire(write_small(tmp_path)))}


def test_every_coded_question_is_a_measure_and_no_text_is(small: dict[str, Measure]) -> None:
    questions = [m.id for m in small.values() if m.kind == "question"]
    assert questions[0] == "trust.promises"
    assert "form.now" in questions
    assert "words.keep" not in questions


def test_two_sided_questions_and_spectra_have_no_dimension_average(small: dict[str, Measure]) -> None:
    assert {m.id for m in small.values() if m.kind == "dimension"} == {"trust", "value"}


def test_points_follow_the_scale_and_choices_are_counted(small: dict[str, Measure]) -> None:
    assert (small["value"].points, small["steer.now"].points, small["energy.meetings"].points) == (4, 11, 3)
    assert (small["you.role"].points, small["you.role"].choice, small["you.role"].best) == (3, True, "none")


def test_a_part_of_one_question_is_that_question(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(write_small(tmp_path))
    promise, kinds = questionnaire.readings[0].parts
    assert alias(questionnaire, measures(questionnaire), "look", promise) == "trust.promises"
    assert alias(questionnaire, measures(questionnaire), "look", kinds) is None


def test_an_axis_averages_its_cells_not_their_questions() -> None:
    core = load_questionnaire(ROOT / "data" / "instruments" / "core")
    change = next(m for m in measures(core) if m.id == "tattersall/social_change")
    assert change.components == ("wins", "climate")
    assert len(change.questions) == 6


def test_words_of_a_reversed_question_are_turned_round_as_its_counts_are(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(write_small(tmp_path))
    texts = questionnaire.texts["en"]
    assert texts.counted(questionnaire.by_id["trust.promises"])[0] == "Never"
    assert texts.counted(questionnaire.by_id["trust.hidden"])[0] == "Very often"
    assert texts.counted(questionnaire.by_id["form.now"]) == ("Loose", "Close")
