"""Which groups see it differently? A line for every group, a column for every dimension (charts 2.5).

The number is the group's own published average; the colour says how far it lies from the alliance's. It tells no
group to be better: with few answers a part of every difference is chance.
"""

from __future__ import annotations

import textwrap
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.tokens import ANSWER_COLOURS, Tokens, answer_colour, layout, text_on
from assessment.disclosure.values import Bound, Group, Result
from assessment.findings.results import Results
from assessment.findings.tables import group_name
from assessment.findings.words import number

WIDEST = 1.5
"""Points from the alliance's average at which a colour is at its fullest."""
HIDDEN = "–"
ENDS: dict[Bound, str] = {"exact": "", "at_least": "≥ ", "at_most": "≤ "}
ROW, ROW_NARROW, LEFT, HEAD, HEAD_NARROW = 34, 58, 210, 64, 42
NAME, NAME_NARROW = 29, 42
"""Characters of a group's name in its line, and above it on a narrow screen."""
COLUMN = 11
"""Characters in a line above a column."""


class HeatCell(NamedTuple):
    """A group's average of one dimension as it is written, and how far it lies above the alliance's.

    `above` is None where either is not shown, or is only known to lie at an end.
    """

    words: str
    above: float | None

    @property
    def colour(self) -> str | None:
        """Its colour: orange below the alliance, grey as the alliance, violet above; None for no colour."""
        if self.above is None:
            return None
        return answer_colour(3 + 2 * max(-1.0, min(1.0, self.above / WIDEST)), len(ANSWER_COLOURS))


class HeatRow(NamedTuple):
    """One group with its cells, in the order of the columns."""

    name: str
    cells: tuple[HeatCell, ...]


class Heat(NamedTuple):
    """Everything that is drawn: the dimensions with the alliance's averages on top, then every group."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    legend: str
    alt: str


def heat(results: Results, groups: tuple[Group, ...], alliance: str = "The alliance") -> Heat:
    """Compute the averages of groups beside the alliance's, groups in the order of their names."""
    asked = results.dimensions
    named = sorted(((group_name(results, group), group) for group in groups), key=lambda one: one[0].casefold())
    whole = HeatRow(alliance, tuple(_cell(result, result) for result in asked))
    rows = tuple(
        HeatRow(name, tuple(_cell(results.release.result(r.measure, group.key), r) for r in asked))
        for name, group in named
    )
    legend = (
        "Number: the average of those who answered. Orange: below the alliance, violet: above; fullest from "
        f"{WIDEST:g} points on. {HIDDEN}: not shown. With few answers a part of every difference is chance."
    )
    columns = tuple(results.name(result.measure) for result in asked)
    return Heat(columns, (whole, *rows), legend, _alt(columns, rows))


def draw_heat(heat: Heat, tokens: Tokens, narrow: bool = False) -> go.Figure:
    """Draw the table; on a narrow screen columns have numbers, which `numbered` explains, and names stand above."""
    row, left, top = (ROW_NARROW, 0, HEAD_NARROW) if narrow else (ROW, LEFT, HEAD)
    figure = go.Figure(layout=layout(tokens, row * len(heat.rows) + 8, left, 0, top))
    figure.update_xaxes(range=[-0.5, len(heat.columns) - 0.5])
    figure.update_yaxes(range=[0.5, len(heat.rows) + 0.5])
    places = list(enumerate(reversed(heat.rows), 1))
    _cells(figure, places, tokens, ROW_NARROW - ROW + 4 if narrow else 4)
    for place, column in enumerate(heat.columns):
        words = str(place + 1) if narrow else "<br>".join(textwrap.wrap(column, COLUMN, break_long_words=False))
        font = {"size": 13 if narrow else 12, "color": tokens.soft}
        common = {"x": place, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": font}
        figure.add_annotation(text=words, yshift=10 if narrow else 4, **common)
    for at, one in places:
        _name(figure, at, one.name, tokens, narrow, bold=one is heat.rows[0])
    return figure


def numbered(heat: Heat) -> str:
    """Return what the numbers above the columns of a narrow screen mean."""
    return " · ".join(f"{place} {column}" for place, column in enumerate(heat.columns, 1))


def _cells(figure: go.Figure, places: list[tuple[int, HeatRow]], tokens: Tokens, gap: float) -> None:
    scale = [[place / (len(ANSWER_COLOURS) - 1), colour] for place, colour in enumerate(ANSWER_COLOURS)]
    figure.add_heatmap(
        y=[at for at, _ in places],
        z=[[cell.above for cell in one.cells] for _, one in places],
        colorscale=scale,
        zmin=-WIDEST,
        zmax=WIDEST,
        showscale=False,
        xgap=4,
        ygap=gap,
    )
    there = [(place, at, cell) for at, one in places for place, cell in enumerate(one.cells)]
    figure.add_scatter(
        mode="text",
        x=[place for place, _, _ in there],
        y=[at for _, at, _ in there],
        text=[cell.words for _, _, cell in there],
        textfont={"size": 14, "color": [text_on(cell.colour) if cell.colour else tokens.soft for _, _, cell in there]},
    )


def _name(figure: go.Figure, y: float, name: str, tokens: Tokens, narrow: bool, bold: bool) -> None:
    most = NAME_NARROW if narrow else NAME
    words = escape(name if len(name) <= most else f"{name[: most - 1].rstrip()}…", quote=False)
    place = {"x": 0, "xanchor": "left", "yshift": 24} if narrow else {"x": 0, "xanchor": "right", "xshift": -10}
    written = f"<b>{words}</b>" if bold else words
    font = {"size": 15 if narrow else 14, "color": tokens.ink}
    figure.add_annotation(xref="paper", y=y, text=written, showarrow=False, font=font, **place)


def _cell(result: Result | None, whole: Result) -> HeatCell:
    theirs, ours = result.average if result else None, whole.average
    if theirs is None:
        return HeatCell(HIDDEN, None)
    above = None
    if ours is not None and theirs.bound == ours.bound == "exact":
        above = round(theirs.value - ours.value, 1)
    return HeatCell(ENDS[theirs.bound] + number(theirs.value), above)


def _alt(columns: tuple[str, ...], rows: tuple[HeatRow, ...]) -> str:
    """Return the widest differences in words: two or three comparisons, and where the numbers stand."""
    apart = [
        (abs(cell.above), f"{row.name} on {column}: {cell.words}, {_beside(cell.above)}.")
        for row in rows
        for column, cell in zip(columns, row.cells, strict=True)
        if cell.above
    ]
    widest = [words for _, words in sorted(apart, key=lambda one: -one[0])[:3]]
    what = f"Averages of {len(rows)} groups on {len(columns)} dimensions."
    return " ".join([what, *(["Furthest from the alliance:", *widest] if widest else [])])


def _beside(above: float) -> str:
    return f"{abs(above):.1f} {'above' if above > 0 else 'below'} the alliance"
