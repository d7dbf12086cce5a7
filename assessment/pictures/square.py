"""Are wins matched by the power we build? The value of `charts.quadrant` as a picture."""

from __future__ import annotations

from itertools import pairwise

from assessment.charts.quadrant import CORNERS, Place, QuadrantPlot
from assessment.charts.tokens import Tokens
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, block, block_height, dot, line, rect, text
from assessment.pictures.rows import LABEL, NARROW, SMALL, Scale

SIDE, EDGE = 480.0, 46.0
TOP, BAND = 6.0, 8.0


class _Field(Scale):
    """The square: as far up as across."""

    __slots__ = ()

    def y(self, value: float) -> float:
        return TOP + (self.points - value) / (self.points - 1) * (self.right - self.left)


def square_picture(plot: QuadrantPlot, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw the square with its corners, the way from earlier rounds, and the cross of today; else the reason."""
    side = NARROW if narrow else SIDE
    if not plot.places:
        note = lines(plot.note, LABEL, side)
        return Picture(side, block_height(note, LABEL) + 4, block(0, 0, note, LABEL, tokens.soft), title, plot.alt)
    field = _Field(EDGE, side - TOP, plot.points)
    made = [_ground(field, plot, tokens), _corners(field, tokens), _trail(field, plot.places, tokens)]
    made.append(_today(field, plot.places[-1], tokens))
    return Picture(side, side, "".join(made), title, plot.alt)


def _ground(field: _Field, plot: QuadrantPlot, tokens: Tokens) -> str:
    left, right, top, bottom = field.left, field.right, field.y(field.points), field.y(1)
    middle = (field.points + 1) / 2
    centre = (left + right) / 2, (top + bottom) / 2
    made = [
        rect(left, top, right - left, bottom - top, "none", 0, tokens.middle),
        line(field.x(middle), top, field.x(middle), bottom, tokens.middle, 2),
        line(left, field.y(middle), right, field.y(middle), tokens.middle, 2),
        line(left, bottom, right, top, tokens.soft, 1, "4 4"),
        text(centre[0], bottom + 38, f"{plot.axis_titles[0]} →", SMALL, tokens.ink, "middle"),
        text(0, 0, f"{plot.axis_titles[1]} →", SMALL, tokens.ink, "middle", more=_turned(14, centre[1])),
    ]
    for place in range(1, field.points + 1):
        made.append(text(field.x(place), bottom + 16, str(place), 12, tokens.soft, "middle"))
        made.append(text(left - 8, field.y(place) + 4, str(place), 12, tokens.soft, "end"))
    return "".join(made)


def _turned(x: float, y: float) -> str:
    return f' transform="translate({x:.1f} {y:.1f}) rotate(-90)"'


def _corners(field: _Field, tokens: Tokens) -> str:
    made = []
    for (across, up), words in CORNERS.items():
        written = lines(words, SMALL, (field.right - field.left) / 2 - 18)
        high, wide = block_height(written, SMALL), max(width(part, SMALL) for part in written) + 6
        x = field.right - 8 if across > 0 else field.left + 8
        y = field.y(field.points) + 6 if up > 0 else field.y(1) - high - 6
        made.append(rect(x - wide if across > 0 else x, y, wide, high + 2, tokens.paper))
        made.append(block(x, y, written, SMALL, tokens.soft, "end" if across > 0 else "start"))
    return "".join(made)


def _trail(field: _Field, places: tuple[Place, ...], tokens: Tokens) -> str:
    made = []
    for number, (before, after) in enumerate(pairwise(places), 1):
        x, y = field.x(before.change), field.y(before.power)
        made.append(line(x, y, field.x(after.change), field.y(after.power), tokens.before, 1.5))
        made += [dot(x, y, 4.5, tokens.before), text(x, y + 18, str(number), 12, tokens.soft, "middle")]
    return "".join(made)


def _today(field: _Field, place: Place, tokens: Tokens) -> str:
    x, y = field.x(place.change), field.y(place.power)
    made = []
    if place.change_band:
        made.append(line(field.x(place.change_band[0]), y, field.x(place.change_band[1]), y, tokens.inner, BAND))
    if place.power_band:
        made.append(line(x, field.y(place.power_band[0]), x, field.y(place.power_band[1]), tokens.inner, BAND))
    return "".join([*made, dot(x, y, 9, tokens.dot)])
