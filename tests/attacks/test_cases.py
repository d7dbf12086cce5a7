"""Attacks that once succeeded, each kept with what it found; the rules that they changed stand in docs/decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.disclosure.exact import Earlier
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Rules
from tests.attacks import insider
from tests.attacks.test_composites import attack_questions
from tests.attacks.test_insider import attack
from tests.attacks.worlds import World, rules_for

PEOPLE, ORGANISATIONS = Lens.PEOPLE, Lens.ORGANISATIONS


def digits(text: str) -> tuple[int, ...]:
    """Read one digit a person; "-" is somebody counted in the total only."""
    return tuple(-1 if c == "-" else int(c) for c in text)


CASES = {
    "both lenses and columns left a colleague one answer": (
        5, "0011111122222", "5121221522522", Breakdown.NONE, PEOPLE
    ),
    "both lenses left a colleague two answers": (4, "00111122222", "44221242221", Breakdown.NONE, PEOPLE),
    "both lenses at their extreme pinned an organisation": (
        3, "00000000011111122222222", "11111331111211111111121", Breakdown.NONE, PEOPLE
    ),
    "both lenses cut a rounding step short at their extreme": (
        3, "0000000011111222222222", "3333233313133213333323", Breakdown.NONE, PEOPLE
    ),
    "that no second lens was shown beside a coded end told of all": (
        3, "0000000011111112222222", "1111111111111111111112", Breakdown.NONE, PEOPLE
    ),
    "that no second lens was shown pinned an organisation": (
        3, "00000001111112222222", "33333333333313333112", Breakdown.NONE, PEOPLE
    ),
    "a spread told that nearly all said the same": (
        3, "000000011111112222222", "222223222212222222222", Breakdown.ORGANISATIONS, PEOPLE
    ),
    "an organisation's average beside columns": (5, "0011111122222", "5121221522522", Breakdown.ORGANISATIONS, PEOPLE),
    "organisations and the average by organisation": (
        4, "00122222334", "31232342312", Breakdown.ORGANISATIONS, ORGANISATIONS
    ),
    "what the average by organisation left of the rest": (
        3, "00001111111111111122222-", "332311311211312211133331", Breakdown.ORGANISATIONS, ORGANISATIONS
    ),
    "a coded end cut a rounding step short": (4, "001--1122", "144333334", Breakdown.NONE, ORGANISATIONS),
    "an average by organisation told odd from even": (5, "01123", "14253", Breakdown.NONE, ORGANISATIONS),
}  # fmt: skip

COMPOSITES = {
    "a dimension gave its end-coded question away": (5, "55 55 55 51 11"),
    "a dimension told what those who skipped had answered": (3, "11 11 11 11 11 12 30 30 30 03 03"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_attack_that_succeeded_once_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insider, "MOST_WORLDS", 200_000)
    points, organisation, answers, breakdown, lens = CASES[name]
    given = tuple((a,) for a in digits(answers))
    attack(World(points, digits(organisation), (1,) * len(given), given, rules_for(breakdown, lens)))


def test_a_move_of_a_whole_organisation_of_one_is_repeated_however_its_average_was_stored() -> None:
    place = digits("0" * 20 + "12333333" + "4")
    before = World(4, place, (1,) * 29, tuple((a,) for a in digits("2" * 24 + "11111")), rules_for(Breakdown.NONE))
    before = replace(before, rules=replace(before.rules, lens=ORGANISATIONS))
    now = before.with_answers([*before.answers[:-1], (4,)])
    first = before.seal()
    second = now.seal([Earlier(first.release, first.statistics, before.asked)], "r2").release.results[0]
    assert second.repeats == "r1"


@pytest.mark.parametrize("name", COMPOSITES)
def test_a_dimension_that_told_too_much_once_does_not(name: str) -> None:
    points, answers = COMPOSITES[name]
    given = tuple(digits(pair) for pair in answers.split())
    world = World(points, (0,) * len(given), (1,) * len(given), given, Rules())
    attack_questions(replace(world, rules=replace(world.rules, attribution=Attribution.ALLIANCE)))
