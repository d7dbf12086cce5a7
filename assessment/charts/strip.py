"""Do groups see it differently? Every group a dot without a name, the alliance a dark one (charts 2.5).

No ranking of organisations: dots carry no names but the one that somebody chose to look at.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.scale import AXIS, LEFT, RIGHT, TOP_NARROW, draw_scale, mark_rows, row_height, row_text
from assessment.charts.tokens import Tokens, layout
from assessment.disclosure.values import Group, Result
from assessment.findings.results import Results
from assessment.findings.tables import group_name
from assessment.findings.words import number, reason


class StripRow(NamedTuple):
    """One dimension: the alliance's average, the groups' (the chosen one apart), how many groups are hidden."""

    measure: str
    label: str
    alliance: float | None
    groups: tuple[float, ...]
    chosen: float | None
    number: str
    words: str


class Strip(NamedTuple):
    """Everything that is drawn of the groups of a round."""

    rows: tuple[StripRow, ...]
    points: int
    legend: str
    alt: str


def strip(results: Results, groups: tuple[Group, ...], chosen: Group | None = None) -> Strip:
    """Compute the dimensions with the averages of groups; `chosen` is told apart and named."""
    rows = tuple(_row(results, r, groups, chosen) for r in results.dimensions)
    points = max((results.points(row.measure) for row in rows), default=5)
    legend = "Small dots: groups, without their names. Large dot: the whole alliance."
    if chosen is not None:
        legend += f" Diamond and number: {group_name(results, chosen)}."
    said = [f"{row.label}: {row.words}." for row in rows]
    return Strip(rows, points, legend, " ".join([f"Dots of {len(groups)} groups by dimension.", *said]))


def draw_strip(strip: Strip, tokens: Tokens, narrow: bool = False, marked: Collection[str] = ()) -> go.Figure:
    """Draw one line per dimension; an empty value gives an empty figure. `marked` measures are tinted."""
    if not strip.rows:
        return go.Figure()
    row = row_height((one.label for one in strip.rows), narrow)
    left, right, top = (8, 8, TOP_NARROW) if narrow else (LEFT, RIGHT, 8)
    figure = go.Figure(layout=layout(tokens, row * len(strip.rows) + AXIS, left, right, top))
    draw_scale(figure, strip.points, len(strip.rows), tokens)
    places = tuple(enumerate(reversed(strip.rows)))
    mark_rows(figure, (place for place, one in places if one.measure in marked), left, right, tokens)
    drop = 0.24 if narrow else 0.0
    for place, one in places:
        _dots(figure, one, place - drop, tokens)
        written = one.label, one.number, one.words
        row_text(figure, place, written, tokens, narrow, one.measure in marked)
    return figure


def _row(results: Results, whole: Result, groups: tuple[Group, ...], chosen: Group | None) -> StripRow:
    found = [(group, _value(results.release.result(whole.measure, group.key))) for group in groups]
    values = tuple(value for group, value in found if value is not None and group is not chosen)
    theirs = next((value for group, value in found if group is chosen), None)
    shown = sum(value is not None for _, value in found)
    words = f"{shown} of {len(groups)} shown"
    if shown > 1:
        everything = [value for _, value in found if value is not None]
        words = f"{number(min(everything))} to {number(max(everything))}, {words}"
    if whole.why is not None and not shown:
        words = reason(whole.why, results.release.rules.k)
    written = number(theirs) if theirs is not None else ""
    return StripRow(whole.measure, results.name(whole.measure), _value(whole), values, theirs, written, words)


def _value(result: Result | None) -> float | None:
    average = result.average if result else None
    return average.value if average is not None and average.bound == "exact" else None


def _dots(figure: go.Figure, row: StripRow, y: float, tokens: Tokens) -> None:
    small = {"color": tokens.inner, "size": 11, "opacity": 0.75, "line": {"color": tokens.dot, "width": 1}}
    figure.add_scatter(mode="markers", x=row.groups, y=[y] * len(row.groups), marker=small)
    if row.alliance is not None:
        figure.add_scatter(mode="markers", x=[row.alliance], y=[y], marker={"color": tokens.ink, "size": 14})
    if row.chosen is not None:
        marker = {"symbol": "diamond", "color": tokens.now, "size": 16, "line": {"color": tokens.paper, "width": 1}}
        figure.add_scatter(mode="markers", x=[row.chosen], y=[y], marker=marker)
