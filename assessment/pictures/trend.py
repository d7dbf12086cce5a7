"""How did it go over three rounds and more? The lines of `charts.trend` as a picture."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from assessment.charts.tokens import Tokens
from assessment.charts.trend import NAMED, Trend, TrendLine, TrendPoint
from assessment.findings.moments import Kind
from assessment.pictures.letters import lines
from assessment.pictures.marks import Picture, block, block_height, dot, line, rotated_square, shape, text, triangle
from assessment.pictures.rows import LABEL, NARROW, SMALL, WIDE

COLUMNS, GUTTER = 3, 28.0
PLOT, HEAD = 96.0, 16.0
"""Height of a panel's scale, and the room above it for a number at its upper end."""
NAMES = 11.0


class _Panel(NamedTuple):
    """Where one panel's scale stands, in pixels: `rounds` places across, `points` up."""

    left: float
    top: float
    wide: float
    rounds: int
    points: int

    def x(self, place: float) -> float:
        return self.left + self.wide * (place + 0.5) / self.rounds

    def y(self, value: float) -> float:
        return self.top + (self.points - value) / (self.points - 1) * PLOT


def trend_picture(trend: Trend, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw one small line per dimension, all on one scale; three panels side by side, on a phone one."""
    whole, columns = (NARROW, 1) if narrow else (WIDE, COLUMNS)
    wide = (whole - GUTTER * (columns - 1)) / columns
    made, at = [], 0.0
    for start in range(0, len(trend.lines), columns):
        row = trend.lines[start : start + columns]
        labels = [lines(one.label, LABEL, wide) for one in row]
        head = max(block_height(label, LABEL) for label in labels) + HEAD
        for place, (one, label) in enumerate(zip(row, labels, strict=True)):
            panel = _Panel(place * (wide + GUTTER), at + head, wide, len(trend.rounds), trend.points)
            made += [block(panel.left, at, label, LABEL, tokens.ink), _line(one, panel, tokens)]
            made += [_mark(kind, panel.x(place_), panel.y(1), tokens) for place_, kind in trend.marks]
            made.append(_names(trend.rounds, panel, tokens))
        at += head + PLOT + NAMES * 4 + 14
    return Picture(whole, at, "".join(made), title, trend.alt)


def _line(one: TrendLine, panel: _Panel, tokens: Tokens) -> str:
    if all(point.value is None for point in one.points):
        return text(panel.left, panel.y((panel.points + 1) / 2), "not shown", SMALL, tokens.soft)
    ground = (1, (panel.points + 1) / 2, panel.points)
    made = [line(panel.left, panel.y(at), panel.left + panel.wide, panel.y(at), tokens.grid) for at in ground]
    steps = [(a, b) for a, b in pairwise(one.points) if b.joined]
    made += [_band(before, after, panel, tokens) for before, after in steps]
    for before, after in steps:
        if before.value is not None and after.value is not None:
            ends = panel.x(before.place), panel.y(before.value), panel.x(after.place), panel.y(after.value)
            made.append(line(*ends, tokens.now, 2))
    for point in one.points:
        if point.value is not None:
            x, y = panel.x(point.place), panel.y(point.value)
            made.append(dot(x, y, 4.5, tokens.now if point.place == panel.rounds - 1 else tokens.before))
            made.append(text(x, y - 9, f"{point.value:.1f}", SMALL - 1, tokens.ink, "middle"))
    return "".join(made)


def _band(before: TrendPoint, after: TrendPoint, panel: _Panel, tokens: Tokens) -> str:
    if before.band is None or after.band is None:
        return ""
    left, right = panel.x(before.place), panel.x(after.place)
    corners = [(left, before.band[1]), (right, after.band[1]), (right, after.band[0]), (left, before.band[0])]
    return shape([(x, panel.y(value)) for x, value in corners], tokens.outer)


def _mark(kind: Kind, x: float, y: float, tokens: Tokens) -> str:
    """Draw an entry of the logs on the axis; its words stand on the time axis."""
    return rotated_square(x, y, 4.5, tokens.dot) if kind is Kind.WIN else triangle(x, y, 4, tokens.dot)


def _names(rounds: tuple[str, ...], panel: _Panel, tokens: Tokens) -> str:
    """Write the rounds' names below: all of a few, else the first and the last, each within its own room."""
    shown = range(len(rounds)) if len(rounds) <= NAMED else (0, len(rounds) - 1)
    room = panel.wide / min(len(rounds), NAMED) - 4
    made = []
    for place in shown:
        name, anchor, x = lines(rounds[place], NAMES, room)[:3], "middle", panel.x(place)
        if len(rounds) > NAMED:
            # A little inside: an "f" at the end of a line leans out over its own width.
            anchor, x = ("start", panel.left) if place == 0 else ("end", panel.left + panel.wide - 2)
        made.append(block(x, panel.y(1) + 5, name, NAMES, tokens.soft, anchor))
    return "".join(made)
