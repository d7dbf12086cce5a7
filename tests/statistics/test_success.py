"""The pair of social change and social power."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.statistics.success import Ahead, Quadrant, ahead, paired_gap, quadrant
from assessment.statistics.values import Interval

CHANGE, POWER = np.array([3.5, 4.5, 4.0, 3.0, 3.0]), np.array([2.5, 3.0, 2.0, 3.5, 3.0])


def test_the_gap_is_paired_and_named_where_it_is_clear() -> None:
    found = paired_gap(CHANGE, POWER, 7, 5)
    assert ahead(found, 5) is Ahead.WINS
    assert ahead(paired_gap(POWER, CHANGE, 7, 5), 5) is Ahead.POWER
    assert ahead(paired_gap(CHANGE, POWER, None, 5), 5) is Ahead.NEITHER


def test_only_people_who_have_both_tell_the_gap() -> None:
    found = paired_gap(np.array([4.0, 5.0, np.nan]), np.array([3.0, np.nan, 1.0]), 9, 5)
    assert (found.people, found.change, found.power, found.gap) == (1, 4.5, 2.0, 1.0)


def test_nobody_has_no_gap() -> None:
    found = paired_gap(np.array([np.nan]), np.array([3.0]), 9, 5)
    assert np.isnan(found.gap)
    assert ahead(found, 5) is Ahead.NEITHER


@pytest.mark.parametrize(
    ("change", "power", "expected"),
    [
        ((3.1, 4), (3.2, 4), Quadrant.WINNING_AND_GROWING),
        ((3.1, 4), (2, 2.9), Quadrant.WEARING_THIN),
        ((2, 2.9), (3.1, 4), Quadrant.NOT_YET_WINNING),
        ((2, 2.9), (1, 2.9), Quadrant.STARTING_OR_STUCK),
        ((2.9, 3.4), (3.1, 4), Quadrant.BORDER),
        ((3.0, 3.0), (3.1, 4), Quadrant.BORDER),
    ],
)
def test_a_quadrant_is_named_only_where_both_intervals_stay_on_one_side(
    change: tuple[float, float], power: tuple[float, float], expected: Quadrant
) -> None:
    assert quadrant(Interval(*change), Interval(*power), 5) is expected


def test_the_cut_is_the_middle_of_every_scale() -> None:
    assert quadrant(Interval(2.6, 3.0), Interval(2.6, 3.0), 4) is Quadrant.WINNING_AND_GROWING
    assert quadrant(Interval(2.6, 3.4), Interval(2.6, 3.4), 6) is Quadrant.STARTING_OR_STUCK
