"""Gaps between groups: the probability of a higher answer, and groups against the rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assessment.statistics.change import compare
from assessment.statistics.gaps import Size, against_rest, cliffs_delta, probability_higher, size, tallied
from assessment.statistics.groups import by_organisation, everyone
from assessment.statistics.scoring import score
from assessment.statistics.sums import sums
from assessment.statistics.values import summary
from tests.statistics.worlds import questionnaire, round_of

answers = st.lists(st.integers(1, 6), min_size=1, max_size=30)


@given(answers, answers)
def test_it_is_mann_and_whitneys_u_per_pair(first: list[int], second: list[int]) -> None:
    u = stats.mannwhitneyu(first, second).statistic
    assert float(probability_higher(*tallied(first, second))) == pytest.approx(u / (len(first) * len(second)))


@given(answers, answers)
def test_the_other_way_round_it_is_what_is_left(first: list[int], second: list[int]) -> None:
    one, two = tallied(first, second)
    assert float(probability_higher(one, two) + probability_higher(two, one)) == pytest.approx(1)
    assert float(probability_higher(one[::-1], two[::-1])) == pytest.approx(float(probability_higher(two, one)))


def test_ties_are_half_and_empty_groups_missing() -> None:
    assert float(probability_higher([0, 5, 0], [0, 9, 0])) == 0.5
    assert np.isnan(probability_higher([0, 0, 0], [0, 9, 0]))


def test_missing_answers_take_no_part() -> None:
    assert [t.tolist() for t in tallied([1, np.nan, 3], [3, 3, np.nan])] == [[1, 1], [0, 2]]


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        (0.146, Size.SAME),
        (0.147, Size.LITTLE),
        (-0.329, Size.LITTLE),
        (0.33, Size.CLEARLY),
        (-0.473, Size.CLEARLY),
        (0.474, Size.VERY),
        (-1, Size.VERY),
    ],
)
def test_sizes_in_words(delta: float, word: Size) -> None:
    assert size(delta) is word


@pytest.mark.parametrize(("probability", "bound"), [(0.574, 0.147), (0.665, 0.33), (0.737, 0.474)])
def test_the_thresholds_as_probabilities(probability: float, bound: float) -> None:
    assert float(cliffs_delta(probability)) == pytest.approx(bound, abs=2e-3)


def test_an_empty_group_has_no_size() -> None:
    with pytest.raises(ValueError, match="empty"):
        size(np.nan)


@pytest.mark.parametrize("points", [4, 5, 6])
def test_a_group_against_the_rest_is_a_comparison_of_two_separate_groups(points: int) -> None:
    form = questionnaire(points)
    world = round_of(form, 60, 4, 11)
    scores = score(form, world.codes)
    found = against_rest(sums(scores, by_organisation(world)), sums(scores, everyone(world)))
    column, inside = scores.position["d0"], world.member == 1
    values = scores.of("d0")
    rest, group = summary(values[~inside], 180), summary(values[inside], 60)
    expected = compare(rest, group, points)
    np.testing.assert_allclose([x[1, column] for x in found], list(expected))
