"""What charts with one line per row share: the scale from 1 on, and the words beside or above a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from assessment.charts.tokens import Tokens

ROW, ROW_NARROW = 49, 80
"""Pixels per row: label beside the line, or above it on a narrow screen."""
LEFT, RIGHT = 230, 320
AXIS = 44
TOP_NARROW = 26
"""Room above the first row, whose label may take two lines."""
LINE = 20
"""Pixels of a line of a label."""
WRAP, WRAP_NARROW = 27, 38
"""Characters in a line of a label."""


def row_height(labels: Iterable[str], narrow: bool) -> int:
    """Return the pixels of a row: more where a label takes more lines, so that it never covers the row above."""
    most = max((len(textwrap.wrap(label, WRAP_NARROW if narrow else WRAP)) for label in labels), default=1)
    return ROW_NARROW + LINE * (most - 1) if narrow else max(ROW, LINE * most + 9)


def draw_scale(figure: go.Figure, points: int, rows: int, tokens: Tokens) -> None:
    """Draw a line at every point of the scale with its number; the middle stands out a little."""
    figure.update_xaxes(range=[0.95, points + 0.05])
    figure.update_yaxes(range=[-0.5 - AXIS / ROW * 0.6, rows - 0.5])
    for at in range(1, points + 1):
        middle = at == (points + 1) / 2
        line = {"color": tokens.middle if middle else tokens.grid, "width": 2 if middle else 1}
        figure.add_shape(type="line", x0=at, x1=at, y0=-0.5, y1=rows - 0.5, line=line, layer="below")
        figure.add_annotation(
            x=at, y=-0.5, text=str(at), showarrow=False, yshift=-16, font={"size": 14, "color": tokens.soft}
        )


def mark_rows(figure: go.Figure, places: Iterable[float], left: int, right: int, tokens: Tokens) -> None:
    """Tint whole lines that somebody looks for, from the label to the words at the right."""
    for y in places:
        common = {"type": "rect", "y0": y - 0.5, "y1": y + 0.5, "line": {"width": 0}, "layer": "below"}
        common["fillcolor"] = tokens.grid
        figure.add_shape(xref="paper", x0=0, x1=1, **common)
        for anchor, ends in ((0, (-left, 0)), (1, (0, right))):
            figure.add_shape(xref="paper", xsizemode="pixel", xanchor=anchor, x0=ends[0], x1=ends[1], **common)


def row_text(
    figure: go.Figure,
    y: float,
    written: tuple[str, str, str],
    tokens: Tokens,
    narrow: bool,
    marked: bool = False,
) -> None:
    """Write a row's label left of its line and its number and words right of it; above it on a narrow screen.

    `written` is the label, the number, the words; a marked label is bold.
    """
    label, number, words = written
    quiet = f'<span style="color:{tokens.soft}">{words}</span>'
    bold = f"<b>{number}</b>"
    lines = "<br>".join(textwrap.wrap(label, WRAP_NARROW if narrow else WRAP))
    lines = f"<b>{lines}</b>" if marked else lines
    if narrow:
        ground = tokens.grid if marked else tokens.paper
        above = {"yanchor": "bottom", "yshift": 11, "bgcolor": ground}
        _text(figure, 0, y, lines, tokens, xanchor="left", align="left", **above)
        _text(figure, 0, y, quiet if words else "", tokens, xanchor="left", yshift=2, bgcolor=ground)
        _text(figure, 1, y, bold if number else "", tokens, xanchor="right", **above)
    else:
        _text(figure, 0, y, lines, tokens, xanchor="right", xshift=-14, align="right")
        right = f"{bold}   {quiet}" if number else quiet
        _text(figure, 1, y, right if number or words else "", tokens, xanchor="left", xshift=14, align="left")


def _text(figure: go.Figure, x: float, y: float, text: str, tokens: Tokens, **place: Any) -> None:
    size = {"size": 15 if "yshift" in place else 17, "color": tokens.ink}
    if text:
        figure.add_annotation(xref="paper", x=x, y=y, text=text, showarrow=False, font=size, **place)
