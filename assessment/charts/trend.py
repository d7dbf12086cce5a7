"""How did it go over three rounds and more? One small line per dimension, all on one scale (charts 2.4)."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go

from assessment.charts.timeline import SYMBOLS
from assessment.charts.tokens import Tokens, layout
from assessment.disclosure.values import Result, Verdict
from assessment.findings.moments import Kind, Moment, marks
from assessment.findings.results import Results
from assessment.findings.words import counted

COLUMNS, PANEL, PANEL_NARROW = 3, 190, 150
"""Panels beside each other on a wide screen (one on a narrow one), pixels of height of a panel."""
NAMED = 4
"""Up to so many rounds every one has its name below; with more only the first and the last."""


class TrendPoint(NamedTuple):
    """One round of a line; `joined` tells that it may be compared with the point before."""

    place: int
    value: float | None
    band: tuple[float, float] | None
    joined: bool


class TrendLine(NamedTuple):
    """One dimension over the rounds."""

    measure: str
    label: str
    points: tuple[TrendPoint, ...]


class Trend(NamedTuple):
    """Everything that is drawn: the rounds' names, oldest first, and a line per dimension; scales go to `points`.

    `marks` are entries of the logs: where they lie between the rounds, and what they are.
    """

    rounds: tuple[str, ...]
    lines: tuple[TrendLine, ...]
    points: int
    alt: str
    marks: tuple[tuple[float, Kind], ...] = ()

    @property
    def legend(self) -> str:
        """What the pale stretches, the missing lines and the marks are."""
        marked = " On the line below: diamonds for wins, triangles for leaders who grew." if self.marks else ""
        return f"Pale: where the average of everybody invited would likely be. No line: not comparable.{marked}"


def trend(history: tuple[Results, ...], entries: tuple[Moment, ...] = ()) -> Trend:
    """Compute the lines of sealed rounds, oldest first; dimensions in the order of the newest round's ranking.

    `entries` of the logs are marked on the axis by their dates.
    """
    newest = history[-1]
    lines = tuple(_line(history, r.measure) for r in newest.dimensions)
    points = max((newest.points(line.measure) for line in lines), default=5)
    names = tuple(r.release.facts.round_name for r in history)
    said = [f"{line.label}: {', '.join(_value(p.value) for p in line.points)}." for line in lines]
    there = marks(history, entries)
    alt = " ".join(filter(None, [f"Small lines over {', '.join(names)}.", *said, _marked(there)]))
    return Trend(names, lines, points, alt, there)


def _marked(there: tuple[tuple[float, Kind], ...]) -> str:
    """Return what is marked below the lines in words; the time axis tells each."""
    wins = sum(kind is Kind.WIN for _, kind in there)
    told = (counted(wins, "win"), counted(len(there) - wins, "time that leaders grew", "times that leaders grew"))
    return f"Marked between the rounds: {told[0]}, {told[1]}." if there else ""


def draw_trend(trend: Trend, tokens: Tokens, narrow: bool = False, marked: Collection[str] = ()) -> go.Figure:
    """Draw a panel per dimension; an empty value gives an empty figure. `marked` measures have a bold name."""
    if not trend.lines:
        return go.Figure()
    columns = 1 if narrow else COLUMNS
    rows = -(-len(trend.lines) // columns)
    height = (PANEL_NARROW if narrow else PANEL) * rows
    figure = go.Figure(layout=layout(tokens, height, 8, 8))
    for number, line in enumerate(trend.lines):
        row, column = divmod(number, columns)
        _axes(figure, trend, number + 1, _domain(column, columns, 0.07), _domain(rows - 1 - row, rows, 0.0), narrow)
        _panel(figure, trend, line, number + 1, tokens)
        _words(figure, trend, line, number + 1, tokens, line.measure in marked)
    return figure


def _line(history: tuple[Results, ...], measure: str) -> TrendLine:
    points = []
    for place, results in enumerate(history):
        found = results.release.result(measure)
        average = found.average if found else None
        value = average.value if average else None
        points.append(TrendPoint(place, value, average.band90 if average else None, _joined(results, found)))
    return TrendLine(measure, history[-1].name(measure), tuple(points))


def _joined(results: Results, result: Result | None) -> bool:
    change = results.change(result) if result else None
    return change is not None and change.verdict is not Verdict.NOT_COMPARABLE


def _value(value: float | None) -> str:
    return "not shown" if value is None else f"{value:.1f}"


def _domain(at: int, of: int, gap: float) -> list[float]:
    return [at / of + (gap / 2 if at else 0), (at + 1) / of - (gap / 2 if at < of - 1 else 0)]


def _axes(figure: go.Figure, trend: Trend, number: int, across: list[float], up: list[float], narrow: bool) -> None:
    last = len(trend.rounds) - 1
    room = 0.24 if narrow else 0.2
    plot = [up[0] + (up[1] - up[0]) * room, up[1] - (up[1] - up[0]) * room]
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    figure.update_layout(
        {
            f"xaxis{number}": {**hidden, "domain": across, "range": [-0.35, last + 0.35], "anchor": f"y{number}"},
            f"yaxis{number}": {**hidden, "domain": plot, "range": [1, trend.points], "anchor": f"x{number}"},
        }
    )


def _panel(figure: go.Figure, trend: Trend, line: TrendLine, number: int, tokens: Tokens) -> None:
    axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    last = len(trend.rounds) - 1
    for at in (1, (trend.points + 1) / 2, trend.points):
        figure.add_scatter(
            mode="lines", x=[-0.35, last + 0.35], y=[at, at], line={"color": tokens.grid, "width": 1}, **axes
        )
    for before, point in zip(line.points, line.points[1:], strict=False):
        _stretch(figure, before, point, axes, tokens)
    shown = [p for p in line.points if p.value is not None]
    figure.add_scatter(
        mode="markers+text",
        x=[p.place for p in shown],
        y=[p.value for p in shown],
        text=[f"{p.value:.1f}" for p in shown],
        textposition="top center",
        textfont={"size": 13, "color": tokens.ink},
        marker={"size": 8, "color": [tokens.now if p.place == last else tokens.before for p in shown]},
        cliponaxis=False,
        **axes,
    )
    figure.add_scatter(
        mode="markers",
        x=[place for place, _ in trend.marks],
        y=[1] * len(trend.marks),
        marker={"size": 8, "color": tokens.dot, "symbol": [SYMBOLS[kind] for _, kind in trend.marks]},
        cliponaxis=False,
        **axes,
    )


def _stretch(figure: go.Figure, before: TrendPoint, point: TrendPoint, axes: dict[str, str], tokens: Tokens) -> None:
    if before.value is None or point.value is None or not point.joined:
        return
    if before.band and point.band:
        x = [before.place, point.place, point.place, before.place]
        y = [before.band[1], point.band[1], point.band[0], before.band[0]]
        figure.add_scatter(x=x, y=y, fill="toself", mode="none", fillcolor=tokens.outer, **axes)
    line = {"color": tokens.now, "width": 2}
    figure.add_scatter(mode="lines", x=[before.place, point.place], y=[before.value, point.value], line=line, **axes)


def _words(figure: go.Figure, trend: Trend, line: TrendLine, number: int, tokens: Tokens, marked: bool) -> None:
    place = {"xref": f"x{number}", "yref": f"y{number}", "showarrow": False}
    figure.add_annotation(
        x=-0.35, y=trend.points, text=f"<b>{line.label}</b>" if marked else line.label, xanchor="left",
        yanchor="bottom", yshift=6,
        font={"size": 16, "color": tokens.ink}, **place,
    )  # fmt: skip
    ends = {0, len(trend.rounds) - 1}
    for at, name in enumerate(trend.rounds):
        if len(trend.rounds) <= NAMED or at in ends:
            figure.add_annotation(
                x=at,
                y=1,
                text=escape(name, quote=False),
                yanchor="top",
                yshift=-4,
                font={"size": 12, "color": tokens.soft},
                **place,
            )
