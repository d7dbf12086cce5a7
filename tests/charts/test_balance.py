"""Questions without a good end: energy, and how we are steered."""

from __future__ import annotations

import pytest

from assessment.charts.steering import draw_steering, steering_plot
from assessment.charts.tokens import LIGHT
from assessment.disclosure.values import Columns, Withheld
from assessment.findings import balance
from assessment.findings.results import Results
from assessment.statistics.balance import Lean
from tests.published import average, columns, result, told

MUCH, LITTLE, RIGHT = columns(2, 8, 30, 50, 10), columns(10, 50, 30, 8, 2), columns(2, 10, 70, 15, 3)
INWARD, OUTWARD = "balance.process", "balance.action"


def asked(question: str, shown: Columns) -> Results:
    return told(result(question, average(3.0), columns=shown))


@pytest.mark.parametrize(
    ("shown", "leans"),
    [
        (MUCH, Lean.HIGH),
        (LITTLE, Lean.LOW),
        (RIGHT, Lean.RIGHT),
        (columns(10, 25, 30, 25, 10), Lean.BOTH),
        (columns(((1, 2), 50), ((3,), 30), ((4, 5), 20)), Lean.BOTH),
    ],
)
def test_a_side_is_named_from_published_columns(shown: Columns, leans: Lean) -> None:
    assert balance.leanings(asked(INWARD, shown))[0].lean is leans


@pytest.mark.parametrize(
    ("process", "action", "said"),
    [
        (MUCH, LITTLE, "Our energy leans inward"),
        (LITTLE, MUCH, "Our energy leans outward"),
        (MUCH, MUCH, "Our energy is pulled both ways"),
        (RIGHT, RIGHT, "Our energy is about where it should be"),
        (RIGHT, columns(10, 25, 30, 25, 10), "Where does our energy go?"),
        (columns(3, 15, 50, 15, 2), RIGHT, "Where does our energy go?"),
    ],
)
def test_too_much_inside_and_too_little_outside_are_the_same_lean(process: Columns, action: Columns, said: str) -> None:
    shown = told(result(INWARD, average(3.0), columns=process), result(OUTWARD, average(3.0), columns=action))
    assert balance.headline(shown) == said


def test_without_columns_the_title_is_a_question() -> None:
    hidden = told(result(INWARD, average(3.0), why_columns=Withheld.COLUMNS))
    assert balance.headline(hidden) == "Where does our energy go?"
    assert balance.leanings(hidden) == ()


def test_the_words_hold_the_share_behind_them() -> None:
    assert balance.leanings(asked(INWARD, MUCH))[0].words == (
        "The time we spend on our own meetings and process is: too much (60%)."
    )


def steered(now: float, needed: float, wanted: Columns) -> Results:
    return told(
        result("direction.now", average(now), columns=columns(5, 20, 50, 20, 5)),
        result("direction.needed", average(needed), columns=wanted),
    )


AGREED, SPLIT = columns(3, 10, 60, 20, 7), columns(12, 40, 20, 40, 10)


@pytest.mark.parametrize(
    ("now", "needed", "wanted", "said"),
    [
        (2.4, 3.2, AGREED, "More should be decided together"),
        (3.6, 3.0, AGREED, "Groups should act more on their own"),
        (3.0, 3.1, AGREED, "We are steered about as we should be"),
        (2.0, 4.0, SPLIT, "We are split on how we should be steered"),
    ],
)
def test_a_direction_is_told_only_where_people_agree_on_it(
    now: float, needed: float, wanted: Columns, said: str
) -> None:
    shown = steered(now, needed, wanted)
    found = balance.steering(shown)
    assert found is not None
    assert balance.steering_headline(shown, found) == said


def test_the_arrow_is_drawn_only_where_people_agree() -> None:
    for wanted, arrows in ((AGREED, 1), (SPLIT, 0)):
        shown = steered(2.4, 3.2, wanted)
        found = balance.steering(shown)
        assert found is not None
        drawn = draw_steering(steering_plot(shown, found), LIGHT)
        assert sum(bool(a.showarrow) for a in drawn.layout.annotations) == arrows
        assert len([trace for trace in drawn.data if trace.type == "bar"]) == 5


def test_hidden_wishes_leave_their_reason() -> None:
    shown = told(
        result("direction.now", average(3.0)),
        result("direction.needed", average(3.4), why_columns=Withheld.COLUMNS),
    )
    found = balance.steering(shown)
    assert found is not None
    plot = steering_plot(shown, found)
    assert (plot.bars, plot.arrow) == ((), False)
    assert plot.note in [a.text for a in draw_steering(plot, LIGHT).layout.annotations]


def test_a_round_that_did_not_ask_has_no_pair() -> None:
    assert balance.steering(told(result("trust", average(3.0)))) is None
