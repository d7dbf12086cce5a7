"""Attack 3: somebody who knows the rules, who belongs where, who answered, and one own answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.disclosure.rules import Breakdown, Lens, Protection
from tests.attacks.enumeration import TooMany, promised
from tests.attacks.insider import Attacker
from tests.attacks.worlds import World, worlds

ATTACKS = settings.get_profile("attacks")


def attack(world: World) -> None:
    """Fail if somebody has fewer possible answers left than promised, or if the attacker read the release wrongly."""
    attacker = Attacker(world)
    try:
        assert attacker.pinned(promised(world.points)) is None
    except TooMany:
        assume(False)
    # A world that the attacker takes for possible must really give the same release: else he knew too little.
    shown = world.seal().json
    few = np.linspace(0, len(attacker.consistent) - 1, 4).astype(int)
    for table in attacker.consistent[np.unique(few)]:
        assert attacker.world_of(table).seal().json == shown


@pytest.mark.parametrize("lens", Lens)
@settings(ATTACKS)
@given(data=st.data())
def test_small_alliances_keep_three_answers_for_everybody(lens: Lens, data: st.DataObject) -> None:
    breakdown = data.draw(st.sampled_from(Breakdown))
    most = 14 if lens is Lens.PEOPLE else 8
    attack(data.draw(worlds(breakdown, lens, points=(3, 4, 5, 6), most=most, organisations=4)))


@pytest.mark.parametrize("lens", Lens)
@settings(ATTACKS)
@given(data=st.data())
def test_two_lenses_and_columns_together_pin_nobody(lens: Lens, data: st.DataObject) -> None:
    breakdown = data.draw(st.sampled_from((Breakdown.NONE, Breakdown.ORGANISATIONS)))
    attack(data.draw(worlds(breakdown, lens, points=(3,), fewest=20, most=23, organisations=3)))


@settings(ATTACKS)
@given(world=worlds(Breakdown.NONE, points=(2, 3, 4, 5), fewest=15, most=24, organisations=3, stored=False))
def test_columns_spread_and_average_pin_nobody(world: World) -> None:
    attack(world)


@settings(ATTACKS)
@given(world=worlds(Breakdown.ROLES, points=(2, 3), fewest=50, most=54, organisations=3, stored=False))
def test_groups_beside_columns_pin_nobody(world: World) -> None:
    attack(world)


@settings(ATTACKS)
@given(data=st.data())
def test_the_open_level_shows_no_column_of_one_or_two(data: st.DataObject) -> None:
    world = data.draw(worlds(Breakdown.NONE, protection=Protection.OPEN))
    found = world.seal().release.result("q0")
    assert found is not None
    if found.columns:
        assert all(column.people == 0 or column.people >= 3 for column in found.columns.columns)
        assert found.columns.people >= 9
