"""Every screen of a coordinator by keyboard alone, and at twice the size: nothing out of reach, nothing cut."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from assessment.ui.navigation import SCREENS
from tests.browser.world import LAPTOP, OpenPage, Running, opened, visitor

HALF = (LAPTOP[0] // 2, LAPTOP[1] // 2)
MOST_STEPS = 250
PRESSABLE = """
() => {
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  const there = all.filter(one => shown(one) && !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]"))
  there.forEach((one, place) => one.dataset.place = place)
  // of a group of radio buttons the Tab key reaches one, arrows the others
  return there.map(one => one.type === "radio" ? `group ${one.name}` : one.dataset.place)
}
"""
FOCUSED = """
() => {
  const look = one => [one, one.parentElement, one.parentElement?.parentElement].filter(Boolean).map(e => {
    const s = getComputedStyle(e)
    const outline = [s.outlineStyle, s.outlineWidth, s.outlineColor]
    return [...outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color].join()
  }).join("|")
  const before = window.lastFocused
  const unseen = before && before.one.isConnected && before.look === look(before.one) ? before.one.outerHTML : ""
  const one = document.activeElement
  window.lastFocused = one === document.body ? null : {one, look: look(one)}
  const name = one === document.body ? null : one.type === "radio" ? `group ${one.name}` : one.dataset.place
  return [name ?? (one === document.body ? null : "unknown"), unseen.slice(0, 200)]
}
"""
CUT = """
() => {
  const wide = innerWidth + 1
  const scrolls = one => { for (let e = one; e; e = e.parentElement) {
    if (["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth) return true }
    return false }
  const found = []
  if (document.documentElement.scrollWidth > wide) found.push("the page scrolls sideways")
  const main = document.querySelector("[data-testid=stMain]")
  if (main && main.scrollWidth > main.clientWidth + 1) found.push("the screen scrolls sideways")
  for (const one of document.querySelectorAll("main *, [data-testid=stMain] *")) {
    const own = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    if (!own || !one.checkVisibility({visibilityProperty: true})) continue
    const r = one.getBoundingClientRect()
    if (r.width > 1 && (r.right > wide || r.left < -1) && !scrolls(one)) found.push(one.textContent.slice(0, 60))
  }
  return found
}
"""


def unfolded(page: Page) -> None:
    for folded in page.locator("summary").all():
        folded.click()


def walked(page: Page) -> tuple[list[str], list[str]]:
    """Press Tab once round the page; return what had the focus, in order, and what did not show it."""
    reached: list[str] = []
    unseen: list[str] = []
    page.evaluate("document.activeElement?.blur?.(); window.lastFocused = null; window.scrollTo(0, 0)")
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found: list[Any] = page.evaluate(FOCUSED)
        name, hidden = found
        unseen += [hidden] if hidden else []
        if name in reached:
            return reached, unseen
        reached += [name] if name else []
    raise AssertionError("the Tab key never comes to an end")


def test_the_tab_key_reaches_everything_in_its_order_and_shows_where_it_is(sample: Running, page_at: OpenPage) -> None:
    page = visitor(sample, page_at, LAPTOP)
    for screen in SCREENS:
        opened(page, screen.name, narrow=False)
        unfolded(page)
        wanted = page.evaluate(PRESSABLE)
        reached, unseen = walked(page)
        assert not set(wanted) - set(reached), f"{screen.name}: {set(wanted) - set(reached)} are not reached"
        places = [int(name) for name in reached if name.isdigit()]
        first = places.index(min(places))
        assert [*places[first:], *places[:first]] == sorted(places), f"{screen.name}: the order jumps"
        assert not unseen, f"{screen.name}: {unseen}"


def test_at_twice_the_size_nothing_is_cut_and_nothing_is_pushed_sideways(sample: Running, page_at: OpenPage) -> None:
    page = visitor(sample, page_at, HALF, device_scale_factor=2)
    for screen in SCREENS:
        opened(page, screen.name, narrow=True)
        unfolded(page)
        assert page.evaluate(CUT) == [], screen.name
