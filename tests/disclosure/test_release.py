"""A whole release: what the header tells, what each level shows, and what each promise withholds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assessment.disclosure.people import heard, progress, texts_shown
from assessment.disclosure.release import Header, SealedRound, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Protection, Rules
from assessment.disclosure.tally import attributed
from assessment.disclosure.values import GroupKind, Withheld
from assessment.questionnaire.loading import load_questionnaire
from assessment.statistics.answers import Answers, Roster, RosterEntry
from tests.attacks.worlds import World, rules_for

CORE = Path(__file__).parents[2] / "data" / "instruments" / "core"


def sealed(people: int, organisations: int, rules: Rules, texts: dict[str, int | None] | None = None) -> SealedRound:
    """Seal a made-up round of the core questionnaire in which everybody answers everything."""
    codes = made_up(people)
    member = np.arange(people) % organisations
    roster = Roster(tuple(RosterEntry(f"o{i}", f"O{i}", f"c{i % 3}", people) for i in range(organisations)))
    answers = Answers(codes, member, np.zeros(people, bool), roster)
    header = Header("r", "Round", date(2026, 5, 1), "deep", texts or {})
    return release_round(load_questionnaire(CORE), answers, rules, header)


def made_up(people: int) -> NDArray[np.uint8]:
    """Return answers of people of whom some see everything brighter than others, one column a question."""
    asked, chance = load_questionnaire(CORE), np.random.default_rng(5)
    codes = np.zeros((people, len(asked.coded)), np.uint8)
    lean = chance.normal(0, 0.6, people)
    for i, question in enumerate(asked.coded):
        raw = np.rint((question.options + 1) / 2 + lean + chance.normal(0, 1, people))
        codes[:, i] = np.clip(raw, 1, question.options)
    return codes


def shares(made: SealedRound) -> tuple[float, float]:
    """Which part of the alliance's averages has a band, which part of its questions has columns."""
    whole = [r for r in made.release.results if r.group == "alliance"]
    averaged = [r for r in whole if r.average or r.why]
    counted = [r for r in whole if r.columns or r.why_columns]
    banded = [r for r in averaged if r.average and r.average.band90]
    return len(banded) / len(averaged), sum(r.columns is not None for r in counted) / len(counted)


@pytest.mark.parametrize(("protection", "columns"), [(Protection.GUARDED, 0.0), (Protection.OPEN, 0.3)])
def test_nine_people_in_six_organisations_get_averages_and_at_the_open_level_columns(
    protection: Protection, columns: float
) -> None:
    banded, counted = shares(sealed(9, 6, rules_for(Breakdown.NONE, protection=protection)))
    assert banded > 0.9
    assert counted > columns


def test_a_large_alliance_gets_both_lenses_and_all_columns() -> None:
    made = sealed(142, 16, rules_for(Breakdown.NONE))
    whole = [r for r in made.release.results if r.why is None and r.measure not in {"form.now", "form.wished"}]
    assert shares(made)[1] > 0.95
    lensed = [r for r in whole if r.average and r.other_lens]
    assert len(lensed) > 0.9 * sum(r.average is not None for r in whole)


def test_the_header_tells_how_many_answered_and_wrote() -> None:
    facts = sealed(
        40, 8, rules_for(Breakdown.NONE), {"words.keep": 5, "words.change": 4, "words.unsaid": None}
    ).release.facts
    assert (facts.answered, facts.invited, facts.organisations_heard, facts.organisations_invited) == (40, 320, 8, 8)
    assert facts.texts == {"words.keep": 5, "words.change": None, "words.unsaid": None}
    assert facts.voice_balance == 0.0
    assert facts.speaks_for_all is False
    assert facts.phase == "deep"


def test_a_round_that_stores_no_organisation_tells_nothing_of_them() -> None:
    silent = replace(rules_for(Breakdown.ORGANISATIONS), attribution=Attribution.ALLIANCE)
    known = World(5, (0, 1, 2), (1,) * 3, ((1,),) * 3, silent).answered()
    assert attributed(known, silent).organisation.tolist() == [-1, -1, -1]
    made = sealed(60, 8, silent).release
    assert [group.kind for group in made.groups] == [GroupKind.ALLIANCE]
    assert made.facts.organisations_heard is None
    assert made.facts.voice_balance is None
    assert {r.why_other_lens for r in made.results if r.average} == {Withheld.NOT_STORED}


@pytest.mark.parametrize("breakdown", [Breakdown.ORGANISATIONS, Breakdown.ROLES, Breakdown.CHAPTERS])
def test_one_breakdown_is_shown_and_no_other(breakdown: Breakdown) -> None:
    made = sealed(180, 9, rules_for(breakdown)).release
    kinds = {group.kind.value for group in made.groups} - {"alliance"}
    assert kinds == {breakdown.value.removesuffix("s")}
    assert any(r.average for r in made.results if r.group != "alliance")


@pytest.mark.parametrize(("people", "shown"), [(29, False), (30, True), (31, True)])
def test_alpha_takes_thirty_complete_answers(people: int, shown: bool) -> None:
    found = sealed(people, 6, rules_for(Breakdown.NONE)).release.reliability
    assert found
    assert all((r.alpha is not None) is shown and (r.why is None) is shown for r in found)


def test_alpha_of_questions_that_cancel_each_other_can_be_stored() -> None:
    asked = load_questionnaire(CORE)
    trust = [q for q in asked.coded if q.dimension == "trust" and q.scale]
    codes, one = made_up(40), np.resize([1, 2, 4, 5], 40).astype(np.uint8)
    for place, question in enumerate(trust):
        against = (6 - one) if (place % 2 == 1) is not question.reverse else one
        codes[:, asked.position[question.id]] = 1 + np.arange(40) % 5 if place == len(trust) // 2 * 2 else against
    nobody = Answers(codes, np.full(40, -1), np.zeros(40, bool), Roster(()))
    made = release_round(asked, nobody, Rules(), Header("r", "Round", date(2026, 5, 1), "deep", {}))
    (found,) = (r for r in made.release.reliability if r.dimension == "trust")
    assert (found.alpha, found.why) == (-1.0, None)


@pytest.mark.parametrize(("answered", "wrote", "shown"), [(9, 5, False), (10, 4, False), (10, 5, True), (11, 6, True)])
def test_texts_take_ten_people_and_five_writers(answered: int, wrote: int, shown: bool) -> None:
    assert texts_shown(answered, wrote, 10) is shown


@pytest.mark.parametrize(("sent", "told", "enough"), [(4, 0, False), (5, 5, True), (6, 5, True), (19, 15, True)])
def test_an_open_round_tells_steps_of_five(sent: int, told: int, enough: bool) -> None:
    assert progress(sent) == told
    assert heard(sent) is enough


def test_groups_go_where_one_of_them_is_alike_to_the_end() -> None:
    answers = [(1 + i % 5,) for i in range(50)] + [(5,)] * 10
    place = tuple([i % 4 for i in range(50)] + [4] * 10)
    world = World(5, place, (1,) * 60, tuple(answers), rules_for(Breakdown.ORGANISATIONS))
    results = [r for r in world.seal().release.results if r.measure == "q0"]
    assert results[0].average is not None
    assert {r.why for r in results[1:]} == {Withheld.PROTECTED}
    spread = world.with_answers([*answers[:50], *((1 + i % 5,) for i in range(10))])
    assert all(r.average for r in spread.seal().release.results if r.measure == "q0")
