"""Judgement values travel with a release and fit every scale."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assessment.statistics.settings import JUDGEMENT, judgement


def test_a_release_gives_back_the_values_it_was_made_with() -> None:
    used = replace(JUDGEMENT, stable=0.5, camp_people=4)
    assert judgement(json.loads(json.dumps(used.as_dict()))) == used


def test_a_value_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mood"):
        judgement({**JUDGEMENT.as_dict(), "mood": 1.0})


@pytest.mark.parametrize(
    ("points", "notable", "weak", "strong"), [(4, 0.1875, 2.5, 3.25), (5, 0.25, 3, 4), (6, 0.3125, 3.5, 4.75)]
)
def test_points_of_five_are_carried_to_other_scales(points: int, notable: float, weak: float, strong: float) -> None:
    assert JUDGEMENT.step(JUDGEMENT.notable, points) == notable
    assert JUDGEMENT.place(JUDGEMENT.weak_below, points) == weak
    assert JUDGEMENT.place(JUDGEMENT.strong_from, points) == strong


@pytest.mark.parametrize("points", range(2, 12))
def test_the_ends_and_the_middle_stay_the_ends_and_the_middle(points: int) -> None:
    assert [JUDGEMENT.place(x, points) for x in (1, 3, 5)] == [1, (points + 1) / 2, points]
