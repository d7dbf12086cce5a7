"""Questions to talk about: one for everything that is shown, short enough for the back row."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from assessment.disclosure.values import Verdict
from assessment.findings.discussion import OF_A_SHAPE, QUESTIONS, Topic, part_question, question
from assessment.findings.standouts import standouts
from assessment.questionnaire.values import Part, Reading, Shape
from tests.published import QUESTIONNAIRE, average, change, result, told

MOST_WORDS = 20


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_one_short_question(topic: Topic) -> None:
    asked = question(topic)
    assert asked.count("?") >= 1
    assert asked.endswith("?")
    assert asked.count("?") == 1
    assert len(asked.split()) <= MOST_WORDS


def test_no_two_topics_ask_the_same() -> None:
    assert len(set(QUESTIONS.values())) == len(QUESTIONS)


def test_every_shape_of_a_reading_has_its_question() -> None:
    assert set(OF_A_SHAPE) == set(get_args(Shape))


@pytest.mark.parametrize("reading", QUESTIONNAIRE.readings, ids=lambda reading: reading.key)
def test_every_part_that_we_ship_has_a_question_of_its_own(reading: Reading) -> None:
    asked = [part.discuss for part in reading.parts]
    assert all(one.endswith("?") and len(one.split()) <= MOST_WORDS for one in asked)
    assert len(set(asked)) == len(asked)


def test_a_part_without_a_question_takes_the_one_of_its_shape() -> None:
    reading = QUESTIONNAIRE.readings[1]
    quiet: Part = replace(reading.parts[0], discuss="")
    assert part_question(reading, quiet) == OF_A_SHAPE[reading.shape]
    assert part_question(reading, reading.parts[0]) == reading.parts[0].discuss


def test_a_finding_brings_its_question_and_its_measure() -> None:
    shown = told(result("trust", average(3.8), changes=(change(Verdict.UP, 3.1),)))
    found = standouts(shown)[0]
    assert (found.measure, found.topic, found.discuss) == ("trust", Topic.UP, QUESTIONS[Topic.UP])
