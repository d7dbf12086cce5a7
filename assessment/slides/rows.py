"""Rows below each other: a label, marks on one scale, a number; what is not shown keeps its row and says why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from assessment.slides.tracks import Track, level, svg


class Line(NamedTuple):
    """One row. Without marks it is not shown, and `number` says why. `gap`: rows were left out before it."""

    label: str
    marks: str
    number: str
    gap: bool = False


def on_a_scale(lines: Sequence[Line], track: Track) -> str:
    """Return rows with the numbers of the scale below them; no scale where no row has a mark."""
    made = [_row(line, track) for line in lines]
    if any(line.marks for line in lines):
        made.append(f"<span></span>{track.axis()}<span></span>")
    return _rows(len(lines), "scaled", made)


def as_bars(lines: Sequence[tuple[str, float, str, str]], mirrored: bool = False, of_all: bool = False) -> str:
    """Return level bars from one common line: (label, share of the longest, what is written, class of the bar).

    `of_all`: the shares are parts of a whole, which is drawn behind them.
    """
    made = [
        f'<span class="label">{escape(label)}</span>{level(share, text, form, mirrored, of_all)}'
        for label, share, text, form in lines
    ]
    return _rows(len(lines), "bars", made)


def hidden(why: str) -> str:
    """Return what stands in the place of marks that may not be shown."""
    return f'<span class="hidden"><i></i><span class="label">{escape(why)}</span></span>'


def _row(line: Line, track: Track) -> str:
    form = "label after-gap" if line.gap else "label"
    label = f'<span class="{form}">{escape(line.label)}</span>'
    if not line.marks:
        return label + hidden(line.number)
    marks = svg("track after-gap" if line.gap else "track", track.grid() + line.marks)
    return f'{label}{marks}<span class="number">{escape(line.number)}</span>'


def _rows(count: int, form: str, made: Sequence[str]) -> str:
    return f'<div class="rows {form} n{count}">{"".join(made)}</div>'
