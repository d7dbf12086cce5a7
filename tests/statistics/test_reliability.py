"""Alpha and omega against published values and a second computation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from assessment.statistics.reliability import Hanging, alpha, covariances, hanging, items, omega, one_factor
from tests.statistics.cronbach import PINGOUIN, WITH_GAPS


def test_missing_answers_are_left_out_pair_by_pair() -> None:
    found = alpha(WITH_GAPS)
    assert found.value == pytest.approx(0.732660835214447)
    assert (round(found.low, 3), round(found.high, 3)) == (0.435, 0.909)


def test_covariances_are_those_of_the_people_who_answered_both() -> None:
    found = covariances(WITH_GAPS)
    both = ~np.isnan(WITH_GAPS[:, 0]) & ~np.isnan(WITH_GAPS[:, 2])
    assert found[0, 2] == pytest.approx(np.cov(WITH_GAPS[both, 0], WITH_GAPS[both, 2])[0, 1])
    np.testing.assert_allclose(covariances(PINGOUIN), np.cov(PINGOUIN.T))


def test_a_question_that_everybody_answers_alike_is_dropped() -> None:
    answers = np.column_stack([PINGOUIN, np.full(15, 3.0)])
    assert alpha(answers).dropped == (10,)
    assert alpha(answers).value == alpha(PINGOUIN).value
    assert omega(answers) == pytest.approx(omega(PINGOUIN))


def test_a_question_that_nobody_answered_leaves_the_others_alone() -> None:
    found, plain = items(np.column_stack([PINGOUIN, np.full(15, np.nan)])), items(PINGOUIN)
    assert [i.rest for i in found[:10]] == pytest.approx([i.rest for i in plain])
    assert (found[10].people, np.isnan(found[10].rest)) == (0, True)


def test_a_question_is_set_against_the_sum_of_the_others() -> None:
    others = np.delete(PINGOUIN, 3, axis=1).sum(axis=1)
    assert items(PINGOUIN)[3].rest == pytest.approx(np.corrcoef(PINGOUIN[:, 3], others)[0, 1])


def one_factor_answers(loadings: list[float], people: int = 4000) -> np.ndarray:
    """Draw answers of one factor."""
    random = np.random.default_rng(3)
    own = np.sqrt(1 - np.square(loadings))
    return random.normal(size=(people, 1)) * loadings + random.normal(size=(people, len(loadings))) * own


def test_omega_finds_the_factor_that_made_the_answers() -> None:
    loadings = [0.8, 0.7, 0.6, 0.5]
    answers = one_factor_answers(loadings)
    np.testing.assert_allclose(one_factor(np.corrcoef(answers.T)), loadings, atol=0.04)
    expected = sum(loadings) ** 2 / (sum(loadings) ** 2 + sum(1 - x**2 for x in loadings))
    assert omega(answers) == pytest.approx(expected, abs=0.02)


def test_loadings_are_those_of_the_full_likelihood() -> None:
    r = np.corrcoef(one_factor_answers([0.8, 0.7, 0.6, 0.5, 0.4], 200).T)

    def misfit(parameters: np.ndarray) -> float:
        loadings, own = np.split(parameters, 2)
        implied = np.outer(loadings, loadings) + np.diag(own)
        return float(np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, r)))

    bounds = [(-1, 1)] * 5 + [(0.005, 1)] * 5
    found = optimize.minimize(misfit, np.full(10, 0.5), bounds=bounds, tol=1e-12).x[:5]
    np.testing.assert_allclose(one_factor(r), found, atol=1e-3)


def test_omega_does_not_mind_the_sign_of_the_factor() -> None:
    assert one_factor(np.corrcoef(PINGOUIN.T)).sum() >= 0


def test_two_questions_have_alpha_only() -> None:
    two = PINGOUIN[:, :2]
    assert np.isfinite(alpha(two).value)
    assert np.isnan(omega(two))


def test_one_question_has_neither() -> None:
    assert np.isnan(alpha(PINGOUIN[:, :1]).value)
    assert np.isnan(alpha(np.zeros((0, 4))).value)


def test_contradicting_questions_are_told_apart() -> None:
    answers = one_factor_answers([0.9, 0.9], 60) * [1, -1]
    assert hanging(alpha(answers).value, 60) is Hanging.CONTRADICT


def test_answers_that_cancel_each_other_contradict_without_a_warning() -> None:
    one = np.resize([1.0, 2, 3, 4, 5], 40)
    found = alpha(np.column_stack([one, 6 - one]))
    assert found.value == found.low == found.high == -np.inf
    assert hanging(found.value, 40) is Hanging.CONTRADICT


@pytest.mark.parametrize(
    ("value", "people", "word"),
    [
        (0.59, 30, Hanging.APART),
        (0.6, 30, Hanging.REASONABLE),
        (0.8, 30, Hanging.REASONABLE),
        (0.85, 30, Hanging.GOOD),
        (0.91, 30, Hanging.REDUNDANT),
        (0.7, 29, Hanging.TOO_FEW),
        (np.nan, 99, Hanging.TOO_FEW),
    ],
)
def test_reliability_in_words(value: float, people: int, word: Hanging) -> None:
    assert hanging(value, people) is word
