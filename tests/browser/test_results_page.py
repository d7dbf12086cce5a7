"""The members' results page in a real Chromium: without scripts, on phones, by night and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from assessment.reports import links, web
from assessment.rounds.sealing import seal
from assessment.storage.engine import migrate, open_store
from tests.browser.test_pictures import FACTS
from tests.reports.world import sealed_world

OpenPage = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = [(390, 844), (320, 700), (1024, 768), (1440, 900)]
ADDRESS = "http://127.0.0.1/results"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of a second round that sixty answered, of a round of nine, and the page behind a dead link."""
    made = {"gone": web.DOOR.render("no_results.html")}
    for name, people in (("full", 60), ("small", 9)):
        url = f"sqlite:///{tmp_path_factory.mktemp(name) / 'tend.db'}"
        migrate(url)
        world = sealed_world(open_store(url), people)
        again = world.world.open("Autumn")
        world.world.answer(again, people, seed=3)
        seal(world.store, again)
        page = web.written(world.store, links.share(world.store, again, world.owner))
        made[name] = page.plain.decode() if page else ""
        world.store.close()
    return made


def opened(page: Page, html: str) -> Page:
    """Show a page with its own headers, as the server sends it."""
    page.route("**/*", lambda route: route.fulfill(body=html, headers={**web.HEADERS, "Content-Type": "text/html"}))
    page.goto(ADDRESS)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["full", "small", "gone"])
def test_nobody_meets_a_barrier(html: dict[str, str], page_at: OpenPage, name: str, scheme: str) -> None:
    for size in (SIZES[0], SIZES[3]):
        # axe is a script: the policy of the page is tested elsewhere
        page = opened(page_at(*size, color_scheme=scheme, bypass_csp=True), html[name])
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_off_or_pushed_aside(html: dict[str, str], page_at: OpenPage, size: tuple[int, int]) -> None:
    page = opened(page_at(*size), html["full"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen = page.locator("svg.picture:visible")
    assert seen.count() == page.locator("figure").count() > 4
    assert page.locator(f"svg.{'phone' if size[0] < 800 else 'wide'}:visible").count() == seen.count()
    page.evaluate("document.querySelectorAll('svg').forEach(s => s.checkVisibility() || s.remove())")
    facts = page.evaluate(FACTS)
    assert [(f["name"], f["cut"], f["met"]) for f in facts if f["cut"] or f["met"]] == []


def test_it_is_whole_without_scripts_and_its_tables_open(html: dict[str, str], page_at: OpenPage) -> None:
    page = opened(page_at(390, 844, java_script_enabled=False), html["full"])
    assert page.locator("h1").is_visible()
    table = page.locator("table").first
    assert not table.is_visible()
    page.locator("summary").first.click()
    assert table.is_visible()


def test_its_styles_pass_its_own_policy(html: dict[str, str], page_at: OpenPage) -> None:
    page = page_at(390, 844)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page, html["full"])
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "30px"
    assert said == []


def test_on_paper_it_is_dark_on_white_wide_and_without_folded_tables(
    html: dict[str, str], page_at: OpenPage, tmp_path: Path
) -> None:
    page = opened(page_at(390, 844, color_scheme="dark"), html["full"])
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    dots = "getComputedStyle(document.querySelector('svg.wide circle')).fill"
    assert page.evaluate(dots) == "rgb(84, 39, 136)"
    assert page.locator("svg.phone:visible").count() == page.locator("details:visible").count() == 0
    assert page.locator("svg.wide:visible").count() > 4
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= printed.count(b"/Type /Page\n") <= 5
