"""What the statistics promise on every scale of 2 to 11 points, where five points do not show it."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.statistics.agreement import Agreement, agreement, leik, split, van_der_eijk
from assessment.statistics.balance import Lean, autonomy, lean, two_sided
from assessment.statistics.change import Verdict, compare, verdict
from assessment.statistics.scoring import reversed_codes, score
from assessment.statistics.settings import JUDGEMENT
from assessment.statistics.shares import favourable
from assessment.statistics.success import Quadrant, quadrant
from assessment.statistics.values import Interval, Summary
from assessment.statistics.words import Band, bands, nearest_label, of_hundred
from tests.statistics.worlds import questionnaire

pytestmark = pytest.mark.parametrize("points", range(2, 12))
NOTICED = {(9, 14): 0.46, (30, 60): 0.25}
"""The smallest noticeable change on five points at a standard deviation of 0.7 (statistics 1.6)."""


def placed(points: int, *ends: float) -> Interval[float]:
    """Carry an interval in points of five to another scale."""
    low, high = (1 + (end - 1) * (points - 1) / 4 for end in ends)
    return Interval(low, high)


def at(points: int, **people: int) -> list[int]:
    """Put people at the low end, the middle points and the high end."""
    counts = [0] * points
    counts[0] += people.get("low", 0)
    counts[-1] += people.get("high", 0)
    for middle in {(points - 1) // 2, points // 2}:
        counts[middle] += people.get("middle", 0) // (1 if points % 2 else 2)
    return counts


def test_bands_and_quadrants_keep_their_place(points: int) -> None:
    found = [bands(placed(points, *ends), points).word for ends in ((1.2, 2.9), (3.05, 3.9), (4.05, 5), (2.9, 3.1))]
    assert found == [Band.WEAK, Band.MIXED, Band.STRONG, None]
    assert bands(Interval(float(points), float(points)), points).word is Band.STRONG
    above, below = placed(points, 3.1, 4), placed(points, 2, 2.9)
    assert quadrant(above, below, points) is Quadrant.WEARING_THIN
    assert quadrant(above, placed(points, 2.9, 3.1), points) is Quadrant.BORDER


@pytest.mark.parametrize(("n", "invited"), NOTICED)
def test_the_smallest_noticeable_change_is_the_same_part_of_the_scale(points: int, n: int, invited: int) -> None:
    step = (points - 1) / 4
    one = Summary(n, 1 + 2 * step, 0.7 * step, invited)
    assert round(float(compare(one, one, points).noticeable) / step, 2) == NOTICED[n, invited]
    small, notable = (compare(one, one._replace(mean=one.mean + d * step), points) for d in (0.24, 0.25))
    assert (verdict(small, 0.01, points), verdict(notable, 0.01, points)) == (Verdict.NONE, Verdict.UP)


def test_two_camps_are_split_and_neighbours_are_not(points: int) -> None:
    assert agreement(at(points, low=5, high=5)) is Agreement.SPLIT
    assert agreement(at(points, high=9)) is Agreement.ALIKE
    # three of eleven are fewer than 30 %, and two people are no camp
    assert not split(at(points, low=3, high=8))
    assert not split(at(points, low=2, high=2))
    if points > 2:
        neighbours = [0] * (points - 2) + [5, 5]
        assert float(leik(neighbours)) == pytest.approx(1 / (points - 1))
        assert float(van_der_eijk(neighbours)) == pytest.approx(1 - 1 / (points - 1))
    if points > 2 and points % 2:
        assert not split(at(points, low=3, middle=4, high=3))


def test_the_middle_is_right_and_the_ends_pull_both_ways(points: int) -> None:
    ends = two_sided(at(points, low=4, high=4))
    assert (ends.direction, ends.distance, ends.balance) == (0, (points - 1) / 2, 0)
    assert lean(ends) is Lean.BOTH
    assert lean(two_sided(at(points, low=9))) is Lean.LOW
    assert lean(two_sided(at(points, low=1, middle=8, high=1))) is (Lean.RIGHT if points % 2 else Lean.BOTH)
    found = autonomy([1] * 3 + [points], [points] * 3 + [points], points)
    assert (found.gap, found.misfit, found.more, found.same) == (0.75 * (points - 1), 0.75 * (points - 1), 3, 1)
    assert found.disagreement == 0


def test_favourable_labels_and_exports_follow_the_ends(points: int) -> None:
    assert int(favourable([1] * points)) == points // 2
    assert [nearest_label(end, points) for end in (1, 1.49, 1.5, points)] == [1, 1, 2, points]
    assert [of_hundred(x, points) for x in (1, (points + 1) / 2, points)] == [0, 50, 100]
    assert JUDGEMENT.step(4, points) == points - 1


def test_the_half_rule_and_reversed_questions(points: int) -> None:
    form = questionnaire(points, sizes=(4,), reverse=True)
    rows = np.array([[points, 1, 1, 0, 0, 0], [points, 0, 0, 255, 0, 0], [1, 0, 0, points, 0, 0]], np.uint8)
    # the first question is reversed: its highest answer is the lowest score
    np.testing.assert_allclose(score(form, rows).of("d0"), [1, np.nan, points])
    assert reversed_codes(np.array([0, 255, 1, points], np.uint8), points).tolist() == [0, 255, points, 1]
