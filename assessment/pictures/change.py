"""What changed between two rounds? The rows of `charts.dumbbell` as a picture."""

from __future__ import annotations

from functools import partial

from assessment.charts.dumbbell import Dumbbell, DumbbellRow
from assessment.charts.tokens import Tokens
from assessment.pictures.marks import Picture, dot, line
from assessment.pictures.rows import Row, Scale, on_a_scale

LINES = ((1.5, "2 3"), (2.0, ""), (6.0, ""))
"""Thickness and dashes of a line that says nothing, of a possible and of a clear change."""


def change_picture(dumbbell: Dumbbell, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw every dimension then and now with a line between; the thicker the surer."""
    rows = [
        Row(r.label, r.numbers, r.words, None if r.before is None and r.now is None else partial(_marks, r, tokens))
        for r in dumbbell.rows
    ]
    return on_a_scale(rows, dumbbell.points, tokens, narrow, title, dumbbell.alt)


def _marks(row: DumbbellRow, tokens: Tokens, scale: Scale, y: float) -> str:
    made = []
    if row.before is not None and row.now is not None:
        thick, dash = LINES[row.strength]
        colour = tokens.now if row.strength else tokens.before
        made.append(line(scale.x(row.before), y, scale.x(row.now), y, colour, thick, dash))
    for value, colour, radius in ((row.before, tokens.before, 6.5), (row.now, tokens.now, 8)):
        if value is not None:
            made.append(dot(scale.x(value), y, radius, colour))
    return "".join(made)
