"""Pictures in a real Chromium: nothing is cut off, no words collide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from assessment.charts.tokens import LIGHT
from assessment.pictures.marks import framed, inline, page_style
from tests.pictures.drawn import everything_hidden, everything_shown, moved, pictures_of

OpenPage = Callable[..., Page]
FACTS = """
() => [...document.querySelectorAll("svg")].map(svg => {
  const frame = svg.getBoundingClientRect()
  const box = of => { const b = of.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] }
  const out = b => b[0] < frame.left - 1 || b[1] < frame.top - 1 || b[2] > frame.right + 1 || b[3] > frame.bottom + 1
  const words = [...svg.querySelectorAll("text")].map(t => ({said: t.textContent, box: box(t)}))
  const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low])
  const over = (a, b) => shared(a, b, 0, 2) > 1 && shared(a, b, 1, 3) > 6
  return {
    name: svg.querySelector("title").textContent,
    cut: [...svg.querySelectorAll("text,rect,circle,path,line")].filter(e => out(box(e))).map(e => e.outerHTML),
    met: words.flatMap((a, i) => words.slice(i + 1).filter(b => over(a.box, b.box)).map(b => [a.said, b.said])),
    words: words.length,
  }
})
"""


def looked_at(page: Page, pictures: list[str]) -> list[dict[str, Any]]:
    style = f"<style>{page_style()}body{{font-family:sans-serif;background:var(--paper)}}</style>"
    page.set_content(f"<!doctype html><meta charset=utf-8>{style}{''.join(pictures)}")
    found: list[dict[str, Any]] = page.evaluate(FACTS)
    return found


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_nothing_is_cut_off_and_no_words_collide(page_at: OpenPage, narrow: bool) -> None:
    page = page_at(390 if narrow else 1440, 900)
    for world in (everything_shown(), everything_hidden(), moved()):
        drawn = [one.picture._replace(title=one.name) for one in pictures_of(world, narrow) if one.picture.height]
        found = looked_at(page, [inline(picture) for picture in drawn])
        assert len(found) == len(drawn) > 3
        assert {f["name"]: (f["cut"], f["met"]) for f in found if f["cut"] or f["met"]} == {}
        assert all(f["words"] for f in found)


def test_a_saved_picture_holds_its_frame(page_at: OpenPage) -> None:
    drawn = [
        framed(one.picture, "Harbour Alliance, Autumn 2026, 142 of 188 people. " * 3, "Dot: those who answered. " * 12)
        for one in pictures_of(everything_shown(), False, LIGHT)
    ]
    found = looked_at(page_at(1440, 900), [inline(picture) for picture in drawn])
    assert {f["name"]: (f["cut"], f["met"]) for f in found if f["cut"] or f["met"]} == {}
