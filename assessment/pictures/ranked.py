"""How are we overall? The rows of `charts.ranked` as a picture."""

from __future__ import annotations

from functools import partial

from assessment.charts.ranked import Ranked, RankedRow
from assessment.charts.tokens import Tokens
from assessment.pictures.marks import Picture, diamond, dot, rect, triangle
from assessment.pictures.rows import Row, Scale, on_a_scale

BAND = 15.0


def ranked_picture(ranked: Ranked, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw every measure as a dot with its bands and its diamond; what is not shown keeps its row and says why."""
    rows = [
        Row(r.label, r.score, r.words, None if r.value is None else partial(_marks, r, tokens)) for r in ranked.rows
    ]
    return on_a_scale(rows, ranked.points, tokens, narrow, title, ranked.alt)


def _marks(row: RankedRow, tokens: Tokens, scale: Scale, y: float) -> str:
    bands = ((row.band90, tokens.outer), (row.band50, tokens.inner))
    made = [_band(scale, y, band, colour) for band, colour in bands if band]
    if row.value is not None:
        at = scale.x(row.value)
        made.append(triangle(at, y, 9, tokens.warning) if row.lit else dot(at, y, 7.5, tokens.dot))
    if row.other is not None:
        made.append(diamond(scale.x(row.other), y, 12, tokens.diamond))
    return "".join(made)


def _band(scale: Scale, y: float, band: tuple[float, float], colour: str) -> str:
    left, right = (scale.x(end) for end in band)
    return rect(left, y - BAND / 2, right - left, BAND, colour, BAND / 2)
