"""The steps of a retreat: stored and read back unchanged, refused where a room could not follow them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.slides.plan_data import from_data, to_data
from assessment.slides.step_faults import PlanError, checked, plan_faults, step_faults
from assessment.slides.steps import (
    KINDS,
    LONGEST_QUESTION,
    MOST_FINDINGS,
    MOST_OPTIONS,
    Kind,
    Plan,
    Step,
    asked,
    choices,
    label,
    new_step,
    ordered,
    votes,
)

WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40)
OPTIONS = st.lists(WORDS, min_size=2, max_size=6, unique_by=str.casefold).map(tuple)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    kind = draw(st.sampled_from(Kind))
    return new_step(
        kind,
        draw(WORDS),
        title=draw(st.none() | WORDS),
        measure=draw(st.none() | WORDS),
        options=draw(OPTIONS),
        text_id=draw(WORDS),
        minutes=draw(st.none() | st.integers(1, 180)),
        predict=KINDS[kind].guessed and draw(st.booleans()),
        guess=draw(WORDS),
    )


@given(st.lists(steps(), max_size=MOST_FINDINGS).map(tuple))
def test_a_plan_comes_back_from_json_as_it_was(plan: Plan) -> None:
    assert from_data(json.loads(json.dumps(to_data(plan)))) == plan


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_one_entry_and_can_be_a_step_of_its_own(kind: Kind) -> None:
    step = new_step(kind, "What do we do?", text_id="t", options=("Yes", "No"))
    assert checked((step,)) == (step,)
    assert KINDS[kind].name
    assert bool(choices(step)) is votes(step) is (KINDS[kind].offers is not None)


def test_a_poll_offers_its_kinds_words_and_a_choice_the_steps_own() -> None:
    assert choices(new_step(Kind.POLL_FIST, "Shall we?")) == ("0", "1", "2", "3", "4", "5")
    assert choices(new_step(Kind.POLL_TEMPERATURE, "How warm?"))[0] == "Cold"
    assert choices(new_step(Kind.POLL_CHOOSE, "Which?", options=("This", "That"))) == ("This", "That")


def test_a_guess_has_its_own_sentence_and_the_discussion_keeps_its_own() -> None:
    step = new_step(Kind.SPLIT, "What lies behind it?", options=("Low", "High"), guess="What did most of us say?")
    assert not votes(step)
    guessed = replace(step, predict=True)
    assert votes(guessed)
    assert choices(guessed) == ("Low", "High")
    assert asked(guessed) == "What did most of us say?"
    assert asked(new_step(Kind.POLL_FIST, "Shall we?")) == "Shall we?"


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (new_step(Kind.TALK, " "), "question"),
        (new_step(Kind.TALK, "x" * (LONGEST_QUESTION + 1)), "question"),
        (new_step(Kind.TALK, "turned \u202e round"), "question"),
        (new_step(Kind.ANSWERED, title="two\nlines"), "title"),
        (new_step(Kind.QUOTE), "text_id"),
        (new_step(Kind.PAUSE, minutes=0), "minutes"),
        (new_step(Kind.PAUSE, minutes=181), "minutes"),
        (new_step(Kind.POLL_CHOOSE, "Which?", options=("One",)), "options"),
        (new_step(Kind.POLL_CHOOSE, "Which?", options=("Yes", " yes")), "options"),
        (new_step(Kind.POLL_CHOOSE, "Which?", options=("Yes", " ")), "options"),
        (new_step(Kind.POLL_CHOOSE, "Which?", options=tuple("abcdefghi"[: MOST_OPTIONS + 1])), "options"),
        (new_step(Kind.SPLIT, predict=True, options=("Low", "High")), "guess"),
        (new_step(Kind.SPLIT, predict=True, guess="What?"), "options"),
        (new_step(Kind.ALIKE, predict=True, guess="What?", options=("Low", "High")), "predict"),
    ],
)
def test_what_a_room_could_not_follow_is_refused_beside_its_field(step: Step, field: str) -> None:
    assert list(step_faults(step)) == [field]
    with pytest.raises(PlanError, match=r"^Step 1 \("):
        checked((step,))


def test_joiners_that_some_scripts_need_are_kept() -> None:
    assert not step_faults(new_step(Kind.TALK, "چه می\u200cکنیم؟"))


def test_at_most_eight_findings_and_any_number_of_polls_between_them() -> None:
    findings = tuple(new_step(Kind.SPLIT) for _ in range(MOST_FINDINGS))
    between = tuple(new_step(Kind.POLL_FIST, "Shall we?") for _ in range(5))
    assert plan_faults(findings + between) == ()
    assert "at most 8 findings" in plan_faults((*findings, new_step(Kind.CHANGE)))[0]
    assert "at most 30 steps" in plan_faults(between * 7)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "dance"},
        {"id": ""},
        {"id": "x" * 21},
        {"measure": "x" * 81},
        {"minutes": True},
        {"minutes": "5"},
        {"options": "abc"},
        {"options": [1, 2]},
        {"question": None},
        {"predict": 1},
        {"more": 1},
    ],
)
def test_what_was_never_written_is_never_read(change: dict[str, object]) -> None:
    (plain,) = to_data((new_step(Kind.TALK, "What now?"),))["steps"]
    assert from_data({"steps": [plain]})
    with pytest.raises(PlanError, match="Make a new one"):
        from_data({"steps": [plain | change]})


@pytest.mark.parametrize(
    "data", [None, [], "{}", {"steps": {}}, {"steps": [None]}, {"steps": [{}]}, {"steps": [], "more": 1}]
)
def test_what_is_no_plan_at_all_is_refused(data: object) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        from_data(data)


def test_nothing_stored_is_an_empty_plan() -> None:
    assert from_data({}) == () == from_data(to_data(()))


def test_only_what_has_an_order_merges_with_its_neighbour() -> None:
    assert [kind for kind in Kind if not ordered(new_step(kind))] == [Kind.SUCCESS, Kind.POLL_CHOOSE]


def test_the_label_of_a_finding_tells_nothing_of_it() -> None:
    step = new_step(Kind.SPLIT, "What lies behind it?", title="We are split on trust", measure="trust")
    assert label(step) == "Where we are split"
    assert label(new_step(Kind.TALK, "What now?")) == "What now?"


def test_two_steps_of_one_id_are_refused() -> None:
    step = new_step(Kind.TALK, "What now?")
    with pytest.raises(PlanError, match="same id"):
        checked((step, step))
