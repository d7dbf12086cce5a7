"""Do groups see it differently? The rows of `charts.strip` as a picture."""

from __future__ import annotations

from functools import partial

from assessment.charts.strip import Strip, StripRow
from assessment.charts.tokens import Tokens
from assessment.pictures.marks import Picture, diamond, dot
from assessment.pictures.rows import Row, Scale, on_a_scale


def strip_picture(strip: Strip, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw every group as a small dot without a name, the alliance as a dark one, the chosen group as a diamond."""
    rows = [Row(r.label, r.number, r.words, partial(_marks, r, tokens) if _shown(r) else None) for r in strip.rows]
    return on_a_scale(rows, strip.points, tokens, narrow, title, strip.alt)


def _shown(row: StripRow) -> bool:
    return bool(row.groups) or row.alliance is not None or row.chosen is not None


def _marks(row: StripRow, tokens: Tokens, scale: Scale, y: float) -> str:
    made = [dot(scale.x(value), y, 5.5, tokens.inner) for value in row.groups]
    if row.alliance is not None:
        made.append(dot(scale.x(row.alliance), y, 7, tokens.ink))
    if row.chosen is not None:
        made.append(diamond(scale.x(row.chosen), y, 12, tokens.now))
    return "".join(made)
