"""Agreement from counts: against definitions written out, and on scales of 2 to 11 points."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.statistics.agreement import (
    Agreement,
    agreement,
    camps,
    consensus,
    leik,
    split,
    steps_from_median,
    van_der_eijk,
)
from tests.statistics.worlds import counted

MEASURES = (leik, van_der_eijk, consensus, steps_from_median)


def raw(counts: list[int]) -> np.ndarray:
    """Return one answer per person."""
    return np.repeat(np.arange(1, len(counts) + 1), counts)


@given(counted)
def test_reversing_a_scale_changes_nothing(counts: list[int]) -> None:
    for measure in MEASURES:
        assert float(measure(counts)) == pytest.approx(float(measure(counts[::-1])), abs=1e-12)
    assert bool(split(counts)) == bool(split(counts[::-1]))


@given(counted, st.integers(2, 9))
def test_only_shares_matter(counts: list[int], times: int) -> None:
    for measure in MEASURES:
        more = [times * c for c in counts]
        assert float(measure(counts)) == pytest.approx(float(measure(more)), abs=1e-9)


@given(counted)
def test_leiks_d_tells_the_steps_from_the_median_answer(counts: list[int]) -> None:
    answers = raw(counts)
    assert float(steps_from_median(counts)) == pytest.approx(np.abs(answers - np.median(answers)).mean())


@given(counted)
def test_measures_stay_in_their_range(counts: list[int]) -> None:
    assert 0 <= float(leik(counts)) <= 1
    assert -1 - 1e-9 <= float(van_der_eijk(counts)) <= 1 + 1e-9
    assert -1e-9 <= float(consensus(counts)) <= 1


@given(st.integers(3, 8).flatmap(lambda k: st.lists(st.booleans(), min_size=k, max_size=k)).filter(any))
def test_a_layer_agrees_with_its_triples_counted_one_by_one(pattern: list[bool]) -> None:
    k, ones = len(pattern), sum(pattern)
    triples = [tuple(pattern[i] for i in chosen) for chosen in combinations(range(k), 3)]
    tu = sum(t in {(True, True, False), (False, True, True)} for t in triples)
    tdu = triples.count((True, False, True))
    expected = 1.0 if ones == 1 else 0.0
    if 1 < ones < k:
        expected = ((k - 2) * tu - (k - 1) * tdu) / ((k - 2) * (tu + tdu)) * (1 - (ones - 1) / (k - 1))
    assert float(van_der_eijk([int(p) for p in pattern])) == pytest.approx(expected)


@pytest.mark.parametrize("points", range(2, 12))
def test_all_alike_and_two_camps_are_the_ends_on_every_scale(points: int) -> None:
    alike, apart = [0] * (points - 1) + [9], [5] + [0] * (points - 2) + [5]
    assert (float(leik(alike)), float(van_der_eijk(alike)), float(consensus(alike))) == (0, 1, 1)
    assert (float(leik(apart)), float(consensus(apart))) == (1, 0)
    if points > 2:
        assert float(van_der_eijk(apart)) == pytest.approx(-1)


@pytest.mark.parametrize("points", [4, 5, 6, 11])
def test_equal_columns_follow_the_closed_form(points: int) -> None:
    even = points % 2 == 0
    expected = points / (2 * (points - 1)) if even else (points + 1) / (2 * points)
    assert float(leik([3] * points)) == pytest.approx(expected)


def test_rows_of_counts_are_measured_together() -> None:
    table = np.array([[[1, 2, 4, 2, 1], [5, 0, 0, 0, 5]], [[0, 0, 0, 0, 0], [3, 0, 3, 0, 3]]])
    for measure in MEASURES:
        together = measure(table)
        assert together.shape == (2, 2)
        assert np.isnan(together[1, 0])
        np.testing.assert_allclose(together[1, 1], measure([3, 0, 3, 0, 3]))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([3, 0, 4, 0, 3], False),  # the middle is larger
        ([3, 0, 3, 0, 3], True),
        ([2, 0, 0, 0, 2], False),  # fewer than three a side
        ([3, 0, 0, 0, 8], False),  # 27 % on one side
        ([3, 0, 0, 0, 7], True),  # 30 % exactly
        ([0, 3, 3, 0], True),  # an even scale has no middle
        ([3, 3, 0, 7, 3, 0, 3], False),  # seven points: the fourth is the middle
        ([2, 2, 0, 3, 0, 2, 2], True),
    ],
)
def test_split_needs_two_real_camps(counts: list[int], expected: bool) -> None:
    assert bool(split(counts)) is expected


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([0, 0, 1, 8, 0], Agreement.ALIKE),
        ([0, 0, 5, 5, 0], Agreement.SOME),
        ([4, 1, 6, 1, 4], Agreement.DIFFERENT),
        ([2, 2, 0, 2, 2], Agreement.SPLIT),
        ([0, 4, 0, 4, 0], Agreement.SPLIT),
    ],
)
def test_agreement_in_words(counts: list[int], word: Agreement) -> None:
    assert agreement(counts) is word


def test_nobody_has_no_agreement() -> None:
    assert np.isnan(leik([0, 0, 0]))
    with pytest.raises(ValueError, match="nobody"):
        agreement([0, 0, 0, 0, 0])


def test_camps_leave_the_middle_of_an_even_scale_empty() -> None:
    assert [float(c) for c in camps([1, 2, 3, 4])] == [3, 0, 7]
    assert [float(c) for c in camps([1, 2, 3, 4, 5])] == [3, 3, 9]
