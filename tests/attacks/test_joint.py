"""Attack 1 on everything at once: composites that share questions, both lenses, groups (R7, R18)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from assessment.disclosure.rules import Attribution, Breakdown, Protection, Rules
from assessment.disclosure.tally import Tally, attributed
from tests.attacks.joint import JointAttacker, JointWorld, exposed, joint_worlds

ATTACKS = settings.get_profile("attacks")
OPEN = Rules(protection=Protection.OPEN, attribution=Attribution.VISIBLE)


def attacker(world: JointWorld) -> JointAttacker:
    release = world.seal().release
    answers = attributed(world.answered(), release.rules)
    tally = Tally(world.asked, answers, release.rules)
    return JointAttacker(world.asked, answers, tally.member, tuple(u.key for u in tally.units), release)


@settings(ATTACKS)
@given(world=joint_worlds())
def test_all_measures_together_tell_nothing_about_fewer_than_k_people(world: JointWorld) -> None:
    assert attacker(world).finds(world.rules.k) is None


def roles_and_a_skipped_question() -> JointWorld:
    """Seven people of one role answer both questions; of seven in none, three skip the first."""
    place = (*(-1,) * 4, 0, 0, 0, 1, 1, *(-1,) * 3, 3, 4)
    answers = tuple((0 if 9 <= i < 12 else 1 + i % 5, 1 + (i + 1) % 5) for i in range(14))
    rules = Rules(protection=Protection.OPEN, attribution=Attribution.VISIBLE, breakdown=Breakdown.ROLES)
    return JointWorld(5, place, (1,) * 14, answers, rules, (), 1)


def two_parts_that_share_two_questions() -> JointWorld:
    """Twenty answer the first two questions only, two more the fourth as well: both parts differ in those two."""
    given_ = [(1, 1, 1, 1)] * 20 + [(1, 1, 0, 0)] * 20 + [(1, 1, 0, 1)] * 2
    answers = tuple(tuple(a * (1 + (i + q) % 5) for q, a in enumerate(row)) for i, row in enumerate(given_))
    place = tuple(i % 4 for i in range(len(answers)))
    return JointWorld(5, place, (1,) * len(answers), answers, OPEN, (), 1, ((0, 1, 2), (0, 1, 3)))


CASES = (roles_and_a_skipped_question, two_parts_that_share_two_questions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_an_attack_on_several_measures_that_succeeded_once_fails(case: object) -> None:
    assert callable(case)
    world = case()
    assert attacker(world).finds(world.rules.k) is None


def test_the_attacker_finds_two_people_by_two_composites_that_share_questions() -> None:
    first = np.array([[[1, 0]] * 6 + [[1, 0]] * 2])
    second = np.array([[[1, 0]] * 6 + [[0.5, 0.5]] * 2])
    assert exposed(np.concatenate([first, second]), 5) == (6, 7)
    assert exposed(first, 5) is None


def test_parts_are_given_up_for_the_dimension_that_they_would_expose() -> None:
    release = two_parts_that_share_two_questions().seal().release
    found = [release.result(measure) for measure in ("d0", "list/p0", "list/p1")]
    assert [one.from_questions for one in found if one and one.average] == [False, True, True]
