"""Bars of answers, parted at the middle."""

from __future__ import annotations

import json
import re

import pytest

from assessment.charts.answered import Answered, Reach, answered
from assessment.charts.draw_answered import LABEL, draw_answered
from assessment.charts.tokens import DARK, LIGHT
from assessment.disclosure.values import Withheld
from tests.published import average, columns, result, told, whole_round

RATING, BALANCE = "trust.safety", "balance.process"


def bars(question: str, *counts: int, dont_know: float | None = 0.1) -> Answered:
    shown = told(result(question, average(3.0), columns=columns(*counts, dont_know=dont_know)))
    return answered(shown, (question,))


def test_answers_below_the_middle_stand_left_of_the_line_and_the_middle_apart() -> None:
    row = bars(RATING, 10, 20, 40, 20, 10).rows[0]
    assert [(s.place, round(s.start, 2), s.share) for s in row.segments] == [
        (1, -0.3, 0.1),
        (2, -0.2, 0.2),
        (4, 0.0, 0.2),
        (5, 0.2, 0.1),
    ]
    assert row.middle is not None
    assert (row.middle.share, row.middle.text, row.dont_know) == (0.4, "40%", 0.1)


def test_about_right_stands_across_the_line() -> None:
    row = bars(BALANCE, 10, 20, 40, 20, 10).rows[0]
    assert row.middle is None
    assert [(s.place, round(s.start, 2)) for s in row.segments] == [(1, -0.5), (2, -0.4), (3, -0.2), (4, 0.2), (5, 0.4)]


def test_the_bar_covers_everybody_once() -> None:
    row = bars(RATING, 7, 21, 33, 40, 12).rows[0]
    assert row.middle is not None
    assert sum(s.share for s in row.segments) + row.middle.share == pytest.approx(1)


def test_few_people_are_counted_and_many_put_in_per_cents() -> None:
    assert [s.text for s in bars(RATING, 3, 3, 5, 4, 3).rows[0].segments] == ["3", "3", "4", "3"]
    assert [s.text for s in bars(RATING, 10, 20, 40, 20, 10).rows[0].segments] == ["10%", "20%", "20%", "10%"]


def test_a_merged_column_stands_between_its_answers_with_both_words() -> None:
    shown = told(result(RATING, average(3.0), columns=columns(((1, 2), 20), ((3,), 40), ((4, 5), 40))))
    left = answered(shown, (RATING,)).rows[0].segments[0]
    assert (left.place, left.words) == (1.5, "Not at all or Slightly")


def test_a_column_that_reaches_over_the_middle_stands_on_the_side_of_most_of_it() -> None:
    shown = told(result(RATING, average(3.0), columns=columns(((1, 2, 3), 20), ((4,), 40), ((5,), 40))))
    row = answered(shown, (RATING,)).rows[0]
    assert row.middle is None
    assert row.segments[0].start == pytest.approx(-0.2)


def test_all_figures_of_a_round_have_one_scale() -> None:
    shown = told(
        result(RATING, average(3.0), columns=columns(50, 20, 10, 10, 10)),
        result("wins.won", average(3.0), columns=columns(10, 10, 10, 20, 50)),
    )
    assert answered(shown, (RATING,)).reach == answered(shown, ("wins.won",)).reach


def test_hidden_columns_leave_their_reason_and_no_number() -> None:
    shown = told(result(RATING, average(3.0), why_columns=Withheld.COLUMNS))
    row = answered(shown, (RATING,)).rows[0]
    assert (row.segments, row.middle, row.dont_know) == ((), None, None)
    assert row.note == "single answers not shown: too few people, or too alike"
    texts = [a.text for a in draw_answered(answered(shown, (RATING,)), LIGHT).layout.annotations]
    assert row.note in texts


@pytest.mark.parametrize("narrow", [False, True])
def test_the_figure_draws_every_segment_and_asks_the_question_once(narrow: bool) -> None:
    figure = draw_answered(bars(RATING, 10, 20, 40, 20, 10), DARK, narrow)
    assert len(figure.data) == 6
    labels = [a.text for a in figure.layout.annotations if "admit a mistake" in a.text]
    assert len(labels) == 1


def test_without_can_not_say_there_is_no_column_for_it() -> None:
    assert bars(RATING, 10, 20, 40, 20, 10, dont_know=None).reach.dont_know == 0


def test_no_rows_give_an_empty_figure() -> None:
    assert len(draw_answered(Answered((), Reach(0.5, 0.5, 0, 0), ""), LIGHT).data) == 0


def test_what_is_withheld_is_in_no_byte_of_the_figure() -> None:
    shown = told(result(RATING, None, why=Withheld.FEW, why_columns=Withheld.FEW, people=None))
    drawn = json.dumps(draw_answered(answered(shown, (RATING,)), LIGHT).to_plotly_json(), default=str)
    assert "fewer than 5 answers" in drawn
    assert "%" not in drawn


def test_long_ends_of_a_scale_are_broken_and_leave_the_bars_room() -> None:
    drawn = draw_answered(answered(whole_round({}), ("direction.needed",)), LIGHT)
    (label,) = [a.text for a in drawn.layout.annotations if "Every group acts" in (a.text or "")]
    lines = [re.sub("<[^>]*>", "", line) for line in label.split("<br>")]
    assert max(map(len, lines)) <= LABEL + 4


def test_column_titles_stand_only_above_bars() -> None:
    hidden = told(result("trust.safety", average(3.0), columns=None, why_columns=Withheld.COLUMNS))
    texts = [a.text for a in draw_answered(answered(hidden, ("trust.safety",)), LIGHT).layout.annotations]
    assert "In the middle" not in texts
