"""Screens run as Streamlit runs them, for somebody of a chosen role or for a stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from assessment import demo
from assessment.alliance import accounts, setup, sign_in
from assessment.alliance.values import Role
from assessment.settings import ROOT, Settings
from assessment.storage.engine import Store, migrate, open_store

SHELL = ROOT / "assessment" / "ui" / "shell.py"
Screen = Callable[..., AppTest]


class Instance(NamedTuple):
    """A prepared database with one alliance."""

    store: Store
    settings: Settings
    alliance_id: str
    tokens: dict[Role, str]
    """Sign-in tokens of one person of each role."""


def prepared(folder: Path) -> tuple[Store, Settings, str]:
    """Return an empty, migrated database with the token of its set-up link."""
    url = f"sqlite:///{folder / 'tend.db'}"
    migrate(url)
    store = open_store(url)
    token = setup.setup_link(store, "http://here").rsplit("/", 1)[1]
    return store, Settings(url, None, ROOT / "data" / "instruments"), token


def with_people(store: Store, settings: Settings, owner_token: str) -> Instance:
    """Add a person of every other role; a reader reads for the first organisation, where there is one."""
    owner = sign_in.find(store, owner_token)
    assert owner is not None
    tokens = {owner.role: owner_token}
    with store.read() as session:
        from assessment.storage.alliance import list_organisations

        first = next(iter(list_organisations(session, owner.alliance_id)), None)
    for role in Role:
        if role in tokens or (role is Role.READER and first is None):
            continue
        theirs = first.id if role is Role.READER and first else None
        email = f"{role}@example.org"
        accounts.create(
            store, owner.alliance_id, role.title(), email, role, organisation_id=theirs, password="three blue lamps"
        )
        tokens[role] = sign_in.start(store, email, "three blue lamps")
    return Instance(store, settings, owner.alliance_id, tokens)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The sample alliance, three rounds sealed and one open; nobody may change it."""
    store, settings, token = prepared(tmp_path_factory.mktemp("sample"))
    yield with_people(store, settings, setup.fill_with_sample(store, token, demo.fill))
    store.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Instance]:
    """An alliance that was just set up: no organisation, no round."""
    store, settings, token = prepared(tmp_path)
    owner = setup.set_up(store, token, "Harbour Alliance", "Ada", "ada@example.org", "three blue lamps")
    yield with_people(store, settings, owner)
    store.close()


@pytest.fixture(autouse=True)
def _our_mistakes_fail(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a mistake of ours end the run of a screen, as it would without the apology that people see."""

    def raise_on(*_: object) -> None:
        raise

    if "apology" not in request.keywords:
        monkeypatch.setattr("assessment.ui.trouble._log.exception", raise_on)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Open a screen: `screen(instance, Role.VIEWER, "answers")`; without a role as a stranger."""

    def open_screen(instance: Instance, role: Role | None = None, name: str = "overview", **query: str) -> AppTest:
        become(monkeypatch, instance, instance.tokens[role] if role else None)
        at = AppTest.from_file(str(SHELL), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        return at if name == "overview" else at.switch_page(str(ROOT / "pages" / f"{name}.py")).run()

    return open_screen


def become(monkeypatch: pytest.MonkeyPatch, instance: Instance, token: str | None) -> None:
    """Let the screens believe that this browser carries a token, and that this is their database."""
    monkeypatch.setattr("assessment.ui.identity.cookie", lambda: token)
    monkeypatch.setattr("assessment.ui.instance.settings", lambda: instance.settings)


def words(at: AppTest) -> str:
    """Return everything that is written on a screen, without Markdown's escapes."""
    elements = [*at.title, *at.header, *at.subheader, *at.markdown, *at.warning, *at.error, *at.success]
    return "\n".join(str(element.value) for element in elements).replace("\\", "")
