"""The proposed sequence: what the findings have to say, and nothing where they have nothing to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessment.disclosure.values import Withheld
from assessment.findings.results import Results
from assessment.slides.drawing import slides
from assessment.slides.material import Material
from assessment.slides.proposal import propose
from assessment.slides.step_faults import checked
from assessment.slides.steps import MOST_FINDINGS, MOST_WORDS, Kind, count_words
from tests.published import result, told, whole_round
from tests.slides.worlds import alike, hidden, long_names, mirrored, split


def kinds(results: Results) -> list[Kind]:
    return [step.kind for step in propose((results,))]


@pytest.mark.parametrize("world", [split, alike, hidden, long_names, mirrored])
def test_a_proposal_can_be_stored_and_every_step_of_it_has_something_to_show(world: Callable[[], Results]) -> None:
    results = world()
    plan = checked(propose((results,)))
    assert 2 <= sum(step.sort.finding for step in plan) <= MOST_FINDINGS
    for step in plan:
        assert step.question, step.kind
        assert slides(step, Material((results,)))[0].title != "This cannot be shown", step.kind


def test_a_split_round_is_told_in_the_designs_order() -> None:
    assert kinds(split()) == [
        Kind.ANSWERED,
        Kind.OVERVIEW,
        Kind.SPLIT,
        Kind.BALANCE,
        Kind.SUCCESS,
        Kind.CHANGE,
        Kind.COMMITMENTS,
    ]


def test_what_we_see_alike_comes_before_what_changed_and_nothing_is_split() -> None:
    assert kinds(alike())[:3] == [Kind.ANSWERED, Kind.OVERVIEW, Kind.ALIKE]
    assert Kind.SPLIT not in kinds(alike())


def test_a_first_round_has_no_change() -> None:
    first = whole_round({})
    assert Kind.CHANGE not in kinds(told(*first.release.results, earlier={}))


def test_a_round_of_which_nothing_is_shown_leaves_who_answered_and_what_we_promise() -> None:
    assert kinds(hidden()) == [Kind.ANSWERED, Kind.COMMITMENTS]


def test_where_too_few_were_heard_nothing_is_said_of_the_alliance() -> None:
    few = told(*split().release.results, speaks_for_all=False)
    assert kinds(few) == [Kind.ANSWERED, Kind.OVERVIEW, Kind.COMMITMENTS]
    titles = [slides(step, Material((few,)))[0].title for step in propose((few,))]
    assert titles[:2] == ["The views of those who answered", "How do we see ourselves?"]


def test_before_a_round_is_sealed_the_room_answers_and_promises() -> None:
    assert [step.kind for step in propose(())] == [Kind.ANSWER_HERE, Kind.COMMITMENTS]


def test_what_can_be_guessed_is_prepared_but_not_asked_until_somebody_wants_it() -> None:
    plan = propose((split(),))
    prepared = {step.kind for step in plan if step.guess}
    assert {Kind.OVERVIEW, Kind.SPLIT, Kind.BALANCE, Kind.CHANGE} <= prepared
    assert not any(step.predict for step in plan)
    assert all(len(step.options) >= 2 for step in plan if step.guess)


def test_questions_leave_room_for_a_title() -> None:
    for world in (split, alike):
        assert all(count_words(step.question) <= MOST_WORDS - 8 for step in propose((world(),)))


def test_a_dimension_that_is_not_shown_is_never_guessed() -> None:
    shown = {r.measure: r for r in split().release.results}
    hidden_one = result("power", None, why=Withheld.PROTECTED)
    plan = propose((told(*{**shown, "power": hidden_one}.values()),))
    assert all(step.measure != "power" for step in plan)
