"""Rounds, wins and leaders on one time axis: dates and words, nothing that says why."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from assessment.charts.timeline import draw_timeline
from assessment.charts.tokens import LIGHT
from assessment.charts.trend import draw_trend, trend
from assessment.findings.moments import MOST, Kind, Moment, marks, timeline
from assessment.findings.results import Results
from assessment.findings.tables import csv_text, timeline_table
from tests.published import average, result, told

FIRST, SECOND, LAST = date(2025, 4, 28), date(2025, 10, 27), date(2026, 5, 4)
WIN = Moment(date(2025, 9, 18), Kind.WIN, "Night bus line 9 runs again", "Won. Bus Riders")
GREW = Moment(date(2026, 1, 31), Kind.LEADERS, "9 volunteers: listening")
BEFORE, AFTER = WIN._replace(on=date(2024, 1, 1)), WIN._replace(on=date(2026, 9, 10))


def history(phase: str | None = None) -> tuple[Results, ...]:
    days = {"Spring 2025": FIRST, "Autumn 2025": SECOND, "Spring 2026": LAST}
    return tuple(
        told(result("trust", average(3.0)), round_name=name, sealed_on=day, phase=phase) for name, day in days.items()
    )


def test_entries_stand_between_the_rounds_by_their_days() -> None:
    found = timeline(history(), (GREW, WIN))
    assert [one.words for one in found.moments] == [
        "Spring 2025",
        "Night bus line 9 runs again",
        "Autumn 2025",
        "9 volunteers: listening",
        "Spring 2026",
    ]
    assert "18 September 2025: Night bus line 9 runs again (Won. Bus Riders)." in found.alt
    assert not any(word in found.alt.lower() for word in ("because", "after", "led to", "thanks"))


def test_what_lies_outside_the_rounds_is_counted_and_not_shown() -> None:
    found = timeline(history(), (BEFORE, WIN, AFTER))
    assert found.left_out == 2
    assert "2 more in the logs" in found.legend


def test_the_newest_of_very_many_entries_are_shown() -> None:
    many = tuple(WIN._replace(on=FIRST + timedelta(days=n + 1)) for n in range(MOST + 3))
    found = timeline(history(), many)
    assert [one.on for one in found.moments if one.kind is Kind.WIN] == [one.on for one in many[3:]]
    assert found.left_out == 3


def test_rounds_alone_are_no_picture_but_their_phase_is() -> None:
    assert not timeline(history(), (BEFORE,)).shown
    assert len(draw_timeline(timeline(history(), ()), LIGHT).data) == 0
    assert timeline(history("Winning the charter"), ()).shown


@pytest.mark.parametrize("narrow", [False, True])
def test_no_two_lines_of_words_share_a_place(narrow: bool) -> None:
    long = WIN._replace(words="A very long title of a win that needs several lines " * 3)
    figure = draw_timeline(timeline(history("Going deep " * 9), (long, GREW)), LIGHT, narrow)
    words = [-a.y for a in figure.layout.annotations if a.xanchor == "left"]
    assert all(after - before >= 20 for before, after in pairwise(words))
    assert max(words) + 20 <= figure.layout.height
    assert [t.marker.symbol for t in figure.data] == ["circle", "diamond", "circle", "triangle-up", "circle"]


def test_what_people_typed_is_never_read_as_marks() -> None:
    typed = WIN._replace(words='<a href="http://evil">x</a>')
    figure = draw_timeline(timeline(history(), (typed,)), LIGHT)
    assert not any("<a" in (a.text or "") for a in figure.layout.annotations)
    assert csv_text(timeline_table(history()[-1], timeline(history(), (WIN._replace(words="=1+1"),)))).count("'=1+1")


def test_small_lines_carry_the_marks_at_their_place_between_two_rounds() -> None:
    places = marks(history(), (WIN, GREW, BEFORE, AFTER))
    assert [(int(place), kind) for place, kind in places] == [(0, Kind.WIN), (1, Kind.LEADERS)]
    assert 0.7 < places[0][0] < 0.9
    assert trend(history(), (WIN, GREW)).alt.endswith("Marked between the rounds: 1 win, 1 time that leaders grew.")
    figure = draw_trend(trend(history(), (WIN, GREW)), LIGHT)
    assert [list(t.marker.symbol) for t in figure.data if t.mode == "markers"] == [["diamond", "triangle-up"]]


def test_rounds_sealed_on_one_day_have_nothing_between_them() -> None:
    same = (history()[0], history()[0])
    assert marks(same, (WIN._replace(on=FIRST),)) == ()
