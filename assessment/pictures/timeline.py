"""What happened between the rounds? The axis of `charts.timeline` as a picture."""

from __future__ import annotations

from assessment.charts.timeline import colour
from assessment.charts.tokens import Tokens
from assessment.findings.moments import Kind, Moment, Timeline, day
from assessment.pictures.letters import lines
from assessment.pictures.marks import Picture, block, block_height, dot, line, rotated_square, text, triangle
from assessment.pictures.rows import GAP, LABEL, NARROW, SMALL, WIDE

AXIS, AXIS_NARROW = 150.0, 9.0
"""Where the axis runs; on a phone days stand above the words."""


def timeline_picture(timeline: Timeline, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw every mark with its day and its words, the earliest on top; empty where only rounds would be shown."""
    whole, axis = (NARROW, AXIS_NARROW) if narrow else (WIDE, AXIS)
    if not timeline.shown:
        return Picture(whole, 0, "", title, timeline.alt)
    made, at, places = [], 4.0, []
    for one in timeline.moments:
        places.append(at + LABEL * 0.65)
        made.append(_mark(one, axis, places[-1], tokens))
        marks, at = _words(one, axis, at, tokens, narrow)
        made.append(marks)
    ground = line(axis, places[0], axis, places[-1], tokens.middle, 2)
    return Picture(whole, at, "".join([ground, *made]), title, timeline.alt)


def _mark(one: Moment, x: float, y: float, tokens: Tokens) -> str:
    shade = colour(one.kind, tokens)
    if one.kind is Kind.ROUND:
        return dot(x, y, 7, shade)
    return rotated_square(x, y, 7.5, shade) if one.kind is Kind.WIN else triangle(x, y, 7, shade)


def _words(one: Moment, axis: float, at: float, tokens: Tokens, narrow: bool) -> tuple[str, float]:
    """Return the words beside a mark, and where the next entry begins."""
    left = axis + 18
    room, bold, made = (NARROW if narrow else WIDE) - left, one.kind is Kind.ROUND, []
    if narrow:
        made.append(block(left, at, [day(one.on)], SMALL - 1, tokens.soft))
        at += block_height((day(one.on),), SMALL - 1)
    else:
        made.append(text(axis - 16, at + LABEL, day(one.on), SMALL - 1, tokens.soft, "end"))
    for words, size, shade, heavy in ((one.words, LABEL, tokens.ink, bold), (one.under, SMALL, tokens.soft, False)):
        written = lines(words, size, room, heavy)
        made.append(block(left, at, written, size, shade, bold=heavy))
        at += block_height(written, size)
    return "".join(made), at + GAP
