"""What did people answer? The rows of `charts.answered` as a picture."""

from __future__ import annotations

from typing import NamedTuple

from assessment.charts.answered import Answered, AnsweredRow, Reach, Segment
from assessment.charts.tokens import Tokens, answer_colour, text_on
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, block, block_height, hatched, line, rect, text
from assessment.pictures.rows import GAP, LABEL, NARROW, SMALL, WIDE

BAR, COLUMN_GAP, HEAD = 26.0, 14.0, 22.0
WIDE_LABEL = 300.0
TITLE, ENDS, SWATCH = 12.0, 13.0, 14.0
MIDDLE, UNKNOWN = "Middle", "Can't say"
NUMBER = 38.0
"""Room for what is written beside the last column's bar."""


class _Places(NamedTuple):
    """Where things stand, in pixels: the line between low and high, the two columns (None: not needed), one share."""

    zero: float
    middle: float | None
    unknown: float | None
    unit: float


def answered_picture(answered: Answered, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw one bar per question, parted at the middle; a question that is not shown keeps its row and says why."""
    whole, left = (NARROW, 0.0) if narrow else (WIDE, WIDE_LABEL)
    if not answered.rows:
        return Picture(whole, 0, "", title, answered.alt)
    # A phone has no room for how far the bars of other figures go.
    places = _places(_own_reach(answered) if narrow else answered.reach, left + 1, whole - 1)
    made, at = [_titles(places, tokens)], HEAD if places.middle or places.unknown else 0.0
    for row in answered.rows:
        label = lines(row.label.replace(" …", "\u00a0…"), LABEL, whole if narrow else left - 16)
        ends, below = _ends(row, whole if narrow else left - 16, tokens)
        high = block_height(label, LABEL) + below
        height = GAP + high + 6 + BAR + GAP if narrow else max(high, BAR) + 2 * GAP
        top = at + GAP + high + 6 if narrow else at + (height - BAR) / 2
        start = at + GAP if narrow else at + (height - high) / 2
        made.append(block(0, start, label, LABEL, tokens.ink))
        made.append(f'<g transform="translate(0 {start + block_height(label, LABEL):.1f})">{ends}</g>')
        made.append(_note(row.note, left, whole, top, tokens) if row.note else _bar_row(row, places, top, tokens))
        at += height
    return Picture(whole, at, "".join(made), title, answered.alt)


def _own_reach(answered: Answered) -> Reach:
    drawn = [segment for row in answered.rows for segment in row.segments]
    middle = [row.middle.share for row in answered.rows if row.middle]
    unknown = [row.dont_know for row in answered.rows if row.dont_know is not None]
    left, right = max([-s.start for s in drawn], default=0.2), max([s.start + s.share for s in drawn], default=0.2)
    return Reach(max(left, 0.0), max(right, 0.0), max(middle, default=0.0), max([*unknown, 0.02]) if unknown else 0.0)


def _ends(row: AnsweredRow, room: float, tokens: Tokens) -> tuple[str, float]:
    """Return what the ends of the scale are called, each behind its colour, and how high that is."""
    low, high = (lines(words, ENDS, room - SWATCH) for words in row.ends)
    beside = SWATCH + width(low[0], ENDS) + 14
    together = len(low) == len(high) == 1 and beside + SWATCH + width(high[0], ENDS) <= room
    x, y = (beside, 0.0) if together else (0.0, block_height(low, ENDS))
    made = []
    for written, place, left, top in ((low, 1, 0.0, 0.0), (high, row.points, x, y)):
        made.append(rect(left + 0.5, top + 5, 8, 8, answer_colour(place, row.points), 0, tokens.outline))
        made.append(block(left + SWATCH, top, written, ENDS, tokens.soft))
    return "".join(made), y + block_height(high, ENDS)


def _places(reach: Reach, left: float, right: float) -> _Places:
    """Share the width so that one per cent is as wide in the bars as in the columns, which hold their titles too."""
    columns = [(size, width(words, TITLE)) for size, words in ((reach.middle, MIDDLE), (reach.dont_know, UNKNOWN))]
    room = right - left - sum(COLUMN_GAP for size, _ in columns if size) - (NUMBER if reach.dont_know else 0)
    unit = room / (reach.left + reach.right + sum(size for size, _ in columns))
    narrow = [(size, least) for size, least in columns if 0 < size * unit < least]
    unit = (room - sum(least for _, least in narrow)) / (room / unit - sum(size for size, _ in narrow))
    at = left + (reach.left + reach.right) * unit
    found: list[float | None] = []
    for size, least in columns:
        found.append(at + COLUMN_GAP if size else None)
        at += COLUMN_GAP + max(size * unit, least) if size else 0.0
    return _Places(left + reach.left * unit, found[0], found[1], unit)


def _titles(places: _Places, tokens: Tokens) -> str:
    named = ((places.middle, MIDDLE), (places.unknown, UNKNOWN))
    return "".join(text(x, TITLE + 2, words, TITLE, tokens.soft) for x, words in named if x is not None)


def _bar_row(row: AnsweredRow, places: _Places, top: float, tokens: Tokens) -> str:
    made = [line(places.zero, top - 5, places.zero, top + BAR + 5, tokens.soft)]
    made += [_bar(s, row.points, places.zero + s.start * places.unit, places.unit, top, tokens) for s in row.segments]
    if row.middle and places.middle is not None:
        made.append(_bar(row.middle, row.points, places.middle, places.unit, top, tokens))
    if row.dont_know is not None and places.unknown is not None:
        share = max(row.dont_know * places.unit, 1.0)
        made.append(hatched(places.unknown, top + 3, share, BAR - 6, tokens.soft))
        said = f"{round(100 * row.dont_know)}%"
        made.append(text(places.unknown + share + 5, top + BAR / 2 + 5, said, SMALL - 1, tokens.soft))
    return "".join(made)


def _bar(segment: Segment, points: int, x: float, unit: float, top: float, tokens: Tokens) -> str:
    colour, wide = answer_colour(segment.place, points), segment.share * unit
    made = rect(x, top, wide, BAR, colour, 0, tokens.outline)
    if wide >= width(segment.text, SMALL) + 4:
        made += text(x + wide / 2, top + BAR / 2 + 5, segment.text, SMALL, text_on(colour), "middle")
    return made


def _note(note: str, left: float, whole: float, top: float, tokens: Tokens) -> str:
    written = lines(note, SMALL, whole - left)
    return block(left, top + (BAR - block_height(written, SMALL)) / 2, written, SMALL, tokens.soft)
