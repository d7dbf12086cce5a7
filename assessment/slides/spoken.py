"""Slides of words: a question to talk about, a quote, a pause, what we promise each other."""

from __future__ import annotations

import re
from html import escape

from assessment.findings.words import counted
from assessment.slides.material import Material, Promised
from assessment.slides.page import Slide, in_pages
from assessment.slides.steps import MOST_WORDS, Step, count_words

LINE = 52
"""Characters of a promise that stand on one line of the screen."""
MOST_LINES = 8
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def talk(step: Step, material: Material) -> list[Slide]:
    """Draw a question alone, large; and how long we take for it."""
    time = counted(step.minutes, "minute") if step.minutes else ""
    return [_alone(step.question, step.title or "", time)]


def pause(step: Step, material: Material) -> list[Slide]:
    """Draw a pause."""
    time = f"Back in {counted(step.minutes, 'minute')}" if step.minutes else ""
    return [_alone(step.title or "A pause", "", step.question or time)]


def blank(step: Step, material: Material) -> list[Slide]:
    """Draw nothing."""
    return [Slide("", "", pictured=False, form="blank")]


def quote(step: Step, material: Material) -> list[Slide]:
    """Draw a text that was chosen for the retreat, so much of it a screen as a room reads; nothing when it is gone."""
    words = material.quotes.get(step.text_id or "", "")
    room = MOST_WORDS - count_words(f"{step.title or ''} {step.question}")
    parts = _parts(words, max(room, MOST_WORDS // 2))
    made = []
    for place, part in enumerate(parts):
        opens, closes = "“" if place == 0 else "… ", "”" if place == len(parts) - 1 else " …"
        body = f'<blockquote dir="auto">{escape(opens + part + closes)}</blockquote>'
        made.append(Slide(step.title or "", body, step.question, pictured=False, form="quote"))
    return made


def commitments(step: Step, material: Material) -> list[Slide]:
    """Draw what is promised, the newest at the bottom; earlier promises that are open stand above."""
    title = step.title or ("What we promise each other" if material.promises else "What will we do about it?")
    pages = _by_height(material.promises) if material.promises else [[]]
    return [
        Slide(title, f'<ul class="promises">{"".join(map(_promise, page))}</ul>', step.question, pictured=False)
        for page in pages
    ]


def _alone(words: str, above: str, below: str) -> Slide:
    under = f'<p class="label">{escape(below)}</p>' if below else ""
    return Slide(above, f'<p class="alone" dir="auto">{escape(words)}</p>{under}', pictured=False, form="talk")


def _promise(one: Promised) -> str:
    owner = f' <span class="owner">{escape(one.owner)}</span>' if one.owner else ""
    return f'<li class="{"new" if one.new else "earlier"}" dir="auto">{escape(one.what)}{owner}</li>'


def _by_height(promises: tuple[Promised, ...]) -> list[list[Promised]]:
    """Share promises among screens by the lines that they take; the last screen is the fullest."""
    screens: list[list[Promised]] = [[]]
    room = MOST_LINES
    for one in reversed(promises):
        high = -(-(len(one.what) + len(one.owner) + 1) // LINE)
        if high > room and screens[0]:
            screens.insert(0, [])
            room = MOST_LINES
        screens[0].insert(0, one)
        room -= high
    return screens


def _parts(words: str, most: int) -> list[str]:
    """Break a text into parts of at most `most` words, where a sentence ends if one does; empty for no text.

    >>> _parts("We win. Then we rest, all of us together.", 4)
    ['We win.', 'Then we rest, all', 'of us together.']
    """
    parts: list[str] = []
    for sentence in _SENTENCE_END.split(words.strip()):
        longer = f"{parts[-1]} {sentence}" if parts else sentence
        if parts and count_words(longer) <= most:
            parts[-1] = longer
        else:
            parts += [" ".join(piece) for piece in in_pages(sentence.split(), most) if piece]
    return parts
