"""What happened between the rounds? A time axis that runs down, every mark with its day and its words (charts 2.4).

It runs down and not across, so that words of any length stand beside their mark on any window.
"""

from __future__ import annotations

import textwrap
from html import escape

import plotly.graph_objects as go

from assessment.charts.tokens import Tokens, layout
from assessment.findings.moments import Kind, Moment, Timeline, day

LINE, GAP = 21, 14
"""Pixels: a line of words, and what parts two entries."""
DAYS, AXIS = 150, 178
"""Pixels from the left to the end of a day and to the axis; on a narrow window the day stands above the words."""
WRAP, WRAP_NARROW = 84, 36
SYMBOLS = {Kind.ROUND: "circle", Kind.WIN: "diamond", Kind.LEADERS: "triangle-up"}
SIZES = {Kind.ROUND: 15, Kind.WIN: 13, Kind.LEADERS: 13}


def colour(kind: Kind, tokens: Tokens) -> str:
    """Return the colour of a mark: rounds as the newest round, entries as the dots of averages."""
    return tokens.now if kind is Kind.ROUND else tokens.dot


def draw_timeline(timeline: Timeline, tokens: Tokens, narrow: bool = False) -> go.Figure:
    """Draw the axis with its marks; nothing but an empty figure where there is nothing beside the rounds."""
    if not timeline.shown:
        return go.Figure()
    written = [_written(one, tokens, narrow) for one in timeline.moments]
    tops, height = [], 0
    for lines in written:
        tops.append(height)
        height += LINE * len(lines) + GAP
    axis = 12 if narrow else AXIS
    figure = go.Figure(layout=layout(tokens, height + 16, axis, 8))
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(range=[-height, 0])
    ends = {"y0": -LINE / 2, "y1": -(tops[-1] + LINE / 2), "line": {"color": tokens.middle, "width": 2}}
    figure.add_shape(type="line", x0=0, x1=0, layer="below", **ends)
    for one, lines, top in zip(timeline.moments, written, tops, strict=True):
        _entry(figure, one, lines, -top, tokens, narrow)
    return figure


def _written(one: Moment, tokens: Tokens, narrow: bool) -> list[str]:
    """Return the lines beside a mark; what coordinators typed is shown as it is, never read as marks."""
    room = WRAP_NARROW if narrow else WRAP
    words = [escape(line, quote=False) for line in textwrap.wrap(one.words, room)] or [""]
    under = [escape(line, quote=False) for line in textwrap.wrap(one.under, room)]
    quiet = [f'<span style="color:{tokens.soft};font-size:15px">{line}</span>' for line in under]
    lead = [f'<span style="color:{tokens.soft};font-size:14px">{day(one.on)}</span>'] if narrow else []
    return [*lead, *(f"<b>{line}</b>" if one.kind is Kind.ROUND else line for line in words), *quiet]


def _entry(figure: go.Figure, one: Moment, lines: list[str], top: float, tokens: Tokens, narrow: bool) -> None:
    middle = top - LINE / 2
    marker = {"symbol": SYMBOLS[one.kind], "size": SIZES[one.kind], "color": colour(one.kind, tokens)}
    figure.add_scatter(mode="markers", x=[0], y=[middle], marker=marker, cliponaxis=False)
    common = {"xref": "x", "x": 0, "showarrow": False}
    for place, line in enumerate(lines):
        figure.add_annotation(y=middle - place * LINE, text=line, xanchor="left", xshift=16, align="left", **common)
    if not narrow:
        font = {"size": 15, "color": tokens.soft}
        figure.add_annotation(y=middle, text=day(one.on), xanchor="right", xshift=DAYS - AXIS, font=font, **common)
