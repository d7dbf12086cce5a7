"""The ranked dot plot: numbers on the computed value, one look at the figure."""

from __future__ import annotations

import json

from assessment.charts.ranked import Ranked, draw_ranked, ranked
from assessment.charts.tokens import DARK, LIGHT
from assessment.disclosure.values import Verdict, Withheld
from tests.published import average, change, result, told

PLANTED = 2.7182


def test_dimensions_stand_from_high_to_low_with_hidden_ones_last() -> None:
    shown = told(result("trust", average(3.1)), result("power", None), result("purpose", average(4.2)))
    assert [row.measure for row in ranked(shown).rows] == ["purpose", "trust", "power"]


def test_equal_averages_keep_the_order_of_the_questionnaire() -> None:
    shown = told(result("wins", average(3.1)), result("trust", average(3.1)))
    assert [row.measure for row in ranked(shown).rows] == ["trust", "wins"]


def test_a_row_holds_dot_bands_diamond_and_words() -> None:
    value = average(2.5, 0.2)
    lens = average(2.0, None)
    row = ranked(told(result("power", value, other_lens=lens, changes=(change(Verdict.DOWN),)))).rows[0]
    assert (row.value, row.score, row.other) == (2.5, "2.5", 2.0)
    assert (row.band90, row.band50) == (value.band90, value.band50)
    assert row.words == "weak, went down, small organisations lower"


def test_a_hidden_row_says_why_and_holds_nothing_else() -> None:
    row = ranked(told(result("power", None, why=Withheld.FEW))).rows[0]
    assert (row.value, row.score, row.band90, row.band50, row.other) == (None, "", None, None, None)
    assert row.words == "not shown: fewer than 5 answers"


def test_a_coded_second_lens_is_not_drawn() -> None:
    row = ranked(told(result("power", average(4.4), other_lens=average(4.6, bound="at_least")))).rows[0]
    assert row.other is None


def test_the_legend_explains_what_is_drawn_and_nothing_more() -> None:
    plain = ranked(told(result("trust", average(3.1)))).legend
    assert "Diamond" not in plain
    assert "where the average of all 188 would likely be" in plain
    everyone = ranked(told(result("trust", average(3.1, None)), answered=188)).legend
    assert "Band" not in everyone
    assert "Everyone answered." in everyone


def test_the_alternative_text_compares_the_ends() -> None:
    said = ranked(told(result("purpose", average(4.3)), result("power", average(2.5)))).alt
    assert said.startswith("Dot plot of 2 averages from 1 to 5, 142 of 188 people.")
    assert "Highest Shared purpose 4.3, lowest Power and fairness 2.5." in said


def test_the_figure_writes_each_label_once_on_wide_and_narrow_screens() -> None:
    rows = ranked(told(result("purpose", average(4.3)), result("power", average(2.5))))
    for narrow in (False, True):
        texts = [a.text for a in draw_ranked(rows, LIGHT, narrow).layout.annotations]
        assert texts.count("Shared purpose") == 1


def test_no_rows_give_an_empty_figure() -> None:
    figure = draw_ranked(Ranked((), 5, "", ""), LIGHT)
    assert (len(figure.data), len(figure.layout.annotations)) == (0, 0)


def test_what_is_withheld_is_in_no_byte_of_the_figure() -> None:
    hidden = result("power", None, why=Withheld.PROTECTED, changes=(change(Verdict.TOO_FEW, PLANTED),))
    figure = draw_ranked(ranked(told(hidden, result("purpose", average(4.3)))), DARK)
    assert str(PLANTED) not in json.dumps(figure.to_plotly_json(), default=str)
