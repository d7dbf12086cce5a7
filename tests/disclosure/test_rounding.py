"""R9a and R17: averages, coded ends, spreads and bands, each at its threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.disclosure.averages import Mean, Rounded, has_room, of_people, published, rounded, shown_spread
from assessment.disclosure.rules import Breakdown
from assessment.disclosure.values import Bound
from tests.attacks.worlds import World, rules_for


def shown(total: int, n: int, points: int = 5) -> tuple[float, Bound]:
    found = rounded(of_people(total, 1, n), points)
    return round(float(found.value), 1), found.bound


@pytest.mark.parametrize(
    ("total", "n", "value"),
    [(27, 9, 3.0), (28, 9, 3.2), (29, 9, 3.2), (31, 10, 3.1), (32, 10, 3.2), (36, 11, 3.3)],
)
def test_averages_go_to_a_fifth_below_ten_people_and_to_a_tenth_from_there(total: int, n: int, value: float) -> None:
    assert shown(total, n) == (value, "exact")


@pytest.mark.parametrize("points", [3, 4, 5, 6, 11])
@pytest.mark.parametrize("n", [9, 10, 24])
def test_ends_are_coded_one_persons_range_and_two_from_unanimity(n: int, points: int) -> None:
    low, high = n + points - 1 + 2, n * points - (points - 1) - 2
    assert [shown(t, n, points)[1] for t in (low - 1, low, low + 1)] == ["at_most", "at_most", "exact"]
    assert [shown(t, n, points)[1] for t in (high - 1, high, high + 1)] == ["exact", "at_least", "at_least"]


def test_a_coded_end_tells_the_same_of_everybody_in_a_band_of_people() -> None:
    assert {shown(n, n) for n in range(5, 10)} == {(2.2, "at_most")}
    assert {shown(5 * n, n) for n in range(10, 20)} == {(4.4, "at_least")}


@pytest.mark.parametrize(("n", "points", "room"), [(5, 2, False), (6, 2, False), (7, 2, True), (5, 5, True)])
def test_where_both_ends_meet_nothing_is_shown_whatever_was_answered(n: int, points: int, room: bool) -> None:
    assert has_room(of_people(n, 1, n), points) is room


def test_averages_by_organisation_are_coded_by_the_heaviest_voice() -> None:
    light = Mean(Fraction(44, 10), 40, 40, 10)
    heavy = Mean(Fraction(44, 10), 40, 10, 10)
    assert rounded(light, 5).bound == "exact"
    assert rounded(heavy, 5).bound == "at_least"


@pytest.mark.parametrize(
    ("deviation", "spread"), [(0.0, 0.65), (0.5, 0.65), (0.64, 0.65), (0.65, 0.7), (1.04, 1.0), (1.58, 1.6), (1.7, 2.0)]
)
def test_spreads_are_rounded_and_never_tell_that_all_are_alike_or_at_the_ends(deviation: float, spread: float) -> None:
    assert shown_spread(deviation, 120, Rounded(Fraction(3), Fraction(1, 10), "exact"), 5) == spread


@pytest.mark.parametrize(("n", "own"), [(49, False), (50, True), (51, True)])
def test_the_spread_behind_a_band_is_fixed_below_fifty_people(n: int, own: bool) -> None:
    answers = tuple((1 + (i * 2) % 5,) for i in range(n))
    world = World(5, tuple(i % 5 for i in range(n)), (1,) * n, answers, rules_for(Breakdown.NONE))
    average = world.seal().release.results[0].average
    assert average is not None
    assert average.spread == (1.4 if own else 1.0)


@pytest.mark.usefixtures("inside")
def test_bands_follow_from_what_is_published_alone() -> None:
    value = Rounded(Fraction(34, 10), Fraction(1, 5), "exact")
    average = published(value, 1.0, 5, 14, 5)
    assert average.band90 is not None
    assert average.band50 is not None
    assert average.band90[0] < average.band50[0] < 3.4 < average.band50[1] < average.band90[1]
    assert published(value, None, 5, 14, 5).band90 is None
    assert published(value, 1.0, 14, 14, 5).band90 is None
    assert published(Rounded(Fraction(22, 10), Fraction(1, 5), "at_most"), 1.0, 5, 14, 5).spread is None
