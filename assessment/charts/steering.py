"""How are we steered, and how should we be? Both averages on the words, and how many want what (charts 2.6)."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.tokens import Tokens, answer_colour, layout
from assessment.disclosure.values import Columns, Withheld
from assessment.findings.balance import Steering
from assessment.findings.results import Results
from assessment.findings.words import number, reason, share_of

HEIGHT, BARS = 400, 0.62
"""Pixels, and the share of them that the bars take; the averages stand above."""
WRAP, WRAP_NARROW = 18, 10


class SteeringBar(NamedTuple):
    """How many want one answer (several where they were merged): its place, its share, what is written."""

    place: float
    width: float
    share: float
    text: str


class SteeringPlot(NamedTuple):
    """Everything that is drawn. `arrow` tells whether people agree enough for a way to be shown."""

    labels: tuple[str, ...]
    now: float | None
    needed: float | None
    arrow: bool
    bars: tuple[SteeringBar, ...]
    note: str
    alt: str


def steering_plot(results: Results, found: Steering) -> SteeringPlot:
    """Compute the picture of one pair of questions."""
    scale = found.needed.scale
    labels = results.texts.scale[scale.key] if scale else ()
    wanted = results.release.result(found.needed.id)
    columns = wanted.columns if wanted else None
    note = ""
    if columns is None:
        why = (wanted.why_columns or wanted.why) if wanted else None
        note = reason(why or Withheld.COLUMNS, results.release.rules.k)
    bars = _bars(columns) if columns else ()
    said = [f"Today {number(found.now_value)}." if found.now_value else ""]
    said += [f"Needed {number(found.needed_value)}." if found.needed_value else ""]
    said += [f"{bar.text} want place {bar.place:g}." for bar in bars]
    return SteeringPlot(
        labels, found.now_value, found.needed_value, found.agreed, bars, note, " ".join(filter(None, said))
    )


def draw_steering(plot: SteeringPlot, tokens: Tokens, narrow: bool = False) -> go.Figure:
    """Draw the bars of what is needed with both averages above; an empty value gives an empty figure."""
    if not plot.labels:
        return go.Figure()
    figure = go.Figure(layout=layout(tokens, HEIGHT, 8, 8))
    points = len(plot.labels)
    top = max([bar.share for bar in plot.bars], default=0.5) / BARS
    figure.update_xaxes(range=[0.5, points + 0.5])
    figure.update_yaxes(range=[-0.24 * top, top])
    for bar in plot.bars:
        _bar(figure, bar, points, tokens)
    for place, label in enumerate(plot.labels, 1):
        words = "<br>".join(textwrap.wrap(label, WRAP_NARROW if narrow else WRAP))
        font = {"size": 12 if narrow else 15, "color": tokens.ink}
        figure.add_annotation(x=place, y=0, text=words, yanchor="top", yshift=-6, showarrow=False, font=font)
    _averages(figure, plot, top, tokens)
    if plot.note:
        figure.add_annotation(x=(points + 1) / 2, y=top * 0.3, text=plot.note, showarrow=False)
    return figure


def _bars(columns: Columns) -> tuple[SteeringBar, ...]:
    total = columns.people
    shown = ((c, sum(c.codes) / len(c.codes)) for c in columns.columns)
    return tuple(SteeringBar(at, len(c.codes), c.people / total, share_of(c.people, total)) for c, at in shown)


def _bar(figure: go.Figure, bar: SteeringBar, points: int, tokens: Tokens) -> None:
    figure.add_bar(
        x=[bar.place],
        y=[bar.share],
        width=[bar.width - 0.3],
        marker={"color": answer_colour(bar.place, points), "line": {"color": tokens.outline, "width": 1}},
        text=[bar.text],
        textposition="outside",
        textfont={"size": 15, "color": tokens.ink},
        cliponaxis=False,
    )


def _averages(figure: go.Figure, plot: SteeringPlot, top: float, tokens: Tokens) -> None:
    """Draw both averages on a line of their own; an arrow only where people agree on what is needed."""
    y = top * 0.88
    figure.add_shape(
        type="line", x0=1, x1=len(plot.labels), y0=y, y1=y, line={"color": tokens.middle, "width": 1}, layer="below"
    )
    if plot.arrow and plot.now is not None and plot.needed is not None:
        figure.add_annotation(
            x=plot.needed, y=y, ax=plot.now, ay=y, axref="x", ayref="y", showarrow=True, arrowhead=2, arrowwidth=2,
            arrowcolor=tokens.now, standoff=8, text="",
        )  # fmt: skip
    marks = ((plot.now, "today", tokens.before, "bottom", 10), (plot.needed, "needed", tokens.now, "top", -10))
    for value, word, colour, anchor, shift in marks:
        if value is not None:
            figure.add_scatter(mode="markers", x=[value], y=[y], marker={"color": colour, "size": 15})
            text = f"<b>{number(value)}</b> {word}"
            figure.add_annotation(
                x=value, y=y, text=text, showarrow=False, yanchor=anchor, yshift=shift, font={"size": 15}
            )
