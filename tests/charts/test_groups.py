"""Groups as dots without names."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assessment.charts.heat import HIDDEN, HeatCell, draw_heat, heat, numbered
from assessment.charts.strip import draw_strip, strip
from assessment.charts.tokens import ANSWER_COLOURS, DARK, LIGHT
from assessment.disclosure.door import door
from assessment.disclosure.values import Average, Group, GroupKind, Withheld
from assessment.findings.results import Results
from assessment.findings.tables import group_table
from tests.published import average, result, told


def theirs(key: str, value: Average | None) -> object:
    with door():
        return replace(result("trust", value), group=key, why=None if value else Withheld.PROTECTED)


def world() -> tuple[Results, tuple[Group, ...]]:
    shown = told(result("trust", average(3.2)), theirs("a", average(2.8)), theirs("b", average(3.6)), theirs("c", None))
    with door():
        groups = tuple(Group(key, GroupKind.ORGANISATION, f"Org {key}") for key in "abc")
    return shown, groups


def test_every_shown_group_is_a_dot_and_hidden_ones_are_counted() -> None:
    row = strip(*world()).rows[0]
    assert (row.alliance, row.groups, row.chosen) == (3.2, (2.8, 3.6), None)
    assert row.words == "2.8 to 3.6, 2 of 3 shown"


def test_a_chosen_group_stands_apart_with_its_number() -> None:
    results, groups = world()
    row = strip(results, groups, groups[1]).rows[0]
    assert (row.groups, row.chosen, row.number) == ((2.8,), 3.6, "3.6")


def test_no_name_of_a_group_is_in_the_figure() -> None:
    results, groups = world()
    drawn = json.dumps(draw_strip(strip(results, groups), LIGHT).to_plotly_json(), default=str)
    assert not any(group.name in drawn for group in groups)


def test_the_table_says_why_a_group_is_hidden() -> None:
    rows = group_table(*world()).rows
    assert [row[1:] for row in rows] == [
        ("Harbour Alliance", "3.2"),
        ("Org a", "2.8"),
        ("Org b", "3.6"),
        ("Org c", "not shown, to protect a small group"),
    ]


def test_each_group_has_its_numbers_and_what_is_hidden_has_neither_number_nor_colour() -> None:
    value = heat(*world())
    assert value.columns == ("Trust",)
    assert [(row.name, row.cells) for row in value.rows] == [
        ("The alliance", (HeatCell("3.2", 0.0),)),
        ("Org a", (HeatCell("2.8", -0.4),)),
        ("Org b", (HeatCell("3.6", 0.4),)),
        ("Org c", (HeatCell(HIDDEN, None),)),
    ]
    assert value.rows[3].cells[0].colour is None
    assert "Org a on Trust: 2.8, 0.4 below the alliance." in value.alt


def test_an_average_at_an_end_is_written_as_one_and_compared_with_nothing() -> None:
    groups = world()[1][:1]
    shown = told(result("trust", average(3.2)), theirs("a", average(4.6, bound="at_least")))
    assert heat(shown, groups).rows[1].cells == (HeatCell("≥ 4.6", None),)
    at_end = told(result("trust", average(4.6, bound="at_least")), theirs("a", average(4.2)))
    cells = [row.cells for row in heat(at_end, groups).rows]
    assert cells == [(HeatCell("≥ 4.6", None),), (HeatCell("4.2", None),)]


def test_colours_run_from_below_over_the_alliance_to_above_and_no_further() -> None:
    cells = [HeatCell("", above).colour for above in (-4.0, -1.5, 0.0, 1.5, 4.0)]
    low, middle, high = ANSWER_COLOURS[0], ANSWER_COLOURS[2], ANSWER_COLOURS[4]
    assert cells == [low, low, middle, high, high]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_figure_of_each_group_names_it_and_holds_nothing_hidden(narrow: bool) -> None:
    results, groups = world()
    planted = tuple(replace_name(group, "<b>Org</b> & Sons") if group.key == "a" else group for group in groups)
    value = heat(results, planted)
    figure = draw_heat(value, DARK, narrow)
    assert [list(row) for row in figure.data[0].z] == [[None], [0.4], [-0.4], [0.0]]
    assert list(figure.data[1].text) == [HIDDEN, "3.6", "2.8", "3.2"]
    written = [note.text for note in figure.layout.annotations]
    assert "&lt;b&gt;Org&lt;/b&gt; &amp; Sons" in written
    assert ("1" in written) is narrow
    assert numbered(value) == "1 Trust"


def replace_name(group: Group, name: str) -> Group:
    with door():
        return replace(group, name=name)
