"""Ballots as rows of bytes: what was put in comes out, in an order that tells nothing of who came when."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from assessment.rounds.ballots import Ballots
from assessment.statistics.answers import NOWHERE, Answers, Roster, RosterEntry

ROSTER = Roster(tuple(RosterEntry(str(i), str(i)) for i in range(300)))
PEOPLE = [(299, False, b"\x05\x00"), (NOWHERE, False, b"\x00\xff"), (2, True, b"\x01\x00"), (2, False, b"\x01\x01")]


def gathered(people: list[tuple[int, bool, bytes]]) -> Answers:
    ballots = Ballots(len(people), 2)
    for one in people:
        ballots.add(*one)
    return ballots.counted(ROSTER)


def test_what_was_put_in_comes_out_by_organisation_choice_and_answers() -> None:
    answers = gathered(PEOPLE)
    found = zip(answers.organisation, answers.only_total, map(bytes, answers.codes), strict=True)
    assert [(int(where), bool(only), given) for where, only, given in found] == sorted(PEOPLE)


def test_no_order_of_arrival_changes_anything() -> None:
    first = gathered(PEOPLE)
    for order in permutations(PEOPLE):
        again = gathered(list(order))
        np.testing.assert_array_equal(again.codes, first.codes)
        np.testing.assert_array_equal(again.organisation, first.organisation)
        np.testing.assert_array_equal(again.only_total, first.only_total)


def test_nobody_is_a_round_too() -> None:
    assert gathered([]).people == 0


def test_a_ballot_of_another_length_and_a_missing_ballot_are_refused() -> None:
    ballots = Ballots(2, 2)
    with pytest.raises(ValueError, match="3 answers to 2 coded questions"):
        ballots.add(0, False, b"\x01\x01\x01")
    ballots.add(0, False, b"\x01\x01")
    with pytest.raises(ValueError, match="1 ballots were read where 2 were counted"):
        ballots.counted(ROSTER)
