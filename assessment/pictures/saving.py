"""A chart as a file to keep, to print or to put into a report: the picture with its finding, its source, its legend."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache, singledispatch
from typing import NamedTuple

from assessment.charts.answered import Answered
from assessment.charts.chosen import Chosen
from assessment.charts.dumbbell import Dumbbell
from assessment.charts.heat import Heat
from assessment.charts.quadrant import QuadrantPlot
from assessment.charts.ranked import Ranked
from assessment.charts.steering import SteeringPlot
from assessment.charts.strip import Strip
from assessment.charts.tokens import LIGHT
from assessment.charts.trend import Trend
from assessment.findings.moments import Timeline
from assessment.findings.results import Results
from assessment.findings.titles import Title
from assessment.pictures.answered import answered_picture
from assessment.pictures.bars import chosen_picture
from assessment.pictures.change import change_picture
from assessment.pictures.heat import heat_picture
from assessment.pictures.marks import Picture, framed, saved
from assessment.pictures.ranked import ranked_picture
from assessment.pictures.square import square_picture
from assessment.pictures.steering import steering_picture
from assessment.pictures.strip import strip_picture
from assessment.pictures.timeline import timeline_picture
from assessment.pictures.trend import trend_picture

KEPT_IN_MEMORY = 300
"""Pictures of some ten kilobytes each."""


class Saved(NamedTuple):
    """A picture as a file: what it is of, in one word, and its SVG text."""

    name: str
    svg: str


def as_file(results: Results, name: str, value: Hashable, title: Title | str, legend: str = "") -> Saved:
    """Return a chart's computed value as a file; raise TypeError for a value that no picture is drawn from.

    A title in the coordinators' words says so, as on the screen.
    """
    words, note = (title.words, title.note) if isinstance(title, Title) else (title, "")
    under = f"{source(results)} {note}".strip()
    return Saved(name, _written(value, words, under, legend))


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _written(value: Hashable, words: str, under: str, legend: str) -> str:
    # A screen offers its pictures at every run, and nearly nobody takes one: each is drawn once.
    return saved(framed(drawn(value, words), under, legend))


def source(results: Results) -> str:
    """Return what a picture is made from: the round, who answered, when it was sealed."""
    facts = results.release.facts
    people = f"{facts.answered:,} of {facts.invited:,}" if facts.invited else f"{facts.answered:,}"
    return f"{facts.round_name}. {people} people answered. Sealed on {facts.sealed_on:%d %B %Y}.".replace(" 0", " ")


@singledispatch
def drawn(value: object, title: str) -> Picture:
    """Return the wide picture of a chart's computed value, by day."""
    raise TypeError(f"no picture is drawn from {type(value).__name__}")


@drawn.register
def _(value: Ranked, title: str) -> Picture:
    return ranked_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Dumbbell, title: str) -> Picture:
    return change_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Answered, title: str) -> Picture:
    return answered_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Chosen, title: str) -> Picture:
    return chosen_picture(value, LIGHT, False, title)


@drawn.register
def _(value: SteeringPlot, title: str) -> Picture:
    return steering_picture(value, LIGHT, False, title)


@drawn.register
def _(value: QuadrantPlot, title: str) -> Picture:
    return square_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Strip, title: str) -> Picture:
    return strip_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Heat, title: str) -> Picture:
    return heat_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Trend, title: str) -> Picture:
    return trend_picture(value, LIGHT, False, title)


@drawn.register
def _(value: Timeline, title: str) -> Picture:
    return timeline_picture(value, LIGHT, False, title)
