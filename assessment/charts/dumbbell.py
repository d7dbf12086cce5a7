"""What changed between two rounds? Every dimension then and now on one scale (charts 2.4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.scale import AXIS, LEFT, RIGHT, TOP_NARROW, draw_scale, mark_rows, row_height, row_text
from assessment.charts.tokens import Tokens, layout
from assessment.findings.changes import COMPARED, STRENGTH, Changed, changes
from assessment.findings.results import Results
from assessment.findings.words import counted


class DumbbellRow(NamedTuple):
    """One dimension: its dots (None where not shown), how surely it changed (2 clear, 1 possible, 0 not), its words."""

    measure: str
    label: str
    before: float | None
    now: float | None
    strength: int
    numbers: str
    words: str


class Dumbbell(NamedTuple):
    """Everything that is drawn of two rounds."""

    rows: tuple[DumbbellRow, ...]
    points: int
    legend: str
    alt: str

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw: an axis without a dot is not drawn."""
        return any(row.now is not None for row in self.rows)


def dumbbell(results: Results, earlier: str) -> Dumbbell:
    """Compute the change of every dimension against one earlier round."""
    found = changes(results, earlier)
    rows = tuple(_row(c) for c in found)
    points = max((results.points(c.measure) for c in found), default=5)
    legend = (
        f"Grey: {results.earlier[earlier]}. Blue: {results.release.facts.round_name}. "
        "A thick line is a clear change, a thin one a possible change, a dotted one may be chance."
    )
    clear = [c.sentence for c in found if STRENGTH.get(c.verdict) == 2]
    unclear = sum(c.verdict in COMPARED for c in found) - len(clear)
    rest = ((unclear, "did not clearly change"), (len(found) - len(clear) - unclear, "cannot be compared"))
    counts = [f"{counted(number, 'dimension')} {words}." for number, words in rest if number]
    return Dumbbell(rows, points, legend, " ".join(["Two averages for each dimension.", *clear, *counts]))


def draw_dumbbell(dumbbell: Dumbbell, tokens: Tokens, narrow: bool = False, marked: Collection[str] = ()) -> go.Figure:
    """Draw one line per dimension, grey before and blue now; an empty value gives an empty figure.

    `marked` measures are tinted.
    """
    if not dumbbell.rows:
        return go.Figure()
    row = row_height((one.label for one in dumbbell.rows), narrow)
    left, right, top = (8, 8, TOP_NARROW) if narrow else (LEFT, RIGHT, 8)
    figure = go.Figure(layout=layout(tokens, row * len(dumbbell.rows) + AXIS, left, right, top))
    draw_scale(figure, dumbbell.points, len(dumbbell.rows), tokens)
    places = tuple(enumerate(reversed(dumbbell.rows)))
    mark_rows(figure, (place for place, one in places if one.measure in marked), left, right, tokens)
    drop = 0.24 if narrow else 0.0
    for place, one in places:
        _line(figure, one, place - drop, tokens)
        written = one.label, one.numbers, one.words
        row_text(figure, place, written, tokens, narrow, one.measure in marked)
    return figure


def _row(changed: Changed) -> DumbbellRow:
    both = changed.before is not None and changed.now is not None
    numbers = f"{changed.before:.1f} → {changed.now:.1f}" if both else ""
    strength = STRENGTH.get(changed.verdict, 0)
    return DumbbellRow(changed.measure, changed.name, changed.before, changed.now, strength, numbers, changed.short)


def _line(figure: go.Figure, row: DumbbellRow, y: float, tokens: Tokens) -> None:
    if row.before is not None and row.now is not None:
        width, dash = ((1.5, "dot"), (2, "solid"), (6, "solid"))[row.strength]
        line = {"color": tokens.now if row.strength else tokens.before, "width": width, "dash": dash}
        figure.add_scatter(mode="lines", x=[row.before, row.now], y=[y, y], line=line)
    for value, colour, size in ((row.before, tokens.before, 13), (row.now, tokens.now, 16)):
        if value is not None:
            figure.add_scatter(mode="markers", x=[value], y=[y], marker={"color": colour, "size": size})
