"""Bars of single choices."""

from __future__ import annotations

from assessment.charts.chosen import chosen, draw_chosen
from assessment.charts.tokens import LIGHT
from assessment.disclosure.values import Withheld
from tests.published import columns, result, told

FORM = "form.now"


def test_choices_keep_the_order_of_the_questionnaire_with_their_shares() -> None:
    rows = chosen(told(result(FORM, None, why=None, columns=columns(10, 40, 30, 20))), FORM).rows
    assert [(row.share, row.text) for row in rows] == [(0.1, "10%"), (0.4, "40%"), (0.3, "30%"), (0.2, "20%")]
    assert rows[0].label.startswith("We share values")


def test_merged_choices_are_other_answers() -> None:
    rows = chosen(told(result(FORM, None, why=None, columns=columns(((2,), 9), ((1, 3, 4), 4)))), FORM).rows
    assert [(row.label, row.text) for row in rows][-1] == ("Other answers", "4 of 13")


def test_hidden_choices_say_why() -> None:
    found = chosen(told(result(FORM, None, why=None, why_columns=Withheld.COLUMNS)), FORM)
    assert (found.rows, found.note) == ((), "single answers not shown: too few people, or too alike")
    assert len(draw_chosen(found, LIGHT).data) == 0


def test_a_choice_that_was_not_asked_says_so() -> None:
    assert chosen(told(), FORM).note == "not asked in this round"


def test_the_figure_writes_each_choice_once() -> None:
    found = chosen(told(result(FORM, None, why=None, columns=columns(10, 40, 30, 20))), FORM)
    texts = [a.text for a in draw_chosen(found, LIGHT).layout.annotations]
    assert len(texts) == len(set(texts)) == 4
