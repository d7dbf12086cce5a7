"""A member's first page on a slow mobile network: requests, bytes and seconds, in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync")


@dataclass(frozen=True)
class Network:
    """A network as browsers' own tools emulate it: milliseconds to the server and back, bytes a second down and up."""

    name: str
    latency: float
    down: float
    up: float


FAST_3G = Network("fast 3G", 562.5, 180_000, 84_375)
SLOW_3G = Network("slow 3G", 2_000, 50_000, 50_000)


@dataclass(frozen=True)
class Load:
    """One visit: how many requests, how many bytes over the network, seconds until the page can be used."""

    requests: int
    received: float
    seconds: float


def browser_path() -> str | None:
    """Return the browser to use, None where there is none."""
    return os.environ.get("TEND_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def visits(address: str, network: Network, runs: int, cookie: tuple[str, str] | None = None) -> Iterator[Load]:
    """Open a page as often as asked, each time as a phone that was never there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), headless=True, args=FLAGS)
        for _ in range(runs):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            if cookie:
                context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
            yield _visit(context.new_page(), address, network)
            context.close()
        browser.close()


def _visit(page: Any, address: str, network: Network) -> Load:
    tools = page.context.new_cdp_session(page)
    sent: list[str] = []
    received: list[float] = []
    tools.on("Network.requestWillBeSent", lambda e: sent.append(e["request"]["url"]))
    tools.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
    tools.send("Network.enable")
    speed = {"latency": network.latency, "downloadThroughput": network.down, "uploadThroughput": network.up}
    tools.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    page.goto(address, wait_until="load")
    timing = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    asked = [url for url in sent if not url.startswith("data:")]
    return Load(len(asked), sum(received), timing / 1000)
