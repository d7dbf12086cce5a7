"""Every screen of a coordinator by keyboard alone, and at twice the size: nothing out of reach, nothing cut."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from assessment.ui.navigation import SCREENS
from tests.browser.world import LAPTOP, OpenPage, Running, opened, settled, visitor

MOST_STEPS = 250
PRESSABLE = """
() => {
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0
  const within = one => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]
  const all = root => [...root.querySelectorAll("*")].flatMap(within)
  const there = all(document).filter(one => one.matches("a[href], button, input, select, textarea, summary, main")
    && shown(one) && !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]"))
  there.forEach((one, place) => one.dataset.place = place)
  // of a group of radio buttons the Tab key reaches one, arrows the others
  return there.map(one => one.type === "radio" ? `group ${one.name}` : one.dataset.place)
}
"""
LOOK = """
  const own = e => {
    const s = getComputedStyle(e)
    const outline = [s.outlineStyle, s.outlineWidth, s.outlineColor]
    return [...outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color].join()
  }
  // the frame of a field with several things in it stands some levels above the input
  const look = (one, levels = 6) => one && levels ? own(one) + look(one.parentElement, levels - 1) : ""
"""
FOCUSED = f"""
() => {{
  {LOOK}
  const before = window.lastFocused
  const unseen = before && before.one.isConnected && before.look === look(before.one)
  const suspect = unseen ? before.one.dataset.place : null
  let one = document.activeElement
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  window.lastFocused = one === document.body ? null : {{one, look: look(one)}}
  return [one.type === "radio" ? `group ${{one.name}}` : one.dataset.place ?? null, suspect ?? null]
}}
"""
SEEN = f"""
async one => {{
  {LOOK}
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  await drawn()
  const focused = look(one)
  one.blur()
  await drawn()
  return focused !== look(one)
}}
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
    """Press Tab once round the page; return what had the focus, in order, and what may not have shown it."""
    reached: list[str] = []
    suspects: list[str] = []
    page.evaluate("document.activeElement?.blur?.(); window.lastFocused = null; window.scrollTo(0, 0)")
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found: list[Any] = page.evaluate(FOCUSED)
        name, suspect = found
        suspects += [suspect] if suspect else []
        if name in reached:
            return reached, suspects
        reached += [name] if name else []
    raise AssertionError("the Tab key never comes to an end")


def test_every_screen_is_used_by_keyboard_alone_and_at_twice_the_size(sample: Running, page_at: OpenPage) -> None:
    page = visitor(sample, page_at, LAPTOP)
    for screen in SCREENS:
        page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
        opened(page, screen.name, narrow=False)
        page.add_style_tag(content="* { transition: none !important }")
        unfolded(page)
        walk(page, screen.name)
        # twice the size of everything is half as many pixels of the page
        page.set_viewport_size({"width": LAPTOP[0] // 2, "height": LAPTOP[1] // 2})
        settled(page, narrow=True)
        assert page.evaluate(CUT) == [], screen.name


def walk(page: Page, screen: str) -> None:
    """Assert that the Tab key reaches everything that can be pressed, in its order, and that the focus is seen."""
    wanted = page.evaluate(PRESSABLE)
    reached, suspects = walked(page)
    assert not set(wanted) - set(reached), f"{screen}: {set(wanted) - set(reached)} are not reached"
    places = [int(name) for name in reached if name.isdigit()]
    first = places.index(min(places))
    assert [*places[first:], *places[:first]] == sorted(places), f"{screen}: the order jumps"
    for suspect in suspects:
        # some fields draw their frame a moment later: ask again, without haste
        field = page.locator(f"[data-place='{suspect}']")
        field.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert field.evaluate(SEEN), f"{screen}: {field.evaluate('one => one.outerHTML.slice(0, 200)')}"
