"""Changes between rounds: variance, verdicts, and a change taken apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.statistics.change import (
    Comparison,
    Verdict,
    adjusted,
    compare,
    comparison_variance,
    organisation_mix,
    turnover,
    verdict,
    verdicts,
)
from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Summary
from tests.statistics.worlds import points

PLAIN = replace(JUDGEMENT, prior_people=1e-12)
place = st.tuples(st.integers(2, 50), st.floats(0, 1), st.floats(0.05, 0.5), st.integers(0, 30))


def drawn(scale: int, group: tuple[int, float, float, int]) -> Summary:
    """Place a group on a scale."""
    n, position, spread, silent = group
    return Summary(n, 1 + position * (scale - 1), spread * (scale - 1), n + silent)


def judged(difference: float, low: float, high: float) -> Comparison:
    """Make a comparison of which only the difference and its interval matter."""
    numbers = (difference, 0.1, 20.0, low, high, 0.05, 0.2)
    return Comparison(*(np.asarray(x) for x in numbers))


@pytest.mark.parametrize(
    ("n", "invited", "noticed"),
    [
        (5, 8, 0.65),
        (9, 14, 0.46),
        (12, 12, 0.31),
        (18, 30, 0.32),
        (30, 60, 0.25),
        (100, 300, 0.15),
        (400, 14_000, 0.08),
    ],
)
def test_the_smallest_noticeable_change_is_that_of_the_help_page(n: int, invited: int, noticed: float) -> None:
    round_ = Summary(n, 3.0, 0.7, invited)
    assert round(float(compare(round_, round_, 5).noticeable), 2) == noticed


def test_a_stable_share_of_one_is_the_finite_correction_and_of_zero_none() -> None:
    assert float(comparison_variance(9, 0.6, 14, 5, replace(PLAIN, stable=1.0))) == pytest.approx(0.04 * 5 / 14)
    assert float(comparison_variance(9, 0.6, 14, 5, replace(PLAIN, stable=0.0))) == pytest.approx(0.04)
    assert float(comparison_variance(9, 0.6, None, 5, PLAIN)) == pytest.approx(0.04)


def false_alarms(settings: Judgement, stability: float = 0.7, runs: int = 2000) -> float:
    """Return how often 12 of 12 answering twice, nothing changed, are called a change."""
    random = np.random.default_rng(12)
    stable = random.normal(0, np.sqrt(stability), (runs, 12))
    rounds = [3 + 0.7 * (stable + random.normal(0, np.sqrt(1 - stability), (runs, 12))) for _ in range(2)]
    first, second = (Summary(np.full(runs, 12), r.mean(1), r.std(1, ddof=1), np.full(runs, 12)) for r in rounds)
    return float((compare(first, second, 5, settings).p < 0.10).mean())


def test_answer_noise_keeps_the_promise_that_the_plain_correction_breaks() -> None:
    assert false_alarms(JUDGEMENT) < 0.10
    assert false_alarms(replace(JUDGEMENT, stable=0.999)) > 0.5


@given(points, place, place)
def test_reversing_a_scale_turns_a_change_round(scale: int, one: tuple, two: tuple) -> None:  # type: ignore[type-arg]
    first, second = drawn(scale, one), drawn(scale, two)
    found = compare(first, second, scale)
    turned = compare(*(s._replace(mean=scale + 1 - s.mean) for s in (first, second)), scale)
    assert [float(x) for x in (turned.difference, turned.low, turned.high)] == pytest.approx(
        [-float(x) for x in (found.difference, found.high, found.low)]
    )
    assert float(turned.p) == pytest.approx(float(found.p))


@given(points, place, place)
def test_stretching_a_scale_keeps_the_verdict(scale: int, one: tuple, two: tuple) -> None:  # type: ignore[type-arg]
    five, other = compare(drawn(5, one), drawn(5, two), 5), compare(drawn(scale, one), drawn(scale, two), scale)
    assert float(other.p) == pytest.approx(float(five.p), abs=1e-9)
    assert float(other.difference) / (scale - 1) == pytest.approx(float(five.difference) / 4, abs=1e-9)


@pytest.mark.parametrize(
    ("difference", "low", "high", "q", "expected"),
    [
        (0.6, 0.3, 0.9, 0.05, Verdict.UP),
        (-0.6, -0.9, -0.3, 0.05, Verdict.DOWN),
        (0.6, 0.1, 1.1, 0.10, Verdict.MAYBE_UP),
        (-0.6, -1.1, -0.1, 0.2, Verdict.MAYBE_DOWN),
        (0.6, -0.1, 1.3, 0.3, Verdict.NONE),
        (0.24, 0.2, 0.28, 0.01, Verdict.NONE),
        (3.35 - 3.1, 0.2, 0.28, 0.01, Verdict.UP),
        (np.nan, np.nan, np.nan, np.nan, Verdict.NONE),
    ],
)
def test_verdicts(difference: float, low: float, high: float, q: float, expected: Verdict) -> None:
    assert verdict(judged(difference, low, high), q, 5) is expected


@pytest.mark.parametrize(("points_", "expected"), [(4, Verdict.UP), (5, Verdict.NONE), (6, Verdict.NONE)])
def test_what_is_notable_follows_the_scale(points_: int, expected: Verdict) -> None:
    assert verdict(judged(0.2, 0.1, 0.3), 0.01, points_) is expected


def test_verdicts_are_judged_together() -> None:
    first = Summary(np.full(5, 9), np.full(5, 3.0), np.full(5, 0.5), np.full(5, 14))
    second = first._replace(mean=np.array([4.2, 3.4, 3.0, 3.0, 3.0]))
    assert verdicts(compare(first, second, 5), 5) == (Verdict.UP, Verdict.MAYBE_UP, *[Verdict.NONE] * 3)
    alone = Comparison(*(x[1:2] for x in compare(first, second, 5)))
    assert verdicts(alone, 5) == (Verdict.UP,)


def test_a_missing_p_takes_no_part() -> None:
    np.testing.assert_allclose(adjusted([0.01, np.nan, 0.04]), [0.02, np.nan, 0.04])
    assert np.isnan(adjusted([np.nan])).all()
    assert adjusted([]).shape == (0,)


means = st.lists(st.floats(1, 5), min_size=1, max_size=6)


@given(st.integers(1, 6).flatmap(lambda h: st.tuples(*[st.lists(st.floats(1, 5), min_size=h, max_size=h)] * 4)))
def test_organisation_mix_adds_up_to_the_whole_change(parts: tuple[list[float], ...]) -> None:
    w1, w2, y1, y2 = (np.array(p) for p in parts)
    found = organisation_mix(w1, y1, w2, y2)
    assert found.total == pytest.approx(np.average(y2, weights=w2) - np.average(y1, weights=w1), abs=1e-9)


@given(means, st.lists(st.floats(1, 5), max_size=6), st.lists(st.floats(1, 5), max_size=6), st.floats(-1, 1))
def test_turnover_adds_up_to_the_whole_change(
    stayed: list[float], gone: list[float], new: list[float], shift: float
) -> None:
    found = turnover(stayed, [x + shift for x in stayed], gone, new)
    assert found.total == pytest.approx(found.stayed + found.joined + found.left, abs=1e-9)
    assert found.stayed == pytest.approx(shift, abs=1e-9)


def test_nothing_is_taken_apart_without_anything_in_common() -> None:
    with pytest.raises(ValueError, match="no organisation"):
        organisation_mix([], [], [], [])
    with pytest.raises(ValueError, match="same people"):
        turnover([], [], [3.0], [4.0])


def test_nobody_in_a_round_gives_no_comparison() -> None:
    nobody = Summary(0, np.nan, np.nan, 5)
    assert np.isnan(compare(nobody, Summary(9, 3.0, 0.5, 14), 5).p)
