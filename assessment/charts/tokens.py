"""Colours and type of every chart, for paper and for night; the same values as in `.streamlit/config.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'

# PuOr: told apart under simulated deuteranopia, protanopia and tritanopia; contrast of the text on it is at least 4.9.
ANSWER_COLOURS = ("#B35806", "#F1A340", "#D9D9D9", "#998EC3", "#542788")
OUTLINE = "#333333"
"""Light fills are below 3:1 against paper, so every answered bar has this line around it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one appearance, as hex strings. `hidden` is the grey of what is not shown."""

    paper: str
    ink: str
    soft: str
    grid: str
    middle: str
    dot: str
    outer: str
    inner: str
    diamond: str
    hidden: str
    outline: str
    before: str
    now: str
    warning: str


LIGHT = Tokens(
    paper="#FBF9F4",
    ink="#1A1727",
    soft="#625C70",
    grid="#E9E4D9",
    middle="#CFC8BA",
    dot="#542788",
    outer="#D8CDE8",
    inner="#B39BD0",
    diamond="#1F1B2E",
    hidden="#8A8494",
    outline=OUTLINE,
    before="#767676",
    now="#0072B2",
    warning="#B35806",
)
DARK = Tokens(
    paper="#17141F",
    ink="#EFEBF6",
    soft="#B4ADC2",
    grid="#2C2738",
    middle="#4A4359",
    dot="#CDB5F0",
    outer="#3A2E54",
    inner="#63508C",
    diamond="#FFFFFF",
    hidden="#8D869B",
    outline="#CFC8DC",
    before="#9A9A9A",
    now="#56B4E9",
    warning="#F1A340",
)


def tokens(dark: bool) -> Tokens:
    """Return the colours of one appearance."""
    return DARK if dark else LIGHT


def answer_colour(place: float, points: int) -> str:
    """Return the colour of a place (1 to `points`, may lie between two) on the scale from orange to violet.

    >>> [answer_colour(p, 5) for p in (1, 3, 5)]
    ['#B35806', '#D9D9D9', '#542788']
    >>> answer_colour(2, 2)
    '#542788'
    """
    at = (place - 1) / (points - 1) * (len(ANSWER_COLOURS) - 1)
    low = min(int(at), len(ANSWER_COLOURS) - 2)
    pair = (_rgb(ANSWER_COLOURS[low]), _rgb(ANSWER_COLOURS[low + 1]))
    mixed = (round(a + (b - a) * (at - low)) for a, b in zip(*pair, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def text_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour (WCAG relative luminance).

    >>> text_on("#D9D9D9"), text_on("#542788")
    ('#000000', '#FFFFFF')
    """
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _shares(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#FFFFFF"


def layout(tokens: Tokens, height: int, left: int, right: int, top: int = 8) -> dict[str, Any]:
    """Return what every figure shares: no axes by default, no hover, nothing to zoom, its own height in pixels."""
    bare = {"visible": False, "fixedrange": True}
    return {
        "height": height + top - 8,
        "margin": {"l": left, "r": right, "t": top, "b": 8, "pad": 0},
        "font": {"family": FONT, "size": 16, "color": tokens.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "barmode": "overlay",
        "bargap": 0,
        "xaxis": bare,
        "yaxis": bare,
    }


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _shares(colour: str) -> list[float]:
    return [part / 255 for part in _rgb(colour)]
