"""Scores of persons: half rule, reversing, axes, and whole numbers behind them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.questionnaire.measures import measures
from assessment.statistics.scoring import answered, fewest, oriented, reversed_codes, score
from tests.statistics.worlds import codes, points, questionnaire, seeds


def test_the_worked_example_scores_persons_by_the_half_rule() -> None:
    form = questionnaire(sizes=(4,))
    given_codes = np.array([[4, 5, 0, 4], [2, 0, 0, 3], [5, 0, 0, 0], [3, 3, 4, 2]], np.uint8)
    scores = score(form, np.hstack([given_codes, np.zeros((4, 2), np.uint8)]))
    np.testing.assert_allclose(scores.of("d0"), [13 / 3, 2.5, np.nan, 3.0])


@pytest.mark.parametrize(("questions", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (8, 4)])
def test_half_of_the_questions_and_two_from_three_on_make_a_score(questions: int, needed: int) -> None:
    form = questionnaire(sizes=(questions,))
    one_by_one = np.zeros((questions + 1, questions + 2), np.uint8)
    for person in range(questions + 1):
        one_by_one[person, :person] = 3
    missing = np.isnan(score(form, one_by_one).of("d0"))
    assert fewest(questions) == needed
    assert missing.tolist() == [person < needed for person in range(questions + 1)]


def test_cannot_say_is_never_a_middle() -> None:
    form = questionnaire(sizes=(2,))
    assert score(form, np.array([[255, 1, 255, 255]], np.uint8)).of("d0").tolist() == [1.0]


@given(points, st.lists(st.sampled_from([0, 255, 1, 2]), min_size=1))
def test_reversing_twice_is_the_identity(scale: int, row: list[int]) -> None:
    once = reversed_codes(np.array(row, np.uint8), scale)
    assert reversed_codes(once, scale).tolist() == row
    assert answered(once).tolist() == answered(np.array(row, np.uint8)).tolist()


@given(points, seeds)
def test_a_reversed_question_counts_from_the_other_end(scale: int, seed: int) -> None:
    straight, turned = questionnaire(scale), questionnaire(scale, reverse=True)
    drawn = codes(straight, 12, seed)
    mirrored = drawn.copy()
    for q in turned.coded:
        if q.reverse:
            mirrored[:, turned.position[q.id]] = reversed_codes(drawn[:, turned.position[q.id]], scale)
    np.testing.assert_array_equal(score(turned, mirrored).numerators, score(straight, drawn).numerators)


@given(points, seeds)
def test_every_score_is_the_exact_mean_of_the_valid_answers(scale: int, seed: int) -> None:
    form = questionnaire(scale)
    drawn = codes(form, 8, seed)
    scores = score(form, drawn)
    for column, measure in enumerate(scores.measures):
        for person in range(8):
            expected = _exact(form, measures(form), measure.id, drawn[person])
            found = int(scores.numerators[person, column])
            assert (None if found == -1 else Fraction(found, scores.units[column])) == expected


def _exact(form, listed, measure_id, row):  # type: ignore[no-untyped-def]
    measure = next(m for m in listed if m.id == measure_id)
    if measure.components:
        cells = [c for c in (_exact(form, listed, cell, row) for cell in measure.components) if c is not None]
        return sum(cells, Fraction()) / len(cells) if cells else None
    valid = [int(row[form.position[q]]) for q in measure.questions if row[form.position[q]] not in (0, 255)]
    return Fraction(sum(valid), len(valid)) if len(valid) >= fewest(len(measure.questions)) else None


def test_an_axis_needs_one_cell_only() -> None:
    form = questionnaire(sizes=(2, 2))
    rows = np.array([[4, 4, 1, 2, 0, 0], [4, 4, 0, 0, 0, 0], [0, 0, 2, 2, 0, 0], [0, 0, 0, 0, 0, 0]], np.uint8)
    np.testing.assert_allclose(score(form, rows).of("frame/axis"), [2.75, 4, 2, np.nan])


def test_choices_and_two_sided_questions_are_measures_of_their_own() -> None:
    form = questionnaire(sizes=(2,))
    scores = score(form, np.array([[5, 5, 1, 3]], np.uint8))
    assert scores.of("balance").tolist() == [1]
    assert scores.of("role").tolist() == [3]
    assert scores.of("d0").tolist() == [5]


def test_a_code_above_the_scale_is_refused_by_name() -> None:
    form = questionnaire(points=4, sizes=(1,))
    with pytest.raises(ValueError, match=r"d0\.0"):
        oriented(np.array([[5, 0, 0]], np.uint8), form.coded)


def test_a_matrix_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        score(questionnaire(), np.zeros((3, 2), np.uint8))


def test_long_dimensions_are_rounded_by_less_than_a_thousandth_of_a_tenth() -> None:
    form = questionnaire(sizes=(31,))
    drawn = codes(form, 500, 7)
    valid = answered(drawn[:, :31])
    expected = np.where(valid, drawn[:, :31], 0).sum(axis=1) / valid.sum(axis=1)
    expected[valid.sum(axis=1) < 16] = np.nan
    np.testing.assert_allclose(score(form, drawn).of("d0"), expected, atol=2e-5)
