"""Attacks 2 and 5: blanks that depend on answers, and releases that depend on who came first."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.disclosure.drafting import Drafting
from assessment.disclosure.planner import Plan
from assessment.disclosure.rules import Breakdown, Protection
from assessment.disclosure.tally import Tally
from tests.attacks.worlds import World, worlds

ATTACKS = settings.get_profile("attacks")
ANY = st.sampled_from(Breakdown).flatmap(lambda b: worlds(b, protection=Protection.OPEN, most=30, organisations=6))


def plans(world: World) -> list[Plan]:
    """Which groups and lenses R2-R7 let through."""
    drafting = Drafting(Tally(world.asked, world.answered(), world.rules), ())
    return [drafting._plan(measure) for measure in drafting.tally.measures]


@settings(ATTACKS)
@given(world=ANY, seed=st.integers(0, 1000))
def test_who_may_be_shown_depends_on_who_answered_only(world: World, seed: int) -> None:
    answers = list(world.answers)
    random.Random(seed).shuffle(answers)
    assert plans(world.with_answers(answers)) == plans(world)


@settings(ATTACKS)
@given(breakdown=st.sampled_from(Breakdown), data=st.data())
def test_any_order_of_ballots_gives_the_same_bytes(breakdown: Breakdown, data: st.DataObject) -> None:
    world = data.draw(worlds(breakdown, most=40, organisations=6))
    order = data.draw(st.permutations(range(world.people)))
    shuffled = replace(
        world,
        organisation=tuple(world.organisation[i] for i in order),
        role=tuple(world.role[i] for i in order),
        answers=tuple(world.answers[i] for i in order),
    )
    one, other = world.seal(), shuffled.seal()
    assert one.json == other.json
    assert one.statistics == other.statistics
