"""Which groups see it differently? The table of `charts.heat` as a picture."""

from __future__ import annotations

from assessment.charts.heat import Heat, HeatCell
from assessment.charts.tokens import Tokens, text_on
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, block, block_height, rect, text
from assessment.pictures.rows import LABEL, LEFT, NARROW, SMALL, WIDE

HEADS, HIGH, GAP = 11.0, 26.0, 4.0
"""Size of the words above columns; height of a cell and the room between two."""


def heat_picture(heat: Heat, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw a line for every group; on a phone its name above its cells, and numbers above the columns.

    Numbers, which `charts.heat.numbered` explains, also where the words of so many columns would be broken.
    """
    whole, left = (NARROW, 0.0) if narrow else (WIDE, LEFT)
    wide = (whole - left) / max(len(heat.columns), 1)
    broken = any(width(word, HEADS) > wide - 4 for column in heat.columns for word in column.split())
    heads = [
        (str(n),) if narrow or broken else lines(column, HEADS, wide - 4) for n, column in enumerate(heat.columns, 1)
    ]
    at = max((block_height(head, HEADS) for head in heads), default=0.0) + GAP
    made = [
        block(left + wide * (place + 0.5), at - GAP - block_height(head, HEADS), head, HEADS, tokens.soft, "middle")
        for place, head in enumerate(heads)
    ]
    for row in heat.rows:
        name = lines(row.name, SMALL, NARROW if narrow else LEFT - 12, bold=True)
        tall = block_height(name, SMALL)
        bold = row is heat.rows[0]
        if narrow:
            made.append(block(0, at, name, SMALL, tokens.ink, bold=bold))
            at += tall + 2
        high = HIGH if narrow else max(HIGH, tall)
        if not narrow:
            made.append(block(LEFT - 8, at + (high - tall) / 2, name, SMALL, tokens.ink, "end", bold))
        made += [_cell(cell, left + wide * place, at, wide, high, tokens) for place, cell in enumerate(row.cells)]
        at += high + GAP
    return Picture(whole, at, "".join(made), title, heat.alt)


def _cell(cell: HeatCell, x: float, y: float, wide: float, high: float, tokens: Tokens) -> str:
    middle, foot = x + wide / 2, y + high / 2 + LABEL * 0.32
    if cell.colour is None:
        return text(middle, foot, cell.words, SMALL, tokens.soft, "middle")
    ground = rect(x + 1, y, wide - 2, high, cell.colour)
    return ground + text(middle, foot, cell.words, SMALL, text_on(cell.colour), "middle")
