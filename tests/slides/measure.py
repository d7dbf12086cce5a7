"""Slides in a real Chromium: how large their letters are, what is cut off, what collides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page, Route

from assessment.slides.fonts import FONTS
from assessment.slides.style import STYLE

HERE = "http://127.0.0.1:9/"
"""An address that nobody serves: every request is answered by the test."""
SIZES = {"big": {"title": 56, "label": 42, "small": 30}, "small": {"title": 38, "label": 28, "small": 22}}
"""Least pixels of letters at 1080 lines, by the size of the room (charts 2.0.7)."""
FACTS = """
() => {
  const letters = document.createTreeWalker(document.querySelector(".slide"), NodeFilter.SHOW_TEXT)
  const words = []
  for (let node = letters.nextNode(); node; node = letters.nextNode()) {
    if (!node.data.trim()) continue
    const own = words.length, range = document.createRange()
    range.selectNodeContents(node)
    const inside = node.parentElement, size = parseFloat(getComputedStyle(inside).fontSize)
    const role = inside.closest("h1") ? "title" : inside.closest(".source,.place") ? "small" : "label"
    for (const b of range.getClientRects()) {
      const middle = (b.top + b.bottom) / 2, half = 0.38 * size  // letters, not the lines that they stand on
      words.push({own, node: node.data.trim(), role, size, box: [b.left, middle - half, b.right, middle + half]})
    }
  }
  const marks = [...document.querySelectorAll(".slide svg *")].map(e => [e.outerHTML, e.getBoundingClientRect()])
  const out = b => b[0] < -1 || b[1] < -1 || b[2] > innerWidth + 1 || b[3] > innerHeight + 1
  const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low])
  const met = (a, b) => a.own !== b.own
    && shared(a.box, b.box, 0, 2) > 2 && shared(a.box, b.box, 1, 3) > 1
  return {
    sizes: Object.fromEntries(["title", "label", "small"].map(role =>
      [role, Math.min(...words.filter(w => w.role === role).map(w => w.size), 1000)])),
    cut: [...words.filter(w => out(w.box)).map(w => w.node),
      ...marks.filter(([, b]) => out([b.left, b.top, b.right, b.bottom])).map(([html]) => html)],
    met: words.flatMap((a, i) => words.slice(i + 1).filter(b => met(a, b)).map(b => [a.node, b.node])),
    rows: Math.max(0, ...[...document.querySelectorAll(".rows, .asked, .promises")].map(
      e => e.querySelectorAll(":scope > .label, :scope > li").length)),
    title: document.querySelector("h1")?.getClientRects().length
      ? Math.round(document.querySelector("h1").getBoundingClientRect().height
        / parseFloat(getComputedStyle(document.querySelector("h1")).lineHeight)) : 0,
    fonts: [...document.fonts].filter(f => f.status === "loaded").map(f => f.family.replaceAll('"', "")),
    moved: document.querySelector(".slide").scrollHeight > innerHeight + 1,
  }
}
"""


def ready(page: Page) -> Page:
    """Let a page find the fonts of slides as the room serves them."""

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        body = FONTS[name].read_bytes() if name in FONTS else b"<!doctype html>"
        route.fulfill(body=body, content_type="font/woff2" if name in FONTS else "text/html")

    page.route(f"{HERE}**", answer)
    page.goto(HERE)
    return page


def shown(page: Page, piece: str, size: str = "big", theme: str = "light") -> None:
    """Put one slide on the screen."""
    page.set_content(
        f'<!doctype html><html lang="en" data-theme="{theme}" data-size="{size}"><meta charset="utf-8">'
        f"<title>Screen</title><style>{STYLE}</style><main>{piece}</main></html>"
    )
    page.evaluate("document.fonts.ready")


def faults(page: Page, pieces: Iterable[tuple[str, str]], size: str = "big") -> list[tuple[str, Any]]:
    """Return what is wrong with slides by their names: too small, too many rows, cut, colliding, a third title line."""
    found: list[tuple[str, Any]] = []
    height = page.viewport_size["height"] if page.viewport_size else 1080
    for name, piece in pieces:
        shown(page, piece, size)
        facts = page.evaluate(FACTS)
        least = {role: pixels * height / 1080 for role, pixels in SIZES[size].items()}
        small = {role: pixels for role, pixels in facts["sizes"].items() if pixels < least[role] - 0.01}
        faulty = {
            "small": small,
            "cut": facts["cut"],
            "met": facts["met"],
            "rows": facts["rows"] if facts["rows"] > 8 else 0,
            "title": facts["title"] if facts["title"] > 2 else 0,
            "moved": facts["moved"],
            "fonts": [] if "blank" in piece or facts["fonts"] else ["not ours"],
        }
        found += [(f"{name}: {what}", said) for what, said in faulty.items() if said]
    return found
