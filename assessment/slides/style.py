"""The one style sheet of slides: sizes for big and small rooms, by day and by night, for any projector."""

from __future__ import annotations

from pathlib import Path

from assessment.charts.tokens import DARK, LIGHT
from assessment.pictures.marks import variables
from assessment.slides.fonts import faces
from assessment.slides.page import MOST_ROWS

FEW = 4
"""So few rows stand a little further apart."""


def _row_counts() -> str:
    """Return the heights of rows by how many there are: few rows stand close, many share the room evenly."""
    return "".join(
        f".body>.rows.n{n}{{grid-template-rows:repeat({n},minmax(0,1fr)) auto;"
        f"max-height:calc({n * (1.3 if n <= FEW else 1):g}*var(--row) + var(--axis))}}"
        f".asked.n{n}{{grid-template-rows:repeat({n},minmax(0,1fr))}}"
        for n in range(1, MOST_ROWS + 1)
    )


STYLE = (
    f"{faces()}:root{{{variables(LIGHT)}}}:root[data-theme=dark]{{{variables(DARK)}}}"
    + (Path(__file__).parent / "slides.css").read_text(encoding="utf-8")
    + _row_counts()
)
"""Expects `data-theme="dark"` and `data-size="small"` on the root element where they are wished."""
