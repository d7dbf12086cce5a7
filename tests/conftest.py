"""What every test may ask for: a browser, a PostgreSQL server, empty databases.

What is missing fails the test that needs it; nothing is skipped. `python3 start.py test` provides all of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from assessment.storage.engine import Store, migrate, open_store
from tests.postgres import OwnServer, PostgresServer, binaries

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
HERE = {"127.0.0.1", "localhost", None}

hypothesis.settings.register_profile("tend", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tend"))

OpenPage = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: quick answers first, and Playwright keeps an event loop running in this thread."""
    items.sort(key=drives_a_browser)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep a file's tests together where several processes share the work, but for those that drive a browser.

    These share little but a session, and take longest: one by one, no process waits for the other's last file.
    Groups are taken in the order of the tests.
    """
    group = item.nodeid if drives_a_browser(item) else f"{item.path.name} {item.path.parent.name}"
    item.add_marker(pytest.mark.xdist_group(group))


def drives_a_browser(item: pytest.Item) -> bool:
    """Tell whether a test asks for Chromium, however indirectly."""
    return "chromium_path" in getattr(item, "fixturenames", ())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted: they say it with `record_property("counted", words)`."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    called = [report for report in reports if getattr(report, "when", "") == "call"]
    found = [value for report in called for name, value in report.user_properties if name == "counted"]
    if found:
        terminalreporter.section("counted")
        for line in found:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser to drive: `TEND_CHROMIUM`, or the first one on PATH."""
    names = [os.environ["TEND_CHROMIUM"]] if os.environ.get("TEND_CHROMIUM") else CHROMIUM_NAMES
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("No Chromium here. `python3 start.py test` provides one, or set TEND_CHROMIUM to its path.")
    return Path(found)


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One headless Chromium for the whole session; take pages from `page_at`."""
    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, headless=True, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[OpenPage]:
    """Open pages of a given size: `page_at(390, 844)`; each call is a new visitor with no cookies.

    Further keywords go to Playwright's `new_context` (java_script_enabled, color_scheme, locale, base_url …).
    The test fails at its end when any of its pages asked another machine for anything.
    """
    contexts = []
    strangers: list[str] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HERE:
            strangers.append(request.url)

    def open_page(width: int, height: int, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.on("request", note)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers, f"a page asked another machine for something: {strangers}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server: `TEND_POSTGRES` (postgresql://user:password@host:port/name) or one of our own."""
    given = os.environ.get("TEND_POSTGRES")
    if given:
        yield PostgresServer(given)
        return
    found = binaries()
    if found is None:
        pytest.fail("No PostgreSQL here. `python3 start.py test` provides one, or set TEND_POSTGRES to a server's URL.")
    with OwnServer(found) as server_url:
        yield PostgresServer(server_url)


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An EMPTY PostgreSQL database of this test's own, without any table; gone after the test."""
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database of this test's own; the file does not exist yet."""
    return f"sqlite:///{tmp_path / 'tend.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An EMPTY database, once on SQLite and once on PostgreSQL: a test that asks for it runs on both."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our schema, to be copied: migrating once a session instead of once a test."""
    path = tmp_path_factory.mktemp("migrated") / "tend.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    """A PostgreSQL database with our schema, to be copied."""
    url = postgres.create()
    migrate(url)
    return url


@pytest.fixture
def migrated_sqlite(migrated_file: Path, sqlite_url: str) -> str:
    """A SQLite database of this test's own with our schema and nothing else."""
    shutil.copy(migrated_file, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own with our schema and nothing else, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("migrated_sqlite")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create(template=request.getfixturevalue("migrated_postgres"))
    yield url
    server.drop(url)


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """A migrated, empty instance, once on each database."""
    store = open_store(migrated_url)
    yield store
    store.close()
