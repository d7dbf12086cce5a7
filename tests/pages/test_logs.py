"""The logs of wins and leaders: kept by coordinators, read by everybody beside the success of a round."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessment.alliance import leaders, wins
from assessment.alliance.leaders import LeadersDraft, Post
from assessment.alliance.values import Role
from assessment.alliance.wins import Lasting, Outcome, WinDraft
from assessment.settings import ROOT
from tests.pages.conftest import Instance, Screen, become, words
from tests.pages.world import sealed_round


def keep_one_each(instance: Instance) -> tuple[str, str]:
    win = WinDraft("A *night* bus", date(2026, 3, 4), Outcome.PARTIAL, Lasting.FRAGILE)
    grew = LeadersDraft(date(2026, 3, 4), 3, "Chairing", Post.STAFF)
    return (
        wins.add(instance.store, instance.alliance_id, win),
        leaders.add(instance.store, instance.alliance_id, grew),
    )


def test_a_win_is_written_down(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "logs")
    at.text_input(key="new win 0 title").set_value("A night bus")
    at.button(key="new win 0 submit").click().run()
    assert "Choose how it came out and how lasting it is" in words(at)
    assert at.text_input(key="new win 0 title").value == "A night bus"
    at.radio(key="new win 0 outcome").set_value(Outcome.WON)
    at.radio(key="new win 0 lasting").set_value(Lasting.LASTS)
    at.button(key="new win 0 submit").click().run()
    (seen,) = wins.list_wins(fresh.store, fresh.alliance_id)
    assert (seen.win.title, seen.win.on, seen.win.outcome) == ("A night bus", date.today(), Outcome.WON)
    assert "1 entry. 1 won in full and likely to last." in words(at)


def test_who_writes_a_log_learns_who_reads_it(fresh: Instance, screen: Screen) -> None:
    assert "Everybody who may sign in reads them" in words(screen(fresh, Role.COORDINATOR, "logs"))


def test_leaders_are_counted(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "logs")
    assert "write no names" in words(at)
    at.text_input(key="new leaders 0 skill").set_value("Chairing")
    at.number_input(key="new leaders 0 n").set_value(4)
    at.button(key="new leaders 0 submit").click().run()
    assert "Choose whether they are volunteers or staff" in words(at)
    at.radio(key="new leaders 0 post").set_value(Post.VOLUNTEER)
    at.button(key="new leaders 0 submit").click().run()
    (seen,) = leaders.list_leaders(fresh.store, fresh.alliance_id)
    assert (seen.entry.people, seen.entry.skill, seen.organisation) == (4, "Chairing", None)
    assert "4 times somebody grew into one of 1 skill, 4 of them volunteers." in words(at)


def test_entries_are_changed_and_removed(fresh: Instance, screen: Screen) -> None:
    won, grew = keep_one_each(fresh)
    at = screen(fresh, Role.COORDINATOR, "logs")
    at.radio(key=f"win {won} outcome").set_value(Outcome.REVERSED)
    at.button(key=f"win {won} submit").click().run()
    assert wins.list_wins(fresh.store, fresh.alliance_id)[0].win.outcome is Outcome.REVERSED
    at.number_input(key=f"leaders {grew} n").set_value(5)
    at.button(key=f"leaders {grew} submit").click().run()
    assert leaders.list_leaders(fresh.store, fresh.alliance_id)[0].entry.people == 5
    at.button(key=f"win {won} gone").click().run()
    at.button(key=f"leaders {grew} gone").click().run()
    assert wins.list_wins(fresh.store, fresh.alliance_id) == ()
    assert leaders.list_leaders(fresh.store, fresh.alliance_id) == ()


def test_everybody_reads_the_logs_beside_success(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh)
    keep_one_each(fresh)
    at = screen(fresh, Role.VIEWER, "success")
    assert not at.exception
    cells = [str(value) for table in at.table for value in table.value.to_numpy().ravel()]
    assert "A \\*night\\* bus" in cells
    assert "Chairing" in cells
    assert not at.text_input


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_only_coordinators_keep_them(fresh: Instance, monkeypatch: pytest.MonkeyPatch, role: Role | None) -> None:
    keep_one_each(fresh)
    become(monkeypatch, fresh, fresh.tokens[role] if role else None)
    at = AppTest.from_file(str(ROOT / "pages" / "logs.py"), default_timeout=60).run()
    assert [title.value for title in at.title] == ["This page is not for you" if role else "Please sign in"]
    assert not at.button
    assert not at.table
