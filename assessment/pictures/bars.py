"""Bars from one common line, each with its words: what was chosen, how many want what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assessment.charts.chosen import Chosen
from assessment.charts.tokens import Tokens
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, block, block_height, rect, text
from assessment.pictures.rows import GAP, LABEL, NARROW, WIDE

BAR, WIDE_LABEL = 24.0, 330.0


class Bar(NamedTuple):
    """One bar: its words, its share of all, what is written at its end, its colour."""

    label: str
    share: float
    text: str
    colour: str


def chosen_picture(chosen: Chosen, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw one bar per choice; without rows the reason."""
    whole = NARROW if narrow else WIDE
    if not chosen.rows:
        note = lines(chosen.note, LABEL, whole)
        return Picture(whole, block_height(note, LABEL) + 4, block(0, 0, note, LABEL, tokens.soft), title, chosen.alt)
    made, height = bars([Bar(r.label, r.share, r.text, tokens.inner) for r in chosen.rows], tokens, narrow)
    return Picture(whole, height, made, title, chosen.alt)


def bars(rows: Sequence[Bar], tokens: Tokens, narrow: bool, outline: str = "") -> tuple[str, float]:
    """Return bars below each other and how high they are together; the longest fills the room that is there."""
    whole, left = (NARROW, 0.0) if narrow else (WIDE, WIDE_LABEL)
    ends = max(width(row.text, LABEL) for row in rows) + 10
    unit = (whole - left - ends - 2) / max(0.5, *(row.share for row in rows))
    made, at = [], 0.0
    for row in rows:
        label = lines(row.label, LABEL, whole if narrow else left - 16)
        high = block_height(label, LABEL)
        height = GAP + high + 4 + BAR if narrow else max(high, BAR) + 2 * GAP
        top = at + GAP + high + 4 if narrow else at + (height - BAR) / 2
        made.append(block(0, at + GAP if narrow else at + (height - high) / 2, label, LABEL, tokens.ink))
        made.append(rect(left + 1, top, row.share * unit, BAR, row.colour, 3, outline))
        made.append(text(left + row.share * unit + 8, top + BAR / 2 + LABEL * 0.36, row.text, LABEL, tokens.ink))
        at += height
    return "".join(made), at + GAP
