"""Bands, labels and small notes."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.statistics.values import Interval
from assessment.statistics.weights import kish, one_organisation_one_voice
from assessment.statistics.words import (
    Band,
    bands,
    items_differ,
    lenses_differ,
    many_cannot_judge,
    nearest_label,
)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (4.0, 4.6, Band.STRONG),
        (3.0, 3.9, Band.MIXED),
        (2.1, 2.99, Band.WEAK),
        (2.9, 3.1, None),
        (3.9, 4.0, None),
    ],
)
def test_a_band_is_named_only_where_the_whole_interval_lies_in_it(low: float, high: float, word: Band | None) -> None:
    assert bands(Interval(low, high), 5).word is word


def test_bands_follow_the_scale() -> None:
    assert bands(Interval(3.3, 3.9), 4).word is Band.STRONG
    assert bands(Interval(3.6, 4.7), 6).word is Band.MIXED


def test_a_missing_average_has_no_band() -> None:
    with pytest.raises(ValueError, match="no average"):
        bands(Interval(np.nan, np.nan), 5)


@pytest.mark.parametrize(("mean", "points", "label"), [(1.0, 5, 1), (2.49, 5, 2), (2.5, 5, 3), (6.0, 6, 6)])
def test_the_nearest_label(mean: float, points: int, label: int) -> None:
    assert nearest_label(mean, points) == label


@pytest.mark.parametrize("mean", [0.9, 5.1, np.nan])
def test_off_the_scale_there_is_no_label(mean: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        nearest_label(mean, 5)


def test_small_notes_at_their_thresholds() -> None:
    assert (many_cannot_judge(0.30), many_cannot_judge(0.29)) == (True, False)
    assert [lenses_differ(3.8, x, 5) for x in (3.6, 3.61, np.nan)] == [True, False, False]
    assert (items_differ(3.2777778, 3.625, 5), items_differ(3.8, 3.6, 5)) == (True, False)


def test_each_heard_organisation_weighs_the_same_in_a_distribution() -> None:
    found = one_organisation_one_voice(np.array([[[2, 2], [0, 3]], [[0, 1], [0, 0]]]))
    assert found.tolist() == [[0.5, 1.5], [0, 1]]


def test_weights_that_are_equal_lose_nothing() -> None:
    assert kish([2.0] * 7) == 7
    assert np.isnan(kish([0.0]))
