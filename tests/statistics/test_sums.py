"""Exact sums and counts of a whole round, the same in any order of the ballots."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.questionnaire.measures import Measure
from assessment.statistics import sums as module
from assessment.statistics.answers import Answers, Roster, RosterEntry
from assessment.statistics.groups import by_chapter, by_choice, by_organisation, everyone
from assessment.statistics.scoring import Scores, score
from assessment.statistics.sums import RoundStatistics, counts, round_statistics, sums
from tests.statistics.worlds import codes, points, questionnaire, roster, round_of, seeds


def everything(form, answers: Answers) -> tuple[RoundStatistics, ...]:  # type: ignore[no-untyped-def]
    """Compute all four groupings."""
    groupings = [everyone(answers), by_organisation(answers), by_chapter(answers), by_choice(answers, form, "role")]
    return round_statistics(form, answers, score(form, answers.codes), groupings)


def as_bytes(found: tuple[RoundStatistics, ...]) -> bytes:
    """Return every digit of the statistics."""
    arrays = [
        a for s in found for a in (s.sums.people, s.sums.total, s.sums.squares, s.sums.mean, s.sums.sd, s.counts.counts)
    ]
    return b"".join(np.ascontiguousarray(a).tobytes() for a in arrays)


@given(points, seeds, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_any_order_of_the_ballots_gives_the_same_bytes(scale: int, seed: int, random) -> None:  # type: ignore[no-untyped-def]
    form = questionnaire(scale)
    answers = round_of(form, 40, 5, seed)
    order = list(range(40))
    random.shuffle(order)
    shuffled = Answers(answers.codes[order], answers.organisation[order], answers.only_total[order], answers.roster)
    assert as_bytes(everything(form, answers)) == as_bytes(everything(form, shuffled))


@given(points, seeds)
@settings(max_examples=30)
def test_sums_agree_with_the_scores_of_each_group(scale: int, seed: int) -> None:
    form = questionnaire(scale)
    answers = round_of(form, 30, 4, seed)
    values = score(form, answers.codes).values
    found = everything(form, answers)[1].sums
    for i in range(4):
        group = values[(answers.organisation == i) & ~answers.only_total]
        assert found.people[i].tolist() == (~np.isnan(group)).sum(axis=0).tolist()
        for column in range(values.shape[1]):
            valid = group[~np.isnan(group[:, column]), column]
            np.testing.assert_allclose(found.mean[i, column], valid.mean() if len(valid) else np.nan)
            np.testing.assert_allclose(found.sd[i, column], valid.std(ddof=1) if len(valid) > 1 else np.nan, atol=1e-7)


@given(seeds)
@settings(max_examples=30)
def test_chunks_of_people_add_up(seed: int) -> None:
    form = questionnaire()
    answers = round_of(form, 25, 3, seed)
    whole = sums(score(form, answers.codes), by_organisation(answers))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK", 7)
        pieces = sums(score(form, answers.codes), by_organisation(answers))
    assert whole.squares.tolist() == pieces.squares.tolist()


def test_equal_scores_have_no_spread_at_all() -> None:
    form = questionnaire(sizes=(3,))
    same = np.array([[3, 4, 0, 0, 0]] * 1001 + [[4, 3, 0, 0, 0]] * 1000, np.uint8)
    answers = Answers(same, np.zeros(2001, int), np.zeros(2001, bool), roster(1))
    assert sums(score(form, same), everyone(answers)).of("alliance", "d0").sd == 0


def test_who_wants_to_be_in_the_total_only_stands_in_no_group() -> None:
    form = questionnaire(sizes=(1,))
    drawn = np.array([[5, 0, 1], [1, 0, 1]], np.uint8)
    answers = Answers(drawn, np.array([0, 0]), np.array([True, False]), roster(1))
    alliance, organisations, chapters, roles = everything(form, answers)
    assert alliance.sums.of("alliance", "d0").n == 2
    assert [s.sums.people[0, 0] for s in (organisations, chapters, roles)] == [1, 1, 1]


def test_an_organisation_without_a_chapter_is_in_none() -> None:
    entries = RosterEntry("a", "A", "North", 3), RosterEntry("b", "B", None, 4), RosterEntry("c", "C", "North")
    invited = Roster(entries)
    answers = Answers(np.ones((4, 1), np.uint8), np.array([0, 1, 2, -1]), np.zeros(4, bool), invited)
    grouping = by_chapter(answers)
    assert (grouping.keys, grouping.member.tolist(), grouping.invited) == (("North",), [0, -1, 0, -1], (None,))


def test_a_group_is_set_against_everybody_else() -> None:
    form = questionnaire()
    answers = round_of(form, 60, 4, 3)
    scores = score(form, answers.codes)
    whole, parts = sums(scores, everyone(answers)), sums(scores, by_organisation(answers))
    others = scores.values[(answers.member != 2)]
    np.testing.assert_allclose(parts.rest(whole).mean[2], np.nanmean(others, axis=0))
    np.testing.assert_allclose(parts.rest(whole).sd[2], np.nanstd(others, axis=0, ddof=1))
    assert parts.rest(whole).invited == (180,) * 4


def test_counts_turn_reversed_questions_round_and_keep_gaps_apart() -> None:
    form = questionnaire(points=4, sizes=(1,), reverse=True)
    drawn = np.array([[1, 1, 1], [1, 4, 2], [3, 0, 0], [255, 255, 0], [0, 2, 3]], np.uint8)
    answers = Answers(drawn, np.full(5, -1), np.zeros(5, bool), Roster())
    found = counts(form, drawn, everyone(answers))
    assert found.of("alliance", "d0.0").tolist() == [0, 1, 0, 2]
    assert found.of("alliance", "balance").tolist() == [1, 1, 0, 1]
    assert (found.dont_know[0, 0], found.skipped[0, 0], found.dont_know_share[0, 0]) == (1, 1, 0.25)


@given(points, seeds)
@settings(max_examples=30)
def test_counts_and_sums_tell_the_same(scale: int, seed: int) -> None:
    form = questionnaire(scale, reverse=True)
    answers = round_of(form, 30, 3, seed)
    for found in everything(form, answers):
        codes_of_points = np.arange(1, found.counts.counts.shape[2] + 1)
        asked = [found.sums.position[q.id] for q in form.coded]
        assert (found.counts.counts @ codes_of_points).tolist() == found.sums.total[:, asked].tolist()
        assert (found.counts.counts @ codes_of_points**2).tolist() == found.sums.squares[:, asked].tolist()


def test_nobody_answered_gives_gaps_not_zeros() -> None:
    form = questionnaire()
    answers = Answers(codes(form, 0, 1), np.zeros(0, int), np.zeros(0, bool), roster(2))
    for found in everything(form, answers):
        assert found.sums.people.sum() == 0
        assert np.isnan(found.sums.mean).all()
        assert np.isnan(found.sums.sd).all()
        assert np.isnan(found.counts.dont_know_share).all()


def test_sums_that_would_not_fit_are_refused_rather_than_wrong() -> None:
    huge = Scores((Measure("m", "axis", (), 11, "high"),), (10**8,), np.ones((5, 1), np.int64))
    answers = Answers(np.zeros((5, 1), np.uint8), np.full(5, -1), np.zeros(5, bool), Roster())
    with pytest.raises(ValueError, match="too finely"):
        sums(huge, everyone(answers))


def test_an_organisation_that_is_not_on_the_roster_is_refused() -> None:
    with pytest.raises(ValueError, match="roster"):
        Answers(np.zeros((1, 1), np.uint8), np.array([2]), np.zeros(1, bool), roster(2))
