"""Shares in whole people: published examples, exact coverage, symmetry."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assessment.statistics.shares import exact_people, favourable, likely_people, possible_people, wilson
from assessment.statistics.values import Interval

cases = st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25)).filter(lambda c: c[0] + c[1] > 0)


@pytest.mark.parametrize(
    ("x", "n", "invited", "expected"),
    [(7, 9, 14, (9, 12)), (9, 9, 14, (12, 14)), (0, 9, 14, (0, 2)), (5, 9, 14, (6, 10)), (6, 12, 40, (13, 27))],
)
def test_the_worked_examples_are_in_whole_people(x: int, n: int, invited: int, expected: tuple[int, int]) -> None:
    assert likely_people(x, n, invited) == expected


def coverage(function: Callable[[int, int, int], Interval[float]], n: int, invited: int) -> np.ndarray:
    """Return, for each possible number in favour, how often the interval holds it."""
    ends = [function(x, n, invited) for x in range(n + 1)]
    held = np.array([[low <= total <= high for low, high in ends] for total in range(invited + 1)])
    return (held * stats.hypergeom.pmf(np.arange(n + 1), invited, np.arange(invited + 1)[:, None], n)).sum(axis=1)


@pytest.mark.parametrize(("n", "invited"), [(5, 8), (9, 14), (6, 20), (12, 40), (25, 60)])
def test_whole_people_hold_what_they_promise(n: int, invited: int) -> None:
    found = coverage(likely_people, n, invited)
    assert 0.93 < found.mean() < 0.985
    assert found.min() > 0.855


@pytest.mark.parametrize(("n", "invited"), [(5, 8), (9, 14), (6, 20), (12, 40), (25, 60)])
def test_the_strict_interval_never_promises_too_much(n: int, invited: int) -> None:
    assert coverage(exact_people, n, invited).min() >= 0.90


@given(cases)
def test_counting_those_against_mirrors_the_interval(case: tuple[int, int, int]) -> None:
    x, against, silent = case
    n, invited = x + against, x + against + silent
    for function in (likely_people, possible_people, exact_people):
        low, high = function(x, n, invited)
        assert function(against, n, invited) == (invited - high, invited - low)
    assert wilson(against, n, invited) == pytest.approx([1 - end for end in reversed(wilson(x, n, invited))])


@given(cases)
def test_no_assumption_is_wider_than_any_other(case: tuple[int, int, int]) -> None:
    x, against, silent = case
    n, invited = x + against, x + against + silent
    widest = possible_people(x, n, invited)
    for low, high in (likely_people(x, n, invited), exact_people(x, n, invited)):
        assert widest.low <= low <= high <= widest.high


def test_there_is_no_doubt_where_everyone_answered() -> None:
    assert likely_people(4, 9, 9) == exact_people(4, 9, 9) == (4, 4)
    assert wilson(4, 8, 8) == (0.5, 0.5)


@pytest.mark.parametrize(("x", "n", "invited"), [(3, 2, 9), (-1, 2, 9), (2, 5, 4)])
def test_impossible_counts_are_refused(x: int, n: int, invited: int) -> None:
    for function in (likely_people, possible_people, exact_people, wilson):
        with pytest.raises(ValueError, match="cannot be"):
            function(x, n, invited)


def test_a_share_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        wilson(0, 0)


@pytest.mark.parametrize(
    ("counts", "expected"), [([1, 2, 4], 4), ([1, 2, 4, 8], 12), ([1, 2, 4, 8, 16], 24), ([1] * 6, 3)]
)
def test_favourable_is_above_the_middle(counts: list[int], expected: int) -> None:
    assert int(favourable(counts)) == expected
