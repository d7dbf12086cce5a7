"""The two lenses and their variances, organisation by organisation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assessment.statistics.lenses import (
    differences,
    organisations_lens,
    pooled_mean,
    pooled_variance,
    post_stratified,
)
from tests.statistics.worlds import seeds


def described(groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return n, mean and sd of raw groups, gaps where there are none."""
    n = np.array([len(g) for g in groups])
    mean = np.array([g.mean() if len(g) else np.nan for g in groups])
    return n, mean, np.array([g.std(ddof=1) if len(g) > 1 else np.nan for g in groups])


@given(seeds, st.integers(2, 8))
def test_differences_between_organisations_agree_with_scipy(seed: int, organisations: int) -> None:
    random = np.random.default_rng(seed)
    groups = [random.normal(3, 1, random.integers(2, 12)) for _ in range(organisations)]
    found, expected = differences(*described(groups)), stats.f_oneway(*groups)
    np.testing.assert_allclose([found.f, found.p], [expected.statistic, expected.pvalue], rtol=1e-6)


@given(seeds)
def test_the_peoples_lens_is_the_mean_of_all_people(seed: int) -> None:
    random = np.random.default_rng(seed)
    groups = [random.integers(1, 6, size).astype(float) for size in (4, 0, 1, 7)]
    n, mean, _ = described(groups)
    assert float(pooled_mean(n, mean)) == pytest.approx(np.concatenate(groups).mean())


def test_an_organisation_that_was_not_heard_weighs_nothing() -> None:
    n, mean, sd, invited = np.array([4, 0, 3]), np.array([4.0, np.nan, 2.0]), np.array([0.5, np.nan, 0.4]), [6, 5, 9]
    lens = organisations_lens(n, mean, sd, np.array(invited), 3)
    assert float(lens.mean) == 3.0
    assert float(lens.df) == 1
    assert float(post_stratified(n, mean, sd, np.array(invited)).mean) == pytest.approx((6 * 4 + 9 * 2) / 15)


def test_where_everyone_answered_no_doubt_is_left() -> None:
    n, mean, sd = np.array([3, 1]), np.array([4.0, 2.0]), np.array([0.5, np.nan])
    assert float(organisations_lens(n, mean, sd, n, 2).se) == 0
    assert float(post_stratified(n, mean, sd, n).se) == 0


def test_one_respondent_borrows_the_spread_of_the_others() -> None:
    n, mean, sd = np.array([3, 1]), np.array([4.0, 2.0]), np.array([0.6, np.nan])
    variance = float(organisations_lens(n, mean, sd, np.array([6, 4]), 2).se) ** 2
    assert variance == pytest.approx((0.5 * 0.36 / 3 + 0.75 * 0.36) / 4)
    assert float(pooled_variance(n, sd)) == pytest.approx(0.36)


def test_one_respondent_each_uses_the_spread_of_all() -> None:
    n, mean, sd = np.array([1, 1, 1]), np.array([2.0, 3.0, 4.0]), np.full(3, np.nan)
    variance = float(organisations_lens(n, mean, sd, np.array([2, 2, 2]), 3).se) ** 2
    assert variance == pytest.approx(3 * 0.5 * 1.0 / 9)
    assert np.isnan(pooled_variance(n, sd))


def test_unknown_headcounts_leave_the_correction_out() -> None:
    n, mean, sd = np.array([4, 3]), np.array([4.0, 2.0]), np.array([0.5, 0.4])
    unknown = organisations_lens(n, mean, sd, None, 2)
    assert float(unknown.se) > float(organisations_lens(n, mean, sd, np.array([6, 5]), 2).se)
    assert float(unknown.se) == float(organisations_lens(n, mean, sd, np.array([np.nan, np.nan]), 2).se)
    assert np.isnan(post_stratified(n, mean, sd, np.array([6, np.nan])).mean)


def test_measures_lie_beside_each_other() -> None:
    n, mean = np.array([[4, 3], [3, 0], [5, 2]]), np.array([[4.0, 3.0], [2.0, np.nan], [3.0, 3.5]])
    sd, invited = np.array([[0.5, 0.2], [0.4, np.nan], [0.9, 0.3]]), np.array([6, 5, 9])
    together = organisations_lens(n, mean, sd, invited, 4), post_stratified(n, mean, sd, invited)
    for j in range(2):
        column = n[:, j], mean[:, j], sd[:, j], invited
        alone = organisations_lens(*column, 4), post_stratified(*column)
        for wide, narrow in zip(together, alone, strict=True):
            np.testing.assert_allclose([x[j] for x in wide], list(narrow))


def test_nobody_heard_is_missing() -> None:
    n, gaps = np.array([0, 0]), np.full(2, np.nan)
    assert np.isnan(organisations_lens(n, gaps, gaps, None, 2).mean)
    assert np.isnan(pooled_mean(n, gaps))
    assert np.isnan(post_stratified(n, gaps, gaps, np.array([3, 3])).mean)
    assert np.isnan(differences(n, gaps, gaps).p)
