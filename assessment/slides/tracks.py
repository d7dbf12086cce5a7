"""Marks on a slide: SVG without a size of its own, placed in per cents, so that it fills whatever room its row has.

Thickness and colours stand in the style sheet, by class: a projector of any shape shows letters of the same size.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from assessment.charts.tokens import answer_colour, text_on

MIDDLE = "50%"


class Track(NamedTuple):
    """A scale from 1 to `points` across a row; `mirrored` for languages that are written from right to left."""

    points: int
    mirrored: bool = False

    def at(self, value: float) -> str:
        """Return where a value stands."""
        share = (value - 1) / (self.points - 1)
        return per_cent(1 - share if self.mirrored else share)

    def grid(self) -> str:
        """Return the lines of the scale's points, the middle one stronger."""
        lines = []
        for place in range(1, self.points + 1):
            strong = ' class="middle"' if place == (self.points + 1) / 2 else ""
            lines.append(f'<line{strong} x1="{self.at(place)}" x2="{self.at(place)}" y1="0" y2="100%"/>')
        return "".join(lines)

    def band(self, ends: tuple[float, float], form: str) -> str:
        """Return a band from one value to another."""
        left, right = ends[::-1] if self.mirrored else ends
        wide = abs(right - left) / (self.points - 1)
        return f'<rect class="{form}" x="{self.at(left)}" y="{MIDDLE}" width="{per_cent(wide)}"/>'

    def dot(self, value: float, form: str) -> str:
        """Return a dot."""
        return f'<circle class="{form}" cx="{self.at(value)}" cy="{MIDDLE}"/>'

    def line(self, ends: tuple[float, float], form: str) -> str:
        """Return a line between two values."""
        return f'<line class="{form}" x1="{self.at(ends[0])}" x2="{self.at(ends[1])}" y1="{MIDDLE}" y2="{MIDDLE}"/>'

    def axis(self) -> str:
        """Return the numbers of the scale's points, for a row of its own."""
        numbers = (f'<text x="{self.at(n)}" y="{MIDDLE}">{n}</text>' for n in range(1, self.points + 1))
        return svg("axis", "".join(numbers))


def svg(form: str, marks: str) -> str:
    """Return marks that fill their place; words beside them tell what they show."""
    return f'<svg class="{form}" aria-hidden="true" focusable="false">{marks}</svg>'


def per_cent(share: float) -> str:
    """Return a share of the room as SVG writes it.

    >>> per_cent(0.25), per_cent(1 / 3)
    ('25%', '33.33%')
    """
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def bar(start: float, share: float, place: float, points: int, text: str, room: float) -> str:
    """Return a piece of a bar in the colour of its place on the scale; `text` where the piece is wider than `room`."""
    colour = answer_colour(place, points)
    piece = (
        f'<rect class="piece" x="{per_cent(start)}" y="12%" width="{per_cent(share)}" height="76%" fill="{colour}"/>'
    )
    if share < room:
        return piece
    inside = f'<text class="inside" x="{per_cent(start + share / 2)}" y="{MIDDLE}" fill="{text_on(colour)}">'
    return f"{piece}{inside}{escape(text)}</text>"


def stand(share: float, text: str, form: str = "", colour: str = "") -> str:
    """Return an upright bar with its number above it; `share` of the height that is left for it."""
    top = 1 - share * UPRIGHT
    fill = f' fill="{colour}"' if colour else ""
    marks = f'<rect class="upright {form}"{fill} x="16%" y="{per_cent(top)}" width="68%" height="{per_cent(1 - top)}"/>'
    return svg("stand", f'{marks}<text class="above" x="50%" y="{per_cent(top)}" dy="-.35em">{escape(text)}</text>')


UPRIGHT = 0.8
"""Share of a column's height that the highest bar takes; above it stands its number."""


def level(share: float, text: str, form: str = "", mirrored: bool = False, of_all: bool = False) -> str:
    """Return a level bar with its number behind it, on a pale bar of the whole where it is a part of one."""
    wide = share * LEVEL
    reach = LEVEL if of_all else wide
    whole = _level(LEVEL, "whole-bar", mirrored) if of_all else ""
    at, move, anchor = (1 - reach, "-.4em", "end") if mirrored else (reach, ".4em", "start")
    words = f'<text class="beside {anchor}" x="{per_cent(at)}" y="{MIDDLE}" dx="{move}">{escape(text)}</text>'
    return svg("track", whole + _level(wide, f"level {form}".strip(), mirrored) + words)


def _level(wide: float, form: str, mirrored: bool) -> str:
    start = 1 - wide if mirrored else 0
    return f'<rect class="{form}" x="{per_cent(start)}" y="18%" width="{per_cent(wide)}" height="64%"/>'


LEVEL = 0.76
"""Share of a row's width that the longest bar takes; behind it stands its number."""
