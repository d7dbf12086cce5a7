"""The gap of a reading's two axes: of shown averages only, with a paired interval (statistics 1.9, R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assessment.disclosure.codec import read_release
from assessment.disclosure.release import Earlier, Header, SealedRound, release_round
from assessment.disclosure.rules import Attribution, Lens, Rules
from assessment.disclosure.values import Gap
from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Scale, Section
from assessment.statistics.answers import Answers, Roster, RosterEntry
from assessment.statistics.success import paired_gap

AXIS = {"wins": "change", "climate": "change", "ties": "power", "leaders": "power"}
ROWS = np.array([[4, 3, 3, 2], [5, 4, 3, 3], [4, 4, 2, 2], [3, 3, 4, 3], [4, 2, 3, 3]], np.uint8)
RULES = Rules(attribution=Attribution.VISIBLE)


def asks(points: int = 5) -> Questionnaire:
    """Four cells of one rating each, read as a square."""
    scale = Scale("degree", points, best="high")
    rated = tuple(Question(f"{cell}.q", "rating", "all", cell, scale) for cell in AXIS)
    parts = tuple(Part(cell, cell, axis=axis, dimension=cell) for cell, axis in AXIS.items())
    reading = Reading("square", "Square", "", "two_by_two", parts)
    return Questionnaire("square", 1, 1, 1, (Section("all", rated),), {}, (reading,))


def seal(rows: np.ndarray, rules: Rules = RULES, earlier: tuple[Earlier, ...] = (), name: str = "r1") -> SealedRound:
    place = np.arange(len(rows)) % 3
    people = np.bincount(place, minlength=3)
    roster = Roster(tuple(RosterEntry(f"o{i}", f"O{i}", None, int(n) + 1) for i, n in enumerate(people)))
    answers = Answers(rows.astype(np.uint8), place, np.zeros(len(rows), bool), roster)
    return release_round(asks(), answers, rules, Header(name, name, date(2026, 1, 1)), earlier)


def gap(rows: np.ndarray, rules: Rules = RULES) -> Gap:
    (found,) = seal(rows, rules).release.gaps
    return found


def of(rows: np.ndarray) -> tuple[float, float]:
    """Both axes' exact averages."""
    return float(rows[:, :2].mean()), float(rows[:, 2:].mean())


@pytest.mark.parametrize("people", [15, 60])
def test_the_gap_is_the_difference_of_what_is_shown(people: int) -> None:
    release = seal(np.tile(ROWS, (people // 5, 1))).release
    first, second = (release.result(f"square/{axis}") for axis in ("change", "power"))
    assert first and second and first.average and second.average  # noqa: PT018
    (found,) = release.gaps
    assert (found.reading, found.first, found.second) == ("square", "square/change", "square/power")
    assert found.value == round(first.average.value - second.average.value, 1) == 0.8


def test_few_people_get_a_fixed_spread_and_fifty_their_own() -> None:
    rows = np.tile(ROWS, (10, 1))
    assert (gap(rows[:49]).spread, gap(rows).spread) == (0.8, 0.9)


def test_the_interval_is_the_paired_one_of_fifty_people() -> None:
    rows = np.tile(ROWS, (10, 1))
    change, power = rows[:, :2].mean(axis=1), rows[:, 2:].mean(axis=1)
    exact = paired_gap(change, power, 53, 5)
    assert gap(rows).band90 == pytest.approx((exact.low, exact.high), abs=0.02)
    assert gap(rows).band90[0] > 0


def test_a_gap_that_everybody_shares_reads_no_narrower_than_neighbours_would() -> None:
    alike = np.tile(np.array([[4, 4, 3, 3]]), (55, 1))
    assert gap(alike).spread == pytest.approx(0.88, abs=0.011)


def test_gaps_that_all_stand_at_the_ends_read_the_largest_spread() -> None:
    ends = np.array([[5, 5, 1, 1], [1, 1, 5, 5]] * 30)
    assert gap(ends).spread == 4.0


def test_no_gap_beside_a_coded_end_or_of_too_few_who_have_both() -> None:
    rows = np.tile(ROWS, (4, 1))
    rows[:, :2] = 5
    assert seal(rows).release.gaps == ()
    apart = np.tile(ROWS, (8, 1))
    apart[:20, :2], apart[20:, 2:] = 0, 0
    assert seal(apart).release.gaps == ()


def test_who_skips_a_question_changes_the_gap_no_more_than_the_shown_averages() -> None:
    rows = np.tile(ROWS, (12, 1))
    rows[0, 0] = 0
    found = seal(rows).release
    assert found.gaps[0].spread == 0.8
    assert all(r.from_questions for r in found.results if r.measure == "square/change")


def test_one_persons_move_repeats_the_spread_too() -> None:
    rows = np.vstack([np.tile(ROWS, (10, 1)), ROWS[:, [2, 3, 0, 1]]])
    first = seal(rows)
    moved = rows.copy()
    moved[0] = (1, 1, 5, 5)
    second = seal(moved, earlier=(Earlier(first.release, first.statistics, asks()),), name="r2")
    assert second.release.gaps[0] == first.release.gaps[0]
    assert seal(moved).release.gaps[0] != first.release.gaps[0]


def test_an_organisation_one_voice_has_as_many_voices_as_organisations() -> None:
    rows = np.tile(ROWS, (12, 1))
    by_organisation = gap(rows, replace(RULES, lens=Lens.ORGANISATIONS))
    assert by_organisation.spread == 0.8
    assert by_organisation.band90[0] < gap(rows).band90[0]


def test_a_release_sealed_before_gaps_were_published_has_none() -> None:
    plain = dict(seal(np.tile(ROWS, (4, 1))).plain)
    del plain["gaps"]
    assert read_release(plain).gaps == ()
