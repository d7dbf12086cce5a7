"""Draw the bars of `answered`: labels beside them on a wide screen, above them on a narrow one."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from typing import Any

import plotly.graph_objects as go

from assessment.charts.answered import DRAWN_FROM, Answered, AnsweredRow, Reach, Segment
from assessment.charts.scale import mark_rows
from assessment.charts.tokens import Tokens, answer_colour, layout, text_on

ROW, ROW_NARROW = 78, 138
LEFT = 330
HEAD = 34
BAR = 30
"""Pixels: a row, the room for labels, the line of column titles, the thickness of a bar."""
LABEL, LABEL_NARROW = 44, 46
"""Characters in a line of a label."""
GAP, TAIL = 0.03, 0.06


def draw_answered(answered: Answered, tokens: Tokens, narrow: bool = False, marked: Collection[str] = ()) -> go.Figure:
    """Draw one row per question; an empty `Answered` gives an empty figure. `marked` questions are tinted."""
    row = ROW_NARROW if narrow else ROW
    figure = go.Figure(layout=layout(tokens, row * len(answered.rows) + HEAD, 8 if narrow else LEFT, 8))
    if not answered.rows:
        return figure
    domains = _domains(answered.reach)
    _axes(figure, answered, domains, HEAD / row)
    if any(row.segments for row in answered.rows):
        _titles(figure, domains, tokens, narrow)
    drop = 0.26 if narrow else 0.0
    rows = tuple(enumerate(reversed(answered.rows)))
    mark_rows(figure, (at for at, line in rows if line.question in marked), 8 if narrow else LEFT, 8, tokens)
    for at, line in rows:
        _bars(figure, line, at - drop, BAR / row, tokens, DRAWN_FROM * (2 if narrow else 1))
        if line.segments:
            _middle_line(figure, at - drop, BAR / row, tokens)
        _label(figure, line, at, tokens, narrow, line.question in marked)
        if line.note:
            _note(figure, line.note, at - drop, tokens)
    return figure


def _middle_line(figure: go.Figure, y: float, width: float, tokens: Tokens) -> None:
    line = {"color": tokens.soft, "width": 1}
    figure.add_shape(type="line", x0=0, x1=0, y0=y - width * 0.8, y1=y + width * 0.8, line=line, layer="below")


def _domains(reach: Reach) -> list[list[float]]:
    """Share the width so that one per cent is as wide in the bars as in the two columns at the right."""
    sizes = [reach.left + reach.right, reach.middle, reach.dont_know]
    gaps = sum(size > 0 for size in sizes) - 1
    # what is written beside the last bar needs room too
    unit = (1 - GAP * gaps - (TAIL if reach.dont_know else 0)) / sum(sizes)
    made, at = [], 0.0
    for size in sizes:
        made.append([at, min(at + size * unit, 1.0)])
        at += size * unit + (GAP if size else 0)
    return made


def _axes(figure: go.Figure, answered: Answered, domains: list[list[float]], head: float) -> None:
    reach = answered.reach
    unit = (reach.left + reach.right) / (domains[0][1] - domains[0][0])
    figure.update_yaxes(range=[-0.5, len(answered.rows) - 0.5 + head])
    figure.update_xaxes(range=[-reach.left, reach.right], domain=domains[0])
    for name, domain in (("xaxis2", domains[1]), ("xaxis3", domains[2])):
        width = domain[1] - domain[0]
        if width > 0:
            axis = {"visible": False, "fixedrange": True, "anchor": "y", "domain": domain, "range": [0, width * unit]}
            figure.update_layout({name: axis})


def _titles(figure: go.Figure, domains: list[list[float]], tokens: Tokens, narrow: bool) -> None:
    for title, domain in (("In the middle", domains[1]), ("Can't say", domains[2])):
        if domain[1] > domain[0]:
            font = {"size": 12 if narrow else 14, "color": tokens.soft}
            common = {"xref": "paper", "yref": "paper", "showarrow": False, "font": font}
            figure.add_annotation(x=domain[0], y=1, text=title, xanchor="left", yanchor="top", **common)


def _bars(figure: go.Figure, row: AnsweredRow, y: float, width: float, tokens: Tokens, drawn_from: float) -> None:
    for segment in row.segments:
        _bar(figure, segment, row.points, y, width, "x", tokens, segment.share >= drawn_from)
    if row.middle:
        _bar(figure, row.middle, row.points, y, width, "x2", tokens, True)
    if row.dont_know is not None:
        hatch = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": tokens.soft, "bgcolor": tokens.paper}
        marker = {"color": tokens.paper, "pattern": hatch, "line": {"color": tokens.soft, "width": 1}}
        share = max(row.dont_know, 0.004)
        figure.add_bar(
            orientation="h", y=[y], x=[share], width=width * 0.8, marker=marker, xaxis="x3",
            text=[f"{round(100 * row.dont_know)}%"], textposition="outside", cliponaxis=False,
            textfont={"size": 14, "color": tokens.soft},
        )  # fmt: skip


def _bar(
    figure: go.Figure,
    segment: Segment,
    points: int,
    y: float,
    width: float,
    axis: str,
    tokens: Tokens,
    inside: bool,
) -> None:
    colour = answer_colour(segment.place, points)
    text: dict[str, Any] = {"text": [segment.text if inside else ""], "textposition": "inside"}
    figure.add_bar(
        orientation="h",
        y=[y],
        base=[segment.start],
        x=[segment.share],
        width=width,
        xaxis=axis,
        marker={"color": colour, "line": {"color": tokens.outline, "width": 1}},
        textangle=0,
        insidetextanchor="middle",
        constraintext="none",
        textfont={"size": 15, "color": text_on(colour)},
        **text,
    )


def _label(figure: go.Figure, row: AnsweredRow, at: float, tokens: Tokens, narrow: bool, marked: bool) -> None:
    lines = textwrap.wrap(row.label.replace(" …", "\u00a0…"), LABEL_NARROW if narrow else LABEL)
    low, high = (f'<span style="color:{answer_colour(place, row.points)}">■</span>' for place in (1, row.points))
    ends = "<br>".join(textwrap.wrap(f"{row.ends[0]} … {row.ends[1]}", LABEL_NARROW if narrow else LABEL))
    ends = f'<span style="color:{tokens.soft};font-size:14px">{low} {ends} {high}</span>'
    figure.add_annotation(
        xref="paper",
        x=0,
        y=at + 0.46 if narrow else at,
        text="<br>".join([*(f"<b>{one}</b>" if marked else one for one in lines), ends]),
        showarrow=False,
        align="left",
        xanchor="left",
        yanchor="top" if narrow else "middle",
        xshift=0 if narrow else -LEFT + 4,
        font={"size": 16, "color": tokens.ink},
    )


def _note(figure: go.Figure, note: str, y: float, tokens: Tokens) -> None:
    figure.add_annotation(
        xref="paper", x=0, y=y, text=note, showarrow=False, xanchor="left", font={"size": 15, "color": tokens.soft}
    )
