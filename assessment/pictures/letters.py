"""How wide words are, so that nothing is cut and nothing collides where no browser can be asked.

Widths are those of DejaVu Sans, one of the widest screen fonts: with any other font there is room to spare.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_WIDTHS = {
    0.28: "ijl'’‘",
    0.33: " .,:;|/\u00a0I1",
    0.41: "frt()[]-!J",
    0.53: 'sz“”"·?',
    0.64: "abcdeghknopquvxyFLSTEPYXZ0123456789$_+=<>",
    0.70: "ABCKRV",
    0.79: "DGHNOQUw&~",
    1.00: "mMWÆŒæœ@%…—→■▲●",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDTH["1"] = 0.64
OTHER, WIDE, BOLD = 0.70, 1.05, 1.12


def width(words: str, size: float, bold: bool = False) -> float:
    """Return how wide words are at most, in pixels, at a font size in pixels.

    >>> width("ill", 10) < width("mmm", 10)
    True
    """
    return sum(map(_letter, words)) * size * (BOLD if bold else 1.0)


def lines(words: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """Break words into lines that fit into `room` pixels; a word that is longer alone is broken where it must be.

    >>> lines("Small organisations lower", 10, 120)
    ('Small organisations', 'lower')
    """
    made: list[str] = []
    for word in filter(None, words.replace("\n", " ").split(" ")):
        longer = f"{made[-1]} {word}" if made else word
        if made and width(longer, size, bold) <= room:
            made[-1] = longer
        else:
            made += _pieces(word, size, room, bold)
    return tuple(made)


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letter(letter: str) -> float:
    if combining(letter):
        return 0.0
    known = _WIDTH.get(letter)
    if known is not None:
        return known
    return WIDE if east_asian_width(letter) in "WF" else OTHER
