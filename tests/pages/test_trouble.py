"""When the database fails, people read a sentence, never a traceback."""

from __future__ import annotations

import pytest

from assessment.alliance.values import Role
from assessment.storage.errors import BUSY, GONE, Busy, Unreachable
from assessment.ui.trouble import OURS
from tests.pages.conftest import Instance, Screen, words


def test_a_database_that_is_gone_is_said_in_plain_words(
    fresh: Instance, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise Unreachable(GONE)

    at = screen(fresh, Role.OWNER)
    monkeypatch.setattr("assessment.alliance.sign_in.find", gone)
    at.run()
    assert not at.exception
    assert GONE in words(at)
    assert "Harbour Alliance" not in words(at)


def test_a_page_that_fails_keeps_its_frame(fresh: Instance, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy(BUSY)

    at = screen(fresh, Role.OWNER)
    monkeypatch.setattr("assessment.rounds.list_rounds", busy)
    at.run()
    assert not at.exception
    assert BUSY in words(at)
    assert "Ada" in at.sidebar.markdown[0].value


@pytest.mark.apology
def test_a_mistake_of_ours_is_an_apology_on_the_screen_and_whole_in_the_log(
    fresh: Instance, screen: Screen, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a planted mistake")

    at = screen(fresh, Role.OWNER)
    monkeypatch.setattr("assessment.rounds.list_rounds", broken)
    at.run()
    assert not at.exception
    assert OURS in words(at)
    assert "a planted mistake" not in words(at)
    assert "a planted mistake" in caplog.text
