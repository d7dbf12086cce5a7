"""Intervals of averages: what they do at the edges, and on other scales."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.statistics.means import blended_variance, interval, plain_interval, t_interval
from tests.statistics.worlds import points

groups = st.tuples(st.integers(1, 60), st.integers(0, 60), st.floats(0, 1), st.floats(0, 0.5))


@given(points, groups)
def test_reversing_a_scale_mirrors_the_interval(scale: int, group: tuple[int, int, float, float]) -> None:
    n, silent, place, spread = group
    mean, sd = 1 + place * (scale - 1), spread * (scale - 1)
    low, high = interval(n, mean, sd, n + silent, scale)
    mirrored = interval(n, scale + 1 - mean, sd, n + silent, scale)
    assert mirrored == pytest.approx((scale + 1 - high, scale + 1 - low))


@given(points, groups)
def test_stretching_a_scale_stretches_the_interval(scale: int, group: tuple[int, int, float, float]) -> None:
    n, silent, place, spread = group
    five = interval(n, 1 + place * 4, spread * 4, n + silent, 5)
    other = interval(n, 1 + place * (scale - 1), spread * (scale - 1), n + silent, scale)
    assert [(end - 1) / (scale - 1) for end in other] == pytest.approx([(end - 1) / 4 for end in five])


@given(points, groups)
def test_the_interval_holds_the_average_on_the_scale(scale: int, group: tuple[int, int, float, float]) -> None:
    n, silent, place, spread = group
    mean = 1 + place * (scale - 1)
    low, high = interval(n, mean, spread * (scale - 1), n + silent, scale)
    assert 1 <= low <= mean + 1e-12
    assert mean - 1e-12 <= high <= scale


def test_there_is_no_doubt_where_everyone_answered() -> None:
    assert interval(9, 3.4, 0.6, 9, 5) == (3.4, 3.4)
    assert interval(10, 3.4, 0.6, 9, 5) == (3.4, 3.4)


def test_an_unknown_number_invited_leaves_the_correction_out() -> None:
    wide, narrow = interval(9, 3.4, 0.6, None, 5), interval(9, 3.4, 0.6, 14, 5)
    assert wide == interval(9, 3.4, 0.6, np.nan, 5)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_equal_answers_of_some_still_leave_doubt() -> None:
    low, high = interval(5, 4.0, 0.0, 8, 5)
    assert (low, high) != (4.0, 4.0)
    assert plain_interval(5, 4.0, 0.0, 8, 5) == (4.0, 4.0)


def test_nobody_gives_no_interval_and_one_person_the_usual_spread() -> None:
    assert np.isnan(interval(0, np.nan, np.nan, 8, 5)).all()
    assert float(blended_variance(1, np.nan, 5)) == pytest.approx(0.64)
    assert float(blended_variance(1, np.nan, 9)) == pytest.approx(4 * 0.64)


def test_arrays_give_what_numbers_give() -> None:
    n, mean, sd, invited = np.array([5, 9]), np.array([3.0, 4.2]), np.array([0.5, 0.9]), np.array([8.0, np.nan])
    together = interval(n, mean, sd, invited, np.array([5, 7]))
    alone = [interval(5, 3.0, 0.5, 8, 5), interval(9, 4.2, 0.9, None, 7)]
    np.testing.assert_allclose(np.stack(together).T, alone)


def test_a_higher_level_is_wider() -> None:
    assert interval(9, 3.4, 0.6, 14, 5, level=0.5).low > interval(9, 3.4, 0.6, 14, 5).low
    assert t_interval(3.0, 0.1, 8, 5).high == pytest.approx(3.0 + 0.1859548, abs=1e-7)
