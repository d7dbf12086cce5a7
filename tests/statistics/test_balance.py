"""Two-sided questions, penalties, autonomy and control."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from assessment.statistics.balance import Lean, autonomy, lean, penalty, two_sided
from tests.statistics.worlds import counted


@given(counted)
def test_turning_the_scale_round_swaps_the_sides(counts: list[int]) -> None:
    found, turned = two_sided(counts), two_sided(counts[::-1])
    assert (turned.low, turned.right, turned.high) == (found.high, found.right, found.low)
    assert turned.direction == pytest.approx(-found.direction)
    assert turned.distance == pytest.approx(found.distance)


@pytest.mark.parametrize("points", [4, 5, 6, 7])
def test_the_ends_are_no_balance_and_have_no_direction(points: int) -> None:
    found = two_sided([4] + [0] * (points - 2) + [4])
    assert (found.direction, found.distance, found.balance) == (0, (points - 1) / 2, 0)


def test_all_in_the_middle_is_balance() -> None:
    assert two_sided([0, 0, 7, 0, 0])[1:] == (7, 0, 0, 0, 100)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([0, 2, 6, 2, 0], Lean.RIGHT),
        ([0, 3, 5, 2, 0], Lean.LOW),
        ([0, 2, 5, 0, 3], Lean.HIGH),
        ([0, 4, 3, 3, 0], Lean.BOTH),
        ([0, 2, 1, 1, 1], Lean.UNCLEAR),
        ([0, 3, 17, 13, 0], Lean.HIGH),
        ([0, 0, 0, 0, 0], Lean.UNCLEAR),
    ],
)
def test_sides_are_named_from_a_fifth_and_three_people_on(counts: list[int], word: Lean) -> None:
    assert lean(two_sided(counts)) is word


def test_nobody_has_no_direction() -> None:
    assert np.isnan(two_sided([0, 0, 0, 0, 0]).direction)


def test_an_empty_side_has_no_penalty() -> None:
    found = penalty([3, 3, 4, 5, np.nan], [4, 5, 3, np.nan, 1], 5)
    assert (np.isnan(found.low), found.high) == (True, 1.5)


def test_only_people_who_answered_both_tell_what_is_needed() -> None:
    found = autonomy([2, np.nan, 4], [3, 5, np.nan], 5)
    assert (found.people, found.gap, found.more) == (1, 1.0, 1)


def test_disagreement_on_what_is_needed_hides_the_direction() -> None:
    assert autonomy([2, 2, 2, 2], [3, 3, 3, 4], 5).has_direction()
    assert not autonomy([2, 2, 2, 2], [1, 1, 5, 5], 5).has_direction()
    assert not autonomy([], [], 5).has_direction()


def test_even_scales_take_part() -> None:
    found = autonomy([1, 2, 4], [2, 2, 3], 4)
    assert (found.gap, found.misfit, found.same) == (0, pytest.approx(2 / 3), 1)
