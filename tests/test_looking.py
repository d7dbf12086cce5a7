"""Where a measure that an address names stands on a screen, and what is said where it does not."""

from __future__ import annotations

import pytest

from assessment.findings.looking import LONGEST, look, questions_behind
from tests.published import QUESTIONNAIRE, whole_round

ROUND = whole_round({})
DIMENSIONS = tuple(r.measure for r in ROUND.dimensions)


def test_a_measure_with_a_row_of_its_own_is_marked() -> None:
    found = look(ROUND, "trust", DIMENSIONS)
    assert (found.rows, found.said, found.known) == ({"trust"}, "You look for: Trust", True)


def test_a_question_is_found_in_its_dimension_and_a_dimension_in_its_questions() -> None:
    assert look(ROUND, "trust.safety", DIMENSIONS).rows == {"trust"}
    asked = [q.id for q in QUESTIONNAIRE.coded]
    assert look(ROUND, "trust", asked).rows == {q.id for q in QUESTIONNAIRE.questions if q.dimension == "trust"}


@pytest.mark.parametrize("measure", ["elements/grid", "tattersall/social_change", "tattersall/wins", "form/form"])
def test_parts_and_axes_of_readings_rest_on_questions(measure: str) -> None:
    behind = questions_behind(ROUND, measure)
    assert behind
    assert look(ROUND, measure, behind).rows == behind


@pytest.mark.parametrize("measure", ["nonsense", "trust.nothing", "elements/nothing", "/", "<b>x</b>"])
def test_an_unknown_measure_is_named_and_never_taken_for_everything(measure: str) -> None:
    found = look(ROUND, measure, DIMENSIONS)
    assert (found.rows, found.known) == (frozenset(), False)
    assert f"asks nothing that is called “{measure}”" in found.said


def test_a_long_name_is_not_repeated_at_length() -> None:
    assert len(look(ROUND, "x" * 5000, DIMENSIONS).said) < LONGEST + 80


def test_a_measure_without_a_row_here_is_said_to_stand_elsewhere() -> None:
    found = look(ROUND, "form.now", DIMENSIONS)
    assert (found.rows, found.known) == (frozenset(), True)
    assert found.said.startswith("Not on this screen: ")


@pytest.mark.parametrize("measure", [None, ""])
def test_an_address_without_a_measure_asks_for_nothing(measure: str | None) -> None:
    assert look(ROUND, measure, DIMENSIONS) == (frozenset(), "", False)
