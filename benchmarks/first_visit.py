"""A coordinator's first visit: what comes over the network until the overview is there, and what on the next visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.first_page import FLAGS, browser_path
from benchmarks.frame import Row, at_most

MEGABYTE = 1e6
AIM, AIM_AGAIN = at_most(2.7), at_most(0.001)
SETTLED = 3_000
"""Milliseconds after the network fell silent, for what a screen fetches late."""
ENCODINGS = {"as a browser asks, with brotli": "", "as on plain http in a hall, gzip": "gzip"}


def first_visit(address: str, cookie: tuple[str, str]) -> Iterator[Row]:
    """Give the megabytes of a first visit and of the next one; nothing where there is no browser."""
    if browser_path() is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), headless=True, args=FLAGS)
        for size, encoding in ENCODINGS.items():
            headers = {"Accept-Encoding": encoding} if encoding else {}
            context = browser.new_context(viewport={"width": 1440, "height": 900}, extra_http_headers=headers)
            context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
            first, again = (_received(context.new_page(), f"{address}/overview") for _ in range(2))
            yield Row("a coordinator's first visit", size, [first / MEGABYTE], "MB", aim=AIM)
            yield Row("a coordinator's next visit", size, [again / MEGABYTE], "MB", aim=AIM_AGAIN)
            context.close()
        browser.close()


def _received(page: Any, address: str) -> float:
    """Return the bytes that came over the network."""
    tools = page.context.new_cdp_session(page)
    received: list[float] = []
    tools.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
    tools.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.locator(".js-plotly-plot").first.wait_for()
    page.wait_for_timeout(SETTLED)
    return sum(received)
