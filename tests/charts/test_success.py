"""Social change against social power."""

from __future__ import annotations

import pytest

from assessment.charts.quadrant import CORNERS, draw_quadrant, quadrant_plot
from assessment.charts.tokens import LIGHT
from assessment.disclosure.values import Verdict
from assessment.findings import tattersall
from assessment.findings.results import Results
from assessment.statistics.success import Quadrant
from tests.published import average, change, gap, result, told

CHANGE, POWER = "tattersall/social_change", "tattersall/social_power"


def shown(won: float, power: float, half: float | None = 0.1, **facts: object) -> Results:
    since = (change(Verdict.NONE, round_id="r2"),)
    axes = (result(m, average(value, half), changes=since) for m, value in ((CHANGE, won), (POWER, power)))
    return told(*axes, **{"gaps": (gap(round(won - power, 1)),), **facts})


@pytest.mark.parametrize(
    ("change", "power", "where"),
    [
        (3.8, 3.6, Quadrant.WINNING_AND_GROWING),
        (3.8, 2.6, Quadrant.WEARING_THIN),
        (2.5, 3.5, Quadrant.NOT_YET_WINNING),
        (2.2, 2.4, Quadrant.STARTING_OR_STUCK),
        (3.05, 2.4, Quadrant.BORDER),
    ],
)
def test_a_field_is_named_only_where_both_intervals_lie_in_it(change: float, power: float, where: Quadrant) -> None:
    assert tattersall.named_quadrant(shown(change, power)) is where


def test_the_title_tells_the_gap_before_the_field() -> None:
    assert tattersall.headline(shown(3.8, 2.6)) == "Wins run ahead of the power we build"
    assert tattersall.headline(shown(3.6, 3.6)) == "Wins and power go together: winning and growing"
    assert tattersall.headline(shown(3.2, 2.8, 0.1, gaps=(gap(0.1),))) == "Where we stand: winning, wearing thin"
    assert tattersall.headline(shown(3.9, 3.5, gaps=(gap(0.4, 0.7),))) == "Where we stand: winning and growing"
    assert tattersall.headline(shown(3.9, 3.7, gaps=(gap(0.2, 0.7),))) == "Where we stand: winning and growing"
    assert tattersall.headline(shown(3.9, 3.3, gaps=())) == "Where we stand: winning and growing"
    assert tattersall.headline(shown(3.0, 3.0)) == "Are our wins matched by the power we build?"


@pytest.mark.parametrize(
    ("half", "said"),
    [
        (0.2, "Had everybody answered, the gap would likely be 0.4 to 0.8."),
        (0.7, "That may be no gap at all."),
    ],
)
def test_the_gap_is_told_with_its_paired_interval(half: float, said: str) -> None:
    axes = result(CHANGE, average(3.6)), result(POWER, average(3.0))
    assert tattersall.subtitle(told(*axes, gaps=(gap(0.6, half),))).count(said) == 1


def test_a_release_without_a_published_gap_tells_none() -> None:
    old = told(result(CHANGE, average(3.8)), result(POWER, average(2.6)))
    assert tattersall.gap_finding(old) is None
    assert "gap" not in tattersall.subtitle(old)


def test_too_few_heard_leave_a_question() -> None:
    title = "Are our wins matched by the power we build?"
    assert tattersall.headline(shown(3.8, 2.6, speaks_for_all=False)) == title


def test_the_place_has_its_cross_and_the_way_there() -> None:
    plot = quadrant_plot((shown(2.9, 2.8, round_id="r2"), shown(3.7, 2.9)))
    assert [(p.change, p.power) for p in plot.places] == [(2.9, 2.8), (3.7, 2.9)]
    assert plot.places[-1].change_band == pytest.approx((3.6, 3.8))
    assert plot.axis_titles == ("Social change", "Social power")


def test_few_answers_show_no_way_from_earlier_rounds() -> None:
    assert len(quadrant_plot((shown(2.9, 2.8), shown(3.7, 2.9, answered=9))).places) == 1


@pytest.mark.parametrize(("verdict", "places"), [(Verdict.NONE, 2), (Verdict.NOT_COMPARABLE, 1), (None, 1)])
def test_the_way_leads_past_no_round_in_which_another_thing_was_asked(verdict: Verdict | None, places: int) -> None:
    before = shown(2.5, 2.6, round_id="r2")
    since = (change(verdict),) if verdict else ()
    axes = result(CHANGE, average(3.8), changes=since), result(POWER, average(2.6), changes=(change(Verdict.NONE),))
    plot = quadrant_plot((before, told(*axes)))
    assert len(plot.places) == places
    assert (before.release.facts.round_name in plot.alt) is (places == 2)


def test_an_axis_that_is_not_shown_exactly_leaves_a_sentence() -> None:
    plot = quadrant_plot((told(result(CHANGE, average(4.7, bound="at_least")), result(POWER, average(3.0))),))
    assert plot.places == ()
    assert "cannot both be shown" in plot.note
    assert len(draw_quadrant(plot, LIGHT).data) == 0


def test_the_figure_is_a_square_with_its_four_corners() -> None:
    figure = draw_quadrant(quadrant_plot((shown(3.7, 2.9),)), LIGHT)
    assert figure.layout.width == figure.layout.height
    texts = [(a.text or "").replace("<br>", " ") for a in figure.layout.annotations]
    assert all(texts.count(words) == 1 for words in CORNERS.values())


def test_the_four_cells_are_those_of_the_reading() -> None:
    cells = ("wins", "climate", "relationships", "leaders")
    found = tattersall.cells(told(*(result(cell, average(3.0)) for cell in cells)))
    assert tuple(r.measure for _, r in found) == cells
