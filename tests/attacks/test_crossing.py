"""Two rounds with different breakdowns and the same people: what both together leave (R2, R6, R7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.disclosure.release import Earlier
from assessment.disclosure.rules import Breakdown, Lens, Protection
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import PublishedRelease
from tests.attacks.joint import Table, exposed
from tests.attacks.worlds import World, rules_for, worlds

ATTACKS = settings.get_profile("attacks")
CUT = (Breakdown.ORGANISATIONS, Breakdown.ROLES, Breakdown.CHAPTERS)


def sums(world: World, release: PublishedRelease) -> Iterator[Table]:
    """Yield every average by person that is shown, as weights of everybody's answer."""
    tally = Tally(world.asked, world.answered(), world.rules)
    keys = [unit.key for unit in tally.units]
    for result in release.results:
        if result.measure == "q0" and result.average is not None:
            shown = tally.member == keys.index(result.group) if result.group in keys else np.ones(world.people)
            yield shown.astype(float)


def attack(first: World, breakdown: Breakdown) -> int:
    """Fail if two rounds leave fewer than k people; return how many of the second round's groups were shown."""
    second = replace(first, rules=replace(first.rules, breakdown=breakdown))
    one = first.seal()
    two = second.seal([Earlier(one.release, one.statistics, first.asked)], "r2")
    now = list(sums(second, two.release))
    rows = np.array([*sums(first, one.release), *now])
    assert not len(rows) or exposed(rows[:, :, None], first.rules.k) is None
    return len(now) - 1


@settings(ATTACKS)
@given(data=st.data())
def test_two_breakdowns_in_two_rounds_leave_nobody_alone(data: st.DataObject) -> None:
    was, becomes = data.draw(st.permutations(CUT))[:2]
    world = data.draw(worlds(was, Lens.PEOPLE, (5,), Protection.OPEN, most=30, fewest=12))
    role = tuple(data.draw(st.sampled_from((1 + max(o, 0) % 3, 1, 2, 3))) for o in world.organisation)
    attack(replace(world, role=role), becomes)


def chapters(small: tuple[int, int]) -> World:
    """Two chapters of three organisations each: twice five people and one smaller organisation."""
    place = tuple(o for o, n in enumerate((5, 5, small[0], 5, 5, small[1])) for _ in range(n))
    rules = rules_for(Breakdown.ORGANISATIONS, protection=Protection.OPEN)
    answers = tuple((1 + i % 5,) for i in range(len(place)))
    return World(5, place, (1,) * len(place), answers, rules, (0, 0, 0, 1, 1, 1))


def test_a_chapter_minus_its_organisations_leaves_nobody() -> None:
    alone = replace(chapters((2, 3)), rules=rules_for(Breakdown.CHAPTERS, protection=Protection.OPEN))
    assert len([*sums(alone, alone.seal().release)]) == 3
    assert attack(chapters((2, 3)), Breakdown.CHAPTERS) == 0


def test_chapters_are_shown_where_their_organisations_leave_none_or_enough() -> None:
    assert attack(chapters((5, 5)), Breakdown.CHAPTERS) == 2


def test_an_earlier_round_that_showed_no_groups_takes_nothing_away() -> None:
    now = chapters((2, 3))
    few = [i for i in range(now.people) if i % 2]
    picked = {"organisation": now.organisation, "role": now.role, "answers": now.answers}
    old = replace(now, **{key: tuple(of[i] for i in few) for key, of in picked.items()})
    before = Earlier((one := old.seal()).release, one.statistics, old.asked)
    release = replace(now, rules=replace(now.rules, breakdown=Breakdown.CHAPTERS)).seal([before], "r2").release
    assert sum(r.average is not None for r in release.results if r.measure == "q0") == 3
