"""Rows that somebody looks for: tinted across the whole line, their label bold, and no other."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from assessment.charts.answered import answered
from assessment.charts.draw_answered import draw_answered
from assessment.charts.dumbbell import draw_dumbbell, dumbbell
from assessment.charts.ranked import draw_ranked, ranked
from assessment.charts.tokens import LIGHT
from assessment.charts.trend import draw_trend, trend
from tests.published import whole_round

ROUND = whole_round({})
MARKED = frozenset({"trust", "trust.safety"})


def drawn(narrow: bool, marked: frozenset[str]) -> list[go.Figure]:
    return [
        draw_ranked(ranked(ROUND), LIGHT, narrow, marked),
        draw_dumbbell(dumbbell(ROUND, "r2"), LIGHT, narrow, marked),
        draw_answered(answered(ROUND, ("trust.candour", "trust.safety")), LIGHT, narrow, marked),
    ]


def tinted(figure: go.Figure) -> set[float]:
    return {shape.y0 + 0.5 for shape in figure.layout.shapes if shape.fillcolor == LIGHT.grid}


@pytest.mark.parametrize("narrow", [True, False])
def test_one_row_is_tinted_from_the_label_to_the_words(narrow: bool) -> None:
    for figure in drawn(narrow, MARKED):
        assert len(tinted(figure)) == 1
        assert len([s for s in figure.layout.shapes if s.fillcolor == LIGHT.grid]) == 3
        labels = [a.text for a in figure.layout.annotations if (a.text or "").startswith("<b>")]
        assert sum("Trust" in text or "safe" in text for text in labels) == 1


def test_without_a_wish_nothing_is_tinted() -> None:
    assert not any(tinted(figure) for figure in drawn(False, frozenset()))


def test_the_name_of_a_line_over_rounds_is_bold() -> None:
    figure = draw_trend(trend((ROUND, ROUND)), LIGHT, False, frozenset({"trust"}))
    assert [a.text for a in figure.layout.annotations if (a.text or "").startswith("<b>")] == ["<b>Trust</b>"]
