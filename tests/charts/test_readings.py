"""The same answers through other frameworks."""

from __future__ import annotations

import pytest

from assessment.charts.ranked import draw_ranked, ranked
from assessment.charts.scale import AXIS, LINE
from assessment.charts.tokens import LIGHT
from assessment.disclosure.values import Average, Verdict
from assessment.findings import readings
from assessment.findings.results import Results
from assessment.questionnaire.values import Reading
from tests.published import QUESTIONNAIRE, average, change, result, told


def reading(key: str) -> Reading:
    return next(r for r in QUESTIONNAIRE.readings if r.key == key)


def warned(navigation: Average) -> Results:
    return told(
        result("elements/grid", navigation),
        result("pitfalls/value", average(3.5)),
        result("network.add_up", average(3.4)),
        result("pitfalls/centring", average(3.3)),
    )


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (average(2.4, 0.2), readings.LIT),
        (average(2.9, 0.2), readings.UNSURE),
        (average(3.4, 0.2), readings.QUIET),
        (average(1.3, bound="at_most"), readings.LIT),
    ],
)
def test_a_warning_is_lit_only_when_its_whole_interval_lies_below(value: Average, state: str) -> None:
    found = readings.read(warned(value), reading("pitfalls"))
    assert found[0].state == state


def test_a_lit_warning_is_the_screens_title() -> None:
    assert readings.headline(warned(average(2.4, 0.2))) == (
        "A warning is lit: nobody can see the whole network any more"
    )
    assert readings.headline(warned(average(3.4, 0.2))) == "The same answers, read in other ways"


def test_a_lit_warning_has_another_shape() -> None:
    shown = warned(average(2.4, 0.2))
    found = readings.read(shown, reading("pitfalls"))
    results = tuple(one.result for one in found if one.result)
    lit = tuple(one.state == readings.LIT for one in found)
    drawn = draw_ranked(ranked(shown, results, lit=lit), LIGHT)
    triangles = [t for t in drawn.data if t.type == "scatter" and t.marker.symbol == "triangle-up"]
    assert [list(trace.x) for trace in triangles] == [[2.4]]


def test_ranked_parts_stand_from_high_to_low() -> None:
    shown = told(
        result("elements/vision", average(3.9)),
        result("elements/grid", average(2.6)),
        result("purpose.language", average(3.2)),
    )
    found = readings.read(shown, reading("elements"))
    assert [one.part.key for one in found if one.result] == ["vision", "language", "grid"]
    assert readings.finding(shown, reading("elements")) == "Strongest: Clear vision. Weakest: Communications grid."


def test_power_that_rises_while_trust_falls_is_said() -> None:
    shown = told(
        result("trust", average(2.8), changes=(change(Verdict.DOWN),)),
        result("path/transformation", average(3.2)),
        result("path/power", average(3.4), changes=(change(Verdict.UP),)),
    )
    assert readings.finding(shown, reading("path")) == "Power rises while trust falls: what was won may not last."


def test_a_reading_lists_what_its_parts_asked() -> None:
    part = reading("pitfalls").parts[1]
    assert readings.asked_in(told(), part) == (
        "How worthwhile is taking part for your organisation?",
        "How much do others back you when you start something?",
    )


def test_every_reading_but_the_square_is_shown() -> None:
    shown = [r.key for r in readings.shown_readings(told())]
    assert shown == [r.key for r in QUESTIONNAIRE.readings if r.shape != readings.OWN_SCREEN]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_label_of_several_lines_never_covers_the_row_above(narrow: bool) -> None:
    shown = warned(average(2.4, 0.2))
    found = [one for one in readings.read(shown, reading("pitfalls")) if one.result]
    labels = tuple(f"{one.part.title} and whatever else can be said about it in one breath" for one in found)
    drawn = draw_ranked(ranked(shown, tuple(one.result for one in found if one.result), labels), LIGHT, narrow)
    lines = max((a.text or "").count("<br>") + 1 for a in drawn.layout.annotations)
    row = (drawn.layout.height - AXIS) / len(found)
    assert lines > 2
    # below the middle of a narrow row stands its mark, above it the label
    assert row >= LINE * lines + (50 if narrow else 0)
