"""Setting up and signing in, in a real Chromium on a phone: with and without scripts, light and dark, for everybody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assessment.alliance import setup
from assessment.alliance.gate import Gate
from assessment.alliance.web import routes
from assessment.settings import load_settings
from assessment.storage.engine import Store, migrate
from tests.alliance.test_setup import small_sample

PHONE = (390, 844)
EMAIL, PASSWORD = "ana@example.org", "correct horse battery"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OpenPage = Callable[..., Page]


class Running(NamedTuple):
    """A server of our pages before a stand-in for Streamlit."""

    base: str
    store: Store

    def link(self) -> str:
        return setup.setup_link(self.store, self.base)


async def stand_in(request: Request) -> Response:
    return HTMLResponse("<title>Overview</title><h1>Overview</h1>")


@pytest.fixture
def running(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(setup, "_demo", lambda: small_sample)
    migrate(sqlite_url)
    store, settings = Store(sqlite_url), load_settings({"DATABASE_URL": sqlite_url})
    own = routes(store, settings)
    app = Starlette(
        routes=[*own, Route("/{path:path}", stand_in)],
        middleware=[Middleware(Gate, store=store, settings=settings, routes=own)],
    )
    ready = threading.Event()
    server = Announcing(uvicorn.Config(app, port=0, log_level="error"), ready)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(60)
    yield Running(f"http://127.0.0.1:{server.port}", store)
    server.should_exit = True
    thread.join()
    store.close()


class Announcing(uvicorn.Server):
    """A server that says when it listens, and where."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self.ready, self.port = ready, 0

    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        self.port = self.servers[0].sockets[0].getsockname()[1]
        self.ready.set()


def no_barriers(page: Page) -> None:
    """Assert that axe finds no WCAG 2.2 A or AA violation, and that nothing has to be scrolled sideways."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    page.click("main form button")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_alliance_is_set_up_left_and_entered_again(running: Running, page_at: OpenPage, scripts: bool) -> None:
    page = page_at(*PHONE, java_script_enabled=scripts)
    page.goto(running.link())
    page.click("text=Set up our alliance")
    fill(page, alliance="Harbour", name="Ana", email="ana at example.org", password=PASSWORD)
    assert "This is not an e-mail address" in page.inner_text(".faults")
    assert page.input_value("#alliance") == "Harbour"
    fill(page, email=EMAIL, password=PASSWORD)
    assert page.inner_text("h1") == "Overview"
    page.goto(f"{running.base}/sign-out")
    page.click("main form button")
    page.goto(f"{running.base}/rounds")
    assert page.url == f"{running.base}/sign-in?next=/rounds"
    fill(page, email=EMAIL, password=PASSWORD)
    assert page.url == f"{running.base}/rounds"


def test_the_sample_is_entered_and_left_for_our_own(running: Running, page_at: OpenPage) -> None:
    page = page_at(*PHONE)
    page.goto(running.link())
    page.click("text=Look around with a sample alliance")
    assert page.inner_text("h1") == "Overview"
    page.goto(f"{running.base}/setup/start-our-own")
    page.click("text=Empty it and start our own")
    assert page.url == f"{running.base}/setup"
    assert page.locator("text=Set up our alliance").count() == 1


def test_the_link_of_a_filled_sample_opens_it_with_one_press(running: Running, page_at: OpenPage) -> None:
    setup.fill_with_sample(running.store, running.link().rsplit("/", 1)[1])
    page = page_at(*PHONE)
    page.goto(running.link())
    no_barriers(page)
    page.click("text=Open the sample")
    assert page.inner_text("h1") == "Overview"


def test_a_fault_is_one_key_press_away(running: Running, page_at: OpenPage) -> None:
    page = page_at(*PHONE)
    page.goto(running.link())
    page.goto(f"{running.base}/setup/alliance")
    page.click("main form button")
    page.locator(".faults a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "alliance"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_barriers(running: Running, page_at: OpenPage, scheme: str) -> None:
    page = page_at(*PHONE, color_scheme=scheme)
    page.goto(f"{running.base}/setup")
    no_barriers(page)
    page.goto(f"{running.base}/setup/{'A' * 26}")
    no_barriers(page)
    page.goto(running.link())
    no_barriers(page)
    page.goto(f"{running.base}/setup/alliance")
    no_barriers(page)
    page.click("main form button")
    no_barriers(page)
    page.goto(f"{running.base}/setup")
    page.click("text=Look around with a sample alliance")
    for path in ("/sign-out", "/password", "/setup/start-our-own"):
        page.goto(running.base + path)
        no_barriers(page)
    page.goto(f"{running.base}/sign-out")
    page.click("main form button")
    no_barriers(page)
