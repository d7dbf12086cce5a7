"""R11: what may be said about change, and what earlier rounds must be like to be compared with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.disclosure.changes import Compared, Side, judged, too_close, within_one_move
from assessment.disclosure.exact import Earlier
from assessment.disclosure.release import Header, SealedRound, release_round
from assessment.disclosure.rules import Breakdown, Protection
from assessment.disclosure.values import Average, Column, Verdict
from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire, Texts
from tests.attacks.worlds import World, rules_for


def world(answers: list[int], protection: Protection = Protection.GUARDED) -> World:
    n = len(answers)
    chosen = rules_for(Breakdown.NONE, protection=protection)
    return World(5, tuple(i % 4 for i in range(n)), (1,) * n, tuple((a,) for a in answers), chosen)


def earlier(made: World, sealed: SealedRound, asked: Questionnaire | None = None) -> Earlier:
    return Earlier(sealed.release, sealed.statistics, asked or made.asked)


def compared(before: World, now: World, asked: Questionnaire | None = None) -> Verdict:
    sealed = now.seal([earlier(before, before.seal(), asked)], "r2")
    found = sealed.release.result("q0")
    assert found is not None
    return found.changes[0].verdict


@pytest.mark.parametrize(("total", "within"), [(30, True), (31, True), (32, False)])
def test_one_move_is_the_whole_scale_over_the_smaller_round(total: int, within: bool) -> None:
    assert within_one_move(Fraction(total, 9), 9, Fraction(27, 9), 9, 5) is within


def test_a_clear_rise_is_said_with_both_numbers() -> None:
    low, high = world([2, 3, 2, 3] * 10), world([4, 3, 4, 4] * 10)
    sealed = high.seal([earlier(low, low.seal())], "r2")
    change = sealed.release.results[0].changes[0]
    assert change.verdict is Verdict.UP
    assert change.before == 2.5
    assert change.noticeable is not None
    assert 0.1 < change.noticeable < 0.6


def test_where_few_were_heard_there_is_no_verdict() -> None:
    def unheard(made: World) -> World:
        # five of twelve organisations
        return replace(made, organisation=(*made.organisation[:-1], 11))

    assert compared(unheard(world([2] * 20 + [3] * 20)), world([4] * 20 + [3] * 20)) is Verdict.UNHEARD


def test_too_few_in_one_round_is_said() -> None:
    few = replace(world([1, 3, 3, 5, 3, 3, 3, 3]), answers=((1,), (3,), (3,), (3,), (0,), (0,), (0,), (0,)))
    assert compared(few, world([3] * 8)) is Verdict.TOO_FEW


def worded(made: World, version: int, points: int = 5) -> Questionnaire:
    texts = Texts("en", "ltr", "reviewed", "t", "-", {}, {}, {}, {"q0": "?"}, {}, {"q0": version})
    return replace(replace(made, points=points).asked, texts={"en": texts})


@pytest.mark.parametrize(
    ("version", "points", "verdict"),
    [(1, 5, Verdict.UP), (2, 5, Verdict.NOT_COMPARABLE), (1, 6, Verdict.NOT_COMPARABLE)],
)
def test_a_reworded_question_or_another_scale_breaks_the_line(version: int, points: int, verdict: Verdict) -> None:
    low, high = world([2, 3, 2, 3] * 10), world([4, 3, 4, 4] * 10)
    now = worded(high, 1)
    before = Earlier(low.seal().release, low.seal().statistics, worded(low, version, points))
    facts = high.seal().release.facts
    sealed = release_round(now, high.answered(), high.rules, Header("r2", "r2", facts.sealed_on), [before])
    assert sealed.release.results[0].changes[0].verdict is verdict


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(("total", "verdict"), [(33, Verdict.NONE), (34, Verdict.NONE), (35, Verdict.UP)])
def test_one_persons_move_is_no_change_however_sure_it_looks(total: int, verdict: Verdict) -> None:
    sure = Average(3.0, 0.1, "exact", 0.1, None, None)
    before, now = (Side(Fraction(t, 10), 10, sure, 1000, None, False) for t in (30, total))
    one = Compared(Measure("q", "question", ("q",), 5, "high"), now, before, None)
    assert [change.verdict for change in judged("r1", [one])] == [verdict]


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("counts", "close"), [((3, 3, 7), True), ((3, 3, 8), False), ((7, 3, 3), True), ((3, 6, 4), True)]
)
def test_columns_that_fewer_than_five_people_could_have_moved_are_close(counts: tuple[int, ...], close: bool) -> None:
    before = [Column((code,), 3) for code in (1, 2, 3)]
    assert too_close(counts, before, 5) is close


def test_below_one_move_the_earlier_average_is_shown_again() -> None:
    first, second = world([1, 2, 3, 3, 3, 4, 4, 5, 5]), world([2, 2, 3, 3, 4, 4, 4, 5, 5])
    again = second.seal([earlier(first, first.seal())], "r2").release.results[0]
    assert again.repeats == "r1"
    assert again.average is not None
    assert again.average.value == 3.4
    alone = second.seal(name="r2").release.results[0].average
    assert alone is not None
    assert alone.value == 3.6


def test_the_open_level_repeats_nothing() -> None:
    first = world([1, 2, 3, 3, 3, 4, 4, 5, 5], Protection.OPEN)
    second = world([2, 2, 3, 3, 4, 4, 4, 5, 5], Protection.OPEN)
    assert second.seal([earlier(first, first.seal())], "r2").release.results[0].repeats is None


def test_beside_a_coded_end_change_is_told_in_words_only() -> None:
    low, high = world([1] * 18 + [2] * 2), world([4] * 10 + [3] * 10)
    change = high.seal([earlier(low, low.seal())], "r2").release.results[0].changes[0]
    assert change.verdict is Verdict.UP
    assert (change.before, change.noticeable) == (None, None)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([5] * 10, [5] * 60),
        ([5] * 10, [5] * 57 + [4] * 3),
        ([5] * 23 + [4] * 7, [5] * 6),
        ([1] * 23 + [2] * 7, [1] * 6),
        ([1] * 60, [1] * 10),
    ],
)
def test_that_a_coded_end_begins_elsewhere_among_more_people_is_no_change(before: list[int], now: list[int]) -> None:
    assert compared(world(before), world(now)) is Verdict.NONE


def test_a_rise_from_a_coded_end_to_another_is_told_in_rounds_of_any_size() -> None:
    assert compared(world([1] * 12), world([5] * 60)) is Verdict.UP
    assert compared(world([5] * 60), world([1] * 12)) is Verdict.DOWN
