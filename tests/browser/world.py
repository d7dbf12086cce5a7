"""The whole product in a process of its own, and somebody who is signed in to it with a real Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assessment.alliance import setup
from assessment.settings import ROOT
from assessment.storage.engine import Store, migrate, open_store
from assessment.ui.navigation import FIRST

LAPTOP, PHONE = (1440, 900), (390, 844)
EMAIL, PASSWORD = "ada@example.org", "three blue lamps"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OpenPage = Callable[..., Page]


class Running(NamedTuple):
    """The whole product in a process of its own, and its database."""

    base: str
    store: Store
    token: str


def running(url: str, store: Store, token: str) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT, env={**os.environ, "DATABASE_URL": url}
    )
    try:
        answered(f"{base}/_stcore/health", process)
        yield Running(base, store, token)
    finally:
        process.terminate()
        process.wait()
        store.close()


def answered(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when a server answers; fail when its process ends before, or after a minute of patience."""
    pause = threading.Event()
    for _ in range(240):
        try:
            with urlopen(address):
                return
        except OSError:
            assert process.poll() is None, "the server ended before it answered"
            pause.wait(0.25)
    pytest.fail(f"{address} did not answer")


def empty(folder: Path) -> tuple[str, Store, str]:
    url = f"sqlite:///{folder / 'tend.db'}"
    migrate(url)
    store = open_store(url)
    return url, store, setup.setup_link(store, "http://here").rsplit("/", 1)[1]


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=60_000)


def unfold(page: Page, label: str) -> None:
    page.locator("summary").filter(has_text=label).click()


def visitor(sample: Running, page_at: OpenPage, size: tuple[int, int], **options: object) -> Page:
    page = page_at(*size, base_url=sample.base, **options)
    page.context.add_cookies([{"name": "tend_sign_in", "value": sample.token, "url": sample.base}])
    return page


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def opened(page: Page, screen: str, narrow: bool) -> None:
    """Open a screen and return when all of it is there."""
    page.goto(f"/{screen}" if screen != FIRST else "/")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    settled(page, narrow)


ALL_DRAWN = """() => document.querySelectorAll('[data-testid="stPlotlyChart"]').length ===
    document.querySelectorAll('.js-plotly-plot .main-svg:first-of-type').length"""


def settled(page: Page, narrow: bool) -> None:
    """Return when a screen is drawn for a window of this kind."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    # the last thing on a page; on a narrow window the script runs a second time
    expect(page.locator(f'[data-narrow="{str(narrow).lower()}"]')).to_have_count(1, timeout=60_000)
    page.wait_for_function(ALL_DRAWN, timeout=60_000)  # counted at the same moment: charts still come and go
