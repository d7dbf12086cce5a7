"""Who may see which screen: asked on every run, by the shell and by each page for itself."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assessment.alliance import sign_in
from assessment.alliance.values import Role
from assessment.settings import ROOT
from assessment.ui.navigation import SCREENS
from tests.pages.conftest import Instance, Screen, become, words

NAMES = [one.name for one in SCREENS]


def test_there_are_screens_and_each_has_its_file() -> None:
    assert len(NAMES) >= 4
    assert sorted(NAMES) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_who_runs_a_page_directly_sees_nothing_of_it(
    sample: Instance, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    become(monkeypatch, sample, None)
    at = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()
    assert not at.exception
    assert [title.value for title in at.title] == ["Please sign in"]
    assert "Lindenport" not in words(at)


def test_a_stranger_gets_the_way_to_sign_in_and_nothing_else(sample: Instance, screen: Screen) -> None:
    at = screen(sample)
    assert words(at).splitlines() == ["Please sign in", "You are not signed in, or your sign-in has ended."]
    assert [link.url for link in at.link_button] == ["/sign-in"]
    assert not at.sidebar.markdown


@pytest.mark.parametrize("role", [Role.VIEWER, Role.READER])
@pytest.mark.parametrize("name", ["room", "rounds", "alliance"])
def test_who_may_only_read_is_refused_where_rounds_and_people_are_managed(
    sample: Instance, monkeypatch: pytest.MonkeyPatch, role: Role, name: str
) -> None:
    become(monkeypatch, sample, sample.tokens[role])
    at = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()
    assert not at.exception
    assert [title.value for title in at.title] == ["This page is not for you"]
    assert not at.button


@pytest.mark.parametrize(("role", "name"), [(role, one.name) for one in SCREENS for role in one.roles])
def test_every_role_sees_its_screens_without_an_error(sample: Instance, screen: Screen, role: Role, name: str) -> None:
    at = screen(sample, role, name)
    assert not at.exception
    assert not at.error
    assert "This is a sample alliance. Nothing in it is real." in words(at)


def test_a_sign_in_that_has_ended_ends_the_screen_on_its_next_run(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.VIEWER)
    assert "Harbour Alliance" in words(at)
    sign_in.end(fresh.store, fresh.tokens[Role.VIEWER])
    assert "Harbour Alliance" not in words(at.run())


def test_an_alliance_of_its_own_carries_no_sample_banner(fresh: Instance, screen: Screen) -> None:
    assert "sample" not in words(screen(fresh, Role.OWNER)).lower()


def test_the_samples_banner_shows_the_shared_code_and_the_way_to_answer(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER)
    links = [link.url for link in at.link_button]
    assert any(url.startswith("/join#") and len(url) == len("/join#") + 26 for url in links)
