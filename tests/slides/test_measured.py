"""Every step's slide as a projector shows it, measured: sizes, rows, words, nothing cut, nothing colliding."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from assessment.findings.results import Results
from assessment.slides import joining
from assessment.slides.page import html
from assessment.slides.steps import MOST_WORDS, Kind
from tests.slides.measure import faults, ready, shown
from tests.slides.worlds import alike, every_slide, hidden, long_names, mirrored, split

OpenPage = Callable[..., Page]
WORLDS = {"split": split, "alike": alike, "hidden": hidden, "long": long_names, "mirrored": mirrored}
WIDE, SQUARE = (1920, 1080), (1440, 1080)
QR = '<svg viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'
DOORS = (
    (
        "lobby",
        joining.lobby("Harbour Alliance", "Winter retreat", QR, "192.168.100.20:8501/r", "KAHN-42", "120 joined"),
    ),
    ("answer", joining.answer_here("We answer together", QR, "tend.example.org/r", "KAHN-42", "At least 10 of 14")),
    ("end", joining.the_end("Harbour Alliance", "Thank you, and see you in spring.")),
    ("blank", joining.blank()),
)

LOOKED_AT = (
    "overview 1",
    "split 1",
    "balance 1",
    "success 1",
    "change 1",
    "commitments 1",
    "split hidden 1",
    "split revealed 1",
)
"""One screen of every form."""


def pieces(results: Results) -> list[tuple[str, str]]:
    """Return every screen as HTML with its name."""
    return [
        (f"{name} {place + 1}", html(slide, place, len(made)))
        for name, made in every_slide((results,)).items()
        for place, slide in enumerate(made)
    ]


@pytest.mark.parametrize(("size", "shape"), [("big", WIDE), ("small", WIDE), ("big", SQUARE)], ids=str)
def test_all_is_large_enough_and_nothing_is_cut_or_collides(
    page_at: OpenPage, size: str, shape: tuple[int, int]
) -> None:
    page = ready(page_at(*shape))
    assert faults(page, DOORS, size) == []
    for name in WORLDS if (size, shape) == ("big", WIDE) else ["split"]:
        found = pieces(WORLDS[name]())
        assert len(found) > 15
        assert [(name, *fault) for fault in faults(page, found, size)] == []


@pytest.mark.parametrize("world", WORLDS)
def test_no_screen_has_more_than_twenty_five_words(world: str) -> None:
    there = every_slide((WORLDS[world](),))
    assert {str(kind) for kind in (Kind.OVERVIEW, Kind.ANSWERED, Kind.COMMITMENTS, Kind.POLL_FIST)} & set(there)
    assert {name: s.title for name, made in there.items() for s in made if s.words > MOST_WORDS} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_slides_have_no_barrier_that_axe_finds(page_at: OpenPage, theme: str) -> None:
    page = ready(page_at(*WIDE))
    there = dict(pieces(split()))
    for name, piece in [DOORS[0], *((name, there[name]) for name in LOOKED_AT)]:
        shown(page, piece, theme=theme)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert (name, found.response["violations"]) == (name, [])
