"""Wins and leaders: logs that coordinators keep, on both databases."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from assessment import clock
from assessment.alliance import leaders, wins
from assessment.alliance.entries import NotThere
from assessment.alliance.leaders import LeadersDraft, Post
from assessment.alliance.values import FieldFaults
from assessment.alliance.wins import Lasting, Outcome, WinDraft
from assessment.storage import alliance as alliances
from assessment.storage import audit
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance, Organisation
from tests.rounds.world import World, make_world

WIN = WinDraft("A night bus", date(2026, 3, 4), Outcome.PARTIAL, Lasting.FRAGILE, "Nobody laughs any more")
GREW = LeadersDraft(date(2026, 3, 4), 3, "Chairing a meeting", Post.VOLUNTEER)


@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)


@pytest.fixture
def foreign(world: World) -> str:
    """An organisation of another alliance."""
    with world.store.write() as session:
        other = alliances.add_alliance(session, Alliance(name="Other", created_at=clock.now()))
        return alliances.add_organisation(session, Organisation(alliance_id=other, name="Far", short_name="Far"))


def acts(store: Store) -> list[str]:
    with store.read() as session:
        return [act.act for act in audit.list_acts(session)]


def test_a_win_is_kept_with_its_organisations_and_changed(world: World) -> None:
    tenants, choir = world.organisations[5], world.organisations[0]
    draft = dataclasses.replace(WIN, title="  A night bus ", organisations=(tenants, choir))
    made = wins.add(world.store, world.alliance_id, draft)
    (seen,) = wins.list_wins(world.store, world.alliance_id)
    assert (seen.id, seen.names) == (made, ("Choir", "Tenants"))
    assert seen.win == dataclasses.replace(WIN, organisations=(choir, tenants))
    later = dataclasses.replace(WIN, outcome=Outcome.REVERSED, climate=" ", organisations=(choir,))
    wins.change(world.store, world.alliance_id, made, later)
    (seen,) = wins.list_wins(world.store, world.alliance_id)
    assert (seen.win.outcome, seen.win.climate, seen.names) == (Outcome.REVERSED, None, ("Choir",))
    wins.remove(world.store, world.alliance_id, made)
    assert wins.list_wins(world.store, world.alliance_id) == ()
    assert {"win added", "win changed", "win removed"} <= set(acts(world.store))


def test_wins_stand_newest_first(world: World) -> None:
    for day in (date(2025, 1, 1), date(2026, 1, 1), date(2024, 1, 1)):
        wins.add(world.store, world.alliance_id, dataclasses.replace(WIN, on=day))
    assert [w.win.on.year for w in wins.list_wins(world.store, world.alliance_id)] == [2026, 2025, 2024]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 121),
        ("title", "A \u202e bus"),
        ("title", "two\nlines"),
        ("climate", "x" * 301),
        ("climate", "\x00"),
        ("on", date(1899, 12, 31)),
        ("on", date.today() + timedelta(days=2)),
        ("organisations", ("nobody",)),
    ],
)
def test_a_faulty_win_is_not_kept(world: World, field: str, value: object) -> None:
    with pytest.raises(FieldFaults) as refused:
        wins.add(world.store, world.alliance_id, dataclasses.replace(WIN, **{field: value}))
    assert list(refused.value.faults) == [field]
    assert wins.list_wins(world.store, world.alliance_id) == ()


def test_another_alliances_organisation_and_entries_are_out_of_reach(world: World, foreign: str) -> None:
    with pytest.raises(FieldFaults, match="not part of the alliance"):
        wins.add(world.store, world.alliance_id, dataclasses.replace(WIN, organisations=(foreign,)))
    with pytest.raises(FieldFaults, match="not part of the alliance"):
        leaders.add(world.store, world.alliance_id, dataclasses.replace(GREW, organisation_id=foreign))
    won, grew = (
        wins.add(world.store, world.alliance_id, WIN),
        leaders.add(world.store, world.alliance_id, GREW),
    )
    for act in (
        lambda: wins.change(world.store, "other", won, WIN),
        lambda: wins.remove(world.store, "other", won),
        lambda: leaders.change(world.store, "other", grew, GREW),
        lambda: leaders.remove(world.store, "other", grew),
    ):
        with pytest.raises(NotThere):
            act()
    assert len(wins.list_wins(world.store, world.alliance_id)) == 1
    assert leaders.list_leaders(world.store, "other") == ()


def test_leaders_are_counted_changed_and_removed(world: World) -> None:
    made = leaders.add(world.store, world.alliance_id, GREW)
    staff = dataclasses.replace(GREW, people=4, post=Post.STAFF, organisation_id=world.organisations[0])
    leaders.change(world.store, world.alliance_id, made, staff)
    (seen,) = leaders.list_leaders(world.store, world.alliance_id)
    assert (seen.entry, seen.organisation) == (staff, "Choir")
    leaders.remove(world.store, world.alliance_id, made)
    assert leaders.list_leaders(world.store, world.alliance_id) == ()
    assert {"leaders noted", "leaders changed", "leaders removed"} <= set(acts(world.store))


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("people", 0, "people"),
        ("people", -1, "people"),
        ("people", 10_001, "people"),
        ("skill", "", "skill"),
        ("skill", "x" * 81, "skill"),
        ("skill", "a\x07", "skill"),
        ("on", date.today() + timedelta(days=2), "on"),
        ("organisation_id", "nobody", "organisation"),
    ],
)
def test_a_faulty_entry_of_leaders_is_not_kept(world: World, field: str, value: object, named: str) -> None:
    with pytest.raises(FieldFaults) as refused:
        leaders.add(world.store, world.alliance_id, dataclasses.replace(GREW, **{field: value}))
    assert list(refused.value.faults) == [named]
    assert leaders.list_leaders(world.store, world.alliance_id) == ()
