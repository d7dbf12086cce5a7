"""Are wins matched by the power we build? Social change against social power, with where it was before (charts 2.7)."""

from __future__ import annotations

from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.tokens import Tokens, layout
from assessment.disclosure.values import Verdict
from assessment.findings.results import Results
from assessment.findings.tattersall import Axes, axes

SIDE, SIDE_NARROW = 500, 350
"""Pixels of the square."""
EDGE = 46
FEWEST_FOR_TRAIL = 10
"""With fewer answers the way from earlier rounds is not drawn."""
CORNERS = {
    (1, 1): "winning and growing",
    (1, -1): "winning, wearing thin",
    (-1, 1): "growing, not yet winning",
    (-1, -1): "starting or stuck",
}


class Place(NamedTuple):
    """Where a round stands: social change and social power with their 90 % bands, None where no band is allowed."""

    round_name: str
    change: float
    power: float
    change_band: tuple[float, float] | None
    power_band: tuple[float, float] | None


class QuadrantPlot(NamedTuple):
    """Everything that is drawn: earlier places first, now last; empty with a `note` where an axis is not shown."""

    places: tuple[Place, ...]
    points: int
    axis_titles: tuple[str, str]
    note: str
    alt: str


def quadrant_plot(history: tuple[Results, ...]) -> QuadrantPlot:
    """Compute the places of sealed rounds, oldest first; the newest counts."""
    now = history[-1]
    found = axes(now)
    if found is None:
        note = "Social change and social power cannot both be shown exactly in this round."
        return QuadrantPlot((), 5, ("", ""), note, note)
    seen = _comparable(history, found) if now.release.facts.answered >= FEWEST_FOR_TRAIL else history[-1:]
    places = tuple(_place(r, a) for r, a in ((r, axes(r)) for r in seen) if a is not None)
    titles = now.name(found.change.measure), now.name(found.power.measure)
    last = places[-1]
    alt = (
        f"Square: {titles[0]} {last.change:.1f} across, {titles[1]} {last.power:.1f} up, on a scale to {found.points}."
    )
    before = [f"{p.round_name}: {p.change:.1f} and {p.power:.1f}" for p in places[:-1]]
    return QuadrantPlot(places, found.points, titles, "", " ".join([alt, *before]))


def draw_quadrant(plot: QuadrantPlot, tokens: Tokens, narrow: bool = False) -> go.Figure:
    """Draw the square with its four corners; an empty value gives an empty figure."""
    if not plot.places:
        return go.Figure()
    side = SIDE_NARROW if narrow else SIDE
    figure = go.Figure(layout=layout(tokens, side, EDGE, 8) | {"width": side})
    figure.update_layout(margin={"l": EDGE, "r": 8, "t": 8, "b": EDGE})
    figure.update_xaxes(range=[1, plot.points])
    figure.update_yaxes(range=[1, plot.points], scaleanchor="x", constrain="domain")
    _ground(figure, plot, tokens, narrow)
    _trail(figure, plot.places, tokens)
    _now(figure, plot.places[-1], tokens)
    return figure


def _comparable(history: tuple[Results, ...], found: Axes) -> tuple[Results, ...]:
    """Return the rounds that stand on one way: those in which not the same was asked are left out."""
    held = [history[-1].release.result(axis.measure) for axis in (found.change, found.power)]
    told = [{c.round_id for c in axis.changes if c.verdict is not Verdict.NOT_COMPARABLE} for axis in held if axis]
    alike = set.intersection(*told) if told else set()
    return (*(r for r in history[:-1] if r.release.facts.round_id in alike), history[-1])


def _place(results: Results, found: Axes) -> Place:
    change, power = found.change.average, found.power.average
    return Place(results.release.facts.round_name, change.value, power.value, change.band90, power.band90)


def _ground(figure: go.Figure, plot: QuadrantPlot, tokens: Tokens, narrow: bool) -> None:
    top, middle = plot.points, (plot.points + 1) / 2
    frame = {"type": "rect", "x0": 1, "x1": top, "y0": 1, "y1": top, "line": {"color": tokens.middle, "width": 1}}
    figure.add_shape(**frame, layer="below")
    for ends in ({"x0": middle, "x1": middle, "y0": 1, "y1": top}, {"x0": 1, "x1": top, "y0": middle, "y1": middle}):
        figure.add_shape(type="line", **ends, line={"color": tokens.middle, "width": 2}, layer="below")
    dashed = {"color": tokens.soft, "width": 1, "dash": "dash"}
    figure.add_shape(type="line", x0=1, y0=1, x1=top, y1=top, line=dashed, layer="below")
    _corners(figure, top, tokens, 13 if narrow else 15)
    _axes(figure, plot, tokens, 13 if narrow else 15)


def _corners(figure: go.Figure, top: int, tokens: Tokens, size: int) -> None:
    for (across, up), words in CORNERS.items():
        figure.add_annotation(
            x=top if across > 0 else 1,
            y=top if up > 0 else 1,
            text=words.replace(", ", ",<br>"),
            align="right" if across > 0 else "left",
            xanchor="right" if across > 0 else "left",
            yanchor="top" if up > 0 else "bottom",
            xshift=-8 * across,
            yshift=-8 * up,
            showarrow=False,
            bgcolor=tokens.paper,
            font={"size": size, "color": tokens.soft},
        )


def _axes(figure: go.Figure, plot: QuadrantPlot, tokens: Tokens, size: int) -> None:
    font = {"size": size, "color": tokens.ink}
    common = {"showarrow": False, "font": font, "xref": "paper", "yref": "paper"}
    figure.add_annotation(x=0.5, y=0, text=f"{plot.axis_titles[0]} →", yanchor="top", yshift=-20, **common)
    figure.add_annotation(
        x=0, y=0.5, text=f"{plot.axis_titles[1]} →", textangle=-90, xanchor="right", xshift=-20, **common
    )
    for at in range(1, plot.points + 1):
        small = {"showarrow": False, "text": str(at), "font": {"size": 12, "color": tokens.soft}}
        figure.add_annotation(x=at, y=1, yanchor="top", yshift=-2, **small)
        figure.add_annotation(x=1, y=at, xanchor="right", xshift=-4, **small)


def _trail(figure: go.Figure, places: tuple[Place, ...], tokens: Tokens) -> None:
    if len(places) < 2:
        return
    figure.add_scatter(
        mode="lines+markers+text",
        x=[p.change for p in places],
        y=[p.power for p in places],
        text=[str(i + 1) for i in range(len(places) - 1)] + [""],
        textposition="bottom center",
        textfont={"size": 13, "color": tokens.soft},
        line={"color": tokens.before, "width": 1.5},
        marker={"color": tokens.before, "size": 8},
    )


def _now(figure: go.Figure, place: Place, tokens: Tokens) -> None:
    width = 8
    if place.change_band:
        figure.add_scatter(
            mode="lines", x=place.change_band, y=[place.power] * 2, line={"color": tokens.outer, "width": width}
        )
    if place.power_band:
        figure.add_scatter(
            mode="lines", x=[place.change] * 2, y=place.power_band, line={"color": tokens.outer, "width": width}
        )
    figure.add_scatter(mode="markers", x=[place.change], y=[place.power], marker={"color": tokens.dot, "size": 18})
