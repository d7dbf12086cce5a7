"""Groups as dots without names."""

from __future__ import annotations

import json
from dataclasses import replace

from assessment.charts.strip import draw_strip, strip
from assessment.charts.tokens import LIGHT
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
