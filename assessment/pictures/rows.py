"""What pictures with one line per row share: label, number and words beside the line, or above it on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assessment.charts.tokens import Tokens
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, block, block_height, line, text

WIDE, NARROW = 760.0, 350.0
"""Pixels: a picture for a laptop or paper, and one for a phone."""
LABEL, SMALL = 16.0, 14.0
LEFT, RIGHT = 196.0, 240.0
"""Room for labels and for numbers with words, in the wide form."""
AXIS = 26.0
GAP, TRACK = 8.0, 32.0
"""Between two rows, and the height of the line with its marks."""


class Scale(NamedTuple):
    """Where the points from 1 on stand, in pixels."""

    left: float
    right: float
    points: int

    def x(self, value: float) -> float:
        return self.left + (value - 1) / (self.points - 1) * (self.right - self.left)


class Row(NamedTuple):
    """One line: what it is called, its number, its words, and what draws its marks at a height. No marks: a note."""

    label: str
    number: str
    words: str
    marks: Callable[[Scale, float], str] | None


class _Drawn(NamedTuple):
    """A row with its height, and where its line runs."""

    height: float
    track: float
    marks: str


def on_a_scale(rows: Sequence[Row], points: int, tokens: Tokens, narrow: bool, title: str, alt: str) -> Picture:
    """Draw rows from top to bottom on one scale from 1 to `points`; a row without marks has no line."""
    whole = NARROW if narrow else WIDE
    scale = Scale(13, whole - 13, points) if narrow else Scale(LEFT + 14, whole - RIGHT - 14, points)
    made, at = [], 0.0
    draw = _below if narrow else _beside
    for row in rows:
        drawn = draw(row, scale, at, tokens)
        if row.marks is not None:
            made += [_grid(scale, *_reach(drawn, at, narrow), tokens), row.marks(scale, drawn.track)]
        made.append(drawn.marks)
        at += drawn.height
    if not any(row.marks for row in rows):
        return Picture(whole, at, "".join(made), title, alt)
    numbers = (
        text(scale.x(place), at + 18, str(place), SMALL - 1, tokens.soft, "middle") for place in range(1, points + 1)
    )
    return Picture(whole, at + AXIS, "".join([*made, *numbers]), title, alt)


def _reach(drawn: _Drawn, at: float, narrow: bool) -> tuple[float, float]:
    """Return from where to where the lines of the scale run in a row: on a phone not through its words."""
    return (drawn.track - TRACK / 2 + 2, drawn.track + TRACK / 2 - 2) if narrow else (at, at + drawn.height)


def _grid(scale: Scale, top: float, bottom: float, tokens: Tokens) -> str:
    made = []
    for place in range(1, scale.points + 1):
        middle = place == (scale.points + 1) / 2
        colour = tokens.middle if middle else tokens.grid
        made.append(line(scale.x(place), top, scale.x(place), bottom, colour, 2 if middle else 1))
    return "".join(made)


def _beside(row: Row, scale: Scale, at: float, tokens: Tokens) -> _Drawn:
    label = lines(row.label, LABEL, LEFT - 8)
    start = scale.right + 26
    lead = width(f"{row.number}  ", LABEL, bold=True) if row.number else 0.0
    hidden = row.marks is None
    room = WIDE - (scale.left if hidden else start + lead)
    words = lines(row.words, SMALL, room)
    height = max(block_height(label, LABEL), block_height(words, SMALL), TRACK) + 2 * GAP
    middle = at + height / 2
    marks = [block(LEFT - 8, middle - _half(label, LABEL), label, LABEL, tokens.ink, "end")]
    if row.number:
        marks.append(text(start, middle + LABEL * 0.36, row.number, LABEL, tokens.ink, bold=True))
    place = scale.left + 8 if hidden else start + lead
    marks.append(block(place, middle - _half(words, SMALL), words, SMALL, tokens.soft))
    return _Drawn(height, middle, "".join(marks))


def _below(row: Row, scale: Scale, at: float, tokens: Tokens) -> _Drawn:
    room = NARROW - (width(row.number, LABEL, bold=True) + 12 if row.number else 0)
    label = lines(row.label, LABEL, room)
    words = lines(row.words, SMALL, NARROW)
    top = at + GAP + 4
    marks = [block(0, top, label, LABEL, tokens.ink)]
    if row.number:
        marks.append(text(NARROW, top + LABEL, row.number, LABEL, tokens.ink, "end", bold=True))
    top += block_height(label, LABEL)
    marks.append(block(0, top, words, SMALL, tokens.soft))
    top += block_height(words, SMALL)
    track = top + 4 + TRACK / 2
    line_below = 4 + TRACK if row.marks is not None else 0.0
    return _Drawn(top + line_below - at, track, "".join(marks))


def _half(written: tuple[str, ...], size: float) -> float:
    """Return how far above its middle a block of lines begins; its letters, not its lines, are centred."""
    return (block_height(written, size) - size * 0.1) / 2
