"""Take README's pictures from the running product: `.venv/bin/python docs/pictures/take.py` (Chromium on PATH)."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LAPTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
CODE = re.compile(r"\b[A-Z2-7]{5}(-[A-Z2-7]{5}){3}-[A-Z2-7]{6}\b")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


def main() -> None:
    """Fill a sample in a folder that goes away, serve it, and photograph each journey."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (base, link), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        code = coordinator(browser, base, link)
        member(browser, base, code)
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve a fresh sample; give its address and the link that signs its coordinator in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    base = f"http://localhost:{port}"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'tend.db'}"}
    ours = [sys.executable, "-m", "assessment"]
    subprocess.run([*ours, "migrate"], cwd=ROOT, env=environment, check=True)
    filled = subprocess.run(
        [*ours, "demo", "--base", base], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    process = subprocess.Popen([*command, "--server.port", port], cwd=ROOT, env=environment)
    try:
        wait_for(f"{base}/_stcore/health")
        yield base, filled.stdout.strip().splitlines()[-1]
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    """Return when a server answers, within half a minute."""
    for _ in range(60):
        try:
            with urlopen(address):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} did not answer")


def coordinator(browser: Browser, base: str, link: str) -> str:
    """Photograph what a coordinator sees of a sealed round; return the sample's shared code."""
    page = browser.new_context(viewport=LAPTOP).new_page()
    page.goto(link)
    opened = page.get_by_role("button", name="Open the sample")
    if opened.count():
        opened.click()
    for name in ("overview", "change"):
        page.goto(f"{base}/{name}", wait_until="networkidle")
        page.locator(".js-plotly-plot").first.wait_for()
        page.wait_for_timeout(1500)
        page.screenshot(path=HERE / f"{name}.png")
    shown = CODE.search(page.locator("body").inner_text())
    if shown is None:
        raise SystemExit("The sample shows no shared code.")
    return shown.group()


def member(browser: Browser, base: str, code: str) -> None:
    """Photograph a member's phone in the middle of a section."""
    page = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    page.goto(f"{base}/join#{code}")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your organisation").select_option(index=1)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/answer/*")
    for question, answer in (("trust.promises", "3"), ("trust.candour", "4")):
        page.locator(f'input[name="{question}"][value="{answer}"]').check()
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=HERE / "phone.png")


if __name__ == "__main__":
    main()
