"""The marks that pictures are made of, as SVG text. Colours are values of `Tokens`: hex, or a page's variables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from html import escape
from typing import NamedTuple

from assessment.charts.tokens import DARK, FONT, LIGHT, Tokens
from assessment.pictures.letters import lines

INLINE = Tokens(**{field.name: f"var(--{field.name})" for field in fields(Tokens)})
"""Colours of a picture inside a page: the page's variables, so that one text serves day, night and paper."""
LEADING = 1.25
"""Height of a line of text, of its size."""


class Picture(NamedTuple):
    """A drawing that is finished but for its frame: pixels, marks, what it shows in a few words and at length."""

    width: float
    height: float
    marks: str
    title: str
    alt: str


def variables(tokens: Tokens) -> str:
    """Return the colours as declarations of CSS variables."""
    return ";".join(f"--{field.name}:{getattr(tokens, field.name)}" for field in fields(Tokens))


def page_style() -> str:
    """Return the rules that a page with pictures inside needs: their colours by day, by night and on paper."""
    day, night = variables(LIGHT), variables(DARK)
    return (
        f":root{{{day}}}@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}"
        "svg.picture{display:block;max-width:100%;height:auto}"
    )


def inline(picture: Picture, form: str = "") -> str:
    """Return a picture to stand inside a page; `form` is one more class of it."""
    sized = f'class="{f"picture {form}".strip()}" width="{_n(picture.width)}" height="{_n(picture.height)}"'
    return f"<svg {sized} {_box(picture)}{_told(picture)}{picture.marks}</svg>"


def saved(picture: Picture) -> str:
    """Return a picture as a file of its own, on paper."""
    sized = f'xmlns="http://www.w3.org/2000/svg" width="{_n(picture.width)}" height="{_n(picture.height)}"'
    family = f'font-family="{escape(FONT)}"'
    ground = rect(0, 0, picture.width, picture.height, LIGHT.paper)
    return f"<svg {sized} {family} {_box(picture)}{_told(picture)}{ground}{picture.marks}</svg>\n"


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dash: str = "") -> str:
    """Return a straight line; `dash` as SVG writes it."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{_n(width)}"{dashed}/>'


def rect(x: float, y: float, wide: float, high: float, fill: str, round_: float = 0, outline: str = "") -> str:
    """Return a rectangle, with an outline of one pixel where a colour is given."""
    around = f' stroke="{outline}"' if outline else ""
    corner = f' rx="{_n(round_)}"' if round_ else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"{corner} fill="{fill}"{around}/>'


def dot(x: float, y: float, radius: float, fill: str) -> str:
    """Return a filled circle."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"/>'


def diamond(x: float, y: float, radius: float, colour: str) -> str:
    """Return a hollow diamond."""
    r = _n(radius)
    outline = f"M{_n(x - radius)} {_n(y)}l{r} -{r}l{r} {r}l-{r} {r}z"
    return f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def rotated_square(x: float, y: float, radius: float, fill: str) -> str:
    """Return a filled diamond."""
    r = _n(radius)
    return f'<path d="M{_n(x - radius)} {_n(y)}l{r} -{r}l{r} {r}l-{r} {r}z" fill="{fill}"/>'


def triangle(x: float, y: float, radius: float, fill: str) -> str:
    """Return a filled triangle that points up."""
    half, high = _n(radius), _n(radius * 1.75)
    return f'<path d="M{_n(x)} {_n(y - radius)}l{half} {high}h-{_n(2 * radius)}z" fill="{fill}"/>'


def arrow(x1: float, x2: float, y: float, colour: str) -> str:
    """Return a level arrow from one place to another."""
    way = 1 if x2 > x1 else -1
    head = f"M{_n(x2)} {_n(y)}l{_n(-9 * way)} -5v10z"
    return line(x1, y, x2 - 8 * way, y, colour, 2) + f'<path d="{head}" fill="{colour}"/>'


def shape(corners: Sequence[tuple[float, float]], fill: str) -> str:
    """Return a filled shape with these corners."""
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return f'<polygon points="{points}" fill="{fill}"/>'


def hatched(x: float, y: float, wide: float, high: float, colour: str) -> str:
    """Return a rectangle filled with slanting lines: what is neither an answer nor nothing."""
    strokes = []
    for start in range(int(-high) + 5, int(wide), 5):
        left, right = max(start, 0), min(start + high, wide)
        strokes.append(f"M{_n(x + left)} {_n(y + high - left + start)}L{_n(x + right)} {_n(y + high - right + start)}")
    return rect(x, y, wide, high, "none", 0, colour) + f'<path d="{"".join(strokes)}" stroke="{colour}"/>'


def text(
    x: float, y: float, words: str, size: float, colour: str, anchor: str = "start", bold: bool = False, more: str = ""
) -> str:
    """Return one line of words, its foot at `y`; `more`: attributes that only one picture needs."""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}"'
    return f"<text {place}{placed}{weight}{more}>{escape(words, quote=False)}</text>"


def block(
    x: float, y: float, written: Iterable[str], size: float, colour: str, anchor: str = "start", bold: bool = False
) -> str:
    """Return lines of words one below the other, the top of the first at `y`."""
    return "".join(
        text(x, y + size + place * size * LEADING, words, size, colour, anchor, bold)
        for place, words in enumerate(written)
    )


def block_height(written: tuple[str, ...], size: float) -> float:
    """Return how high a block of lines is, in pixels."""
    return len(written) * size * LEADING


def framed(picture: Picture, under: str, legend: str) -> Picture:
    """Return a picture with its title and what was asked above, its legend below: to be read alone."""
    edge, inner = 24.0, picture.width
    heads = (
        (lines(picture.title, 24, inner, bold=True), 24.0, LIGHT.ink, True),
        (lines(under, 14, inner), 14.0, LIGHT.soft, False),
    )
    made, at = [], edge
    for written, size, colour, bold in heads:
        made.append(block(edge, at, written, size, colour, bold=bold))
        at += block_height(written, size) + 8
    made.append(f'<g transform="translate({_n(edge)} {_n(at + 8)})">{picture.marks}</g>')
    at += picture.height + 18
    below = lines(legend, 13, inner)
    made.append(block(edge, at, below, 13, LIGHT.soft))
    return Picture(inner + 2 * edge, at + block_height(below, 13) + edge, "".join(made), picture.title, picture.alt)


def _told(picture: Picture) -> str:
    return f"<title>{escape(picture.title, quote=False)}</title><desc>{escape(picture.alt, quote=False)}</desc>"


def _box(picture: Picture) -> str:
    return f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" role="img">'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
