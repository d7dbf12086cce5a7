"""The frame of every slide: what it has to say on top, one question to talk about below, where it comes from beside it.

A slide is a piece of HTML without scripts and without inline styles; `style.STYLE` holds everything it needs. Words
of text are its title, its question and its notes; names of rows and columns, numbers and the source are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple, TypeVar

from assessment.findings.results import Results
from assessment.slides.steps import MOST_WORDS, Step, count_words

MOST_ROWS = 8
"""Rows on one screen (charts 2.0.7); the others follow on the next."""
LONGEST = 104
"""Characters of a title that fit into two lines."""
T = TypeVar("T")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Slide(NamedTuple):
    """One screen: its title, the marks below it, the question, the source line, and all of it in words.

    `pictured`: the body is a picture that `alt` tells; else its words are read as they stand. `form` is a class of the
    slide, `keys` name dots by their class, `direction` is that of its language.
    """

    title: str
    body: str
    question: str = ""
    source: str = ""
    alt: str = ""
    form: str = ""
    notes: str = ""
    pictured: bool = True
    keys: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    direction: str = "ltr"

    @property
    def words(self) -> int:
        """How many words of text it has."""
        return count_words(f"{self.title} {self.question} {self.notes}")


def html(slide: Slide, page: int = 0, of: int = 1) -> str:
    """Return a slide as HTML that fills its window; with several screens it says which one this is."""
    lines = [
        f'<section class="slide {slide.form}" lang="{escape(slide.language)}" dir="{slide.direction}">',
        _header(slide, page, of),
        _body(slide),
        _footer(slide),
        "</section>",
    ]
    return "".join(filter(None, lines))


def told(results: Results, step: Step, finding: str, neutral: str) -> tuple[str, str]:
    """Return title and question: the coordinator's title or the finding, as many of its sentences as a room reads.

    `neutral` stands where even the first sentence is too long beside the question.
    """
    if step.title:
        return step.title, step.question
    spoken = finding if results.release.facts.speaks_for_all else neutral
    room = MOST_WORDS - count_words(step.question)
    sentences = _SENTENCE_END.split(spoken)
    kept = [" ".join(sentences[:end]) for end in range(len(sentences), 0, -1)]
    return next(
        (title for title in kept if count_words(title) <= room and len(title) <= LONGEST), neutral
    ), step.question


def source(results: Results, more: str = "") -> str:
    """Return the line that says who answered and when; `more` explains marks that need it."""
    facts = results.release.facts
    people = f"{facts.answered:,} of {facts.invited:,}" if facts.invited else f"{facts.answered:,}"
    return " · ".join(filter(None, (more, f"{people} answered", facts.round_name)))


def of_results(results: Results, slide: Slide) -> Slide:
    """Return a slide in the language of its round."""
    return slide._replace(language=results.texts.language, direction=results.texts.direction)


def in_pages(rows: Sequence[T], most: int = MOST_ROWS) -> list[list[T]]:
    """Share rows among as few screens as hold them, evenly, in their order; one empty screen where there is none.

    >>> in_pages("abcdefghij"), in_pages("")
    ([['a', 'b', 'c', 'd', 'e'], ['f', 'g', 'h', 'i', 'j']], [[]])
    """
    screens = max(1, -(-len(rows) // most))
    size, longer = divmod(len(rows), screens)
    starts = [place * size + min(place, longer) for place in range(screens + 1)]
    return [list(rows[a:b]) for a, b in pairwise(starts)]


def _header(slide: Slide, page: int, of: int) -> str:
    place = f'<p class="place">{page + 1} of {of}</p>' if of > 1 else ""
    return f"<header><h1>{escape(slide.title)}</h1>{place}</header>" if slide.title or place else "<header></header>"


def _body(slide: Slide) -> str:
    notes = f'<p class="note">{escape(slide.notes)}</p>' if slide.notes else ""
    spoken = f' role="img" aria-label="{escape(slide.alt)}"' if slide.pictured and slide.alt else ""
    return f'<div class="body"{spoken}>{slide.body}{notes}</div>'


def _footer(slide: Slide) -> str:
    question = f'<p class="question">{escape(slide.question)}</p>' if slide.question else "<p></p>"
    keys = "".join(f'<i class="key {form}"></i>{escape(words)} ' for form, words in slide.keys)
    below = f'<p class="source">{keys}{escape(slide.source)}</p>' if keys or slide.source else ""
    return f"<footer>{question}{below}</footer>"
