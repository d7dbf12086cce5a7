"""Add a step to a retreat: a finding that was left out, a poll, a question, a quote, a pause, an empty screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from assessment.alliance.values import Person
from assessment.retreat import plans
from assessment.retreat.proposal import propose
from assessment.retreat.values import RetreatView
from assessment.slides.proposal import proposed
from assessment.slides.steps import KINDS, LONGEST_MINUTES, LONGEST_QUESTION, Kind, Plan, Step, new_step
from assessment.ui import panels
from assessment.ui.entries import fresh, save
from assessment.ui.instance import store
from assessment.ui.room_plan import OPTIONS

FIRST = "Before everything"
NO_QUOTE = "No text is chosen for the retreat. Choose some on Words, where they are redacted first."
PAUSE = 15


def add_panel(person: Person, seen: RetreatView, words: Mapping[str, str]) -> None:
    """Offer every kind of step; `words` are the texts chosen for the retreat, by id."""
    key = fresh(f"add {seen.id}")
    with st.expander("Add a step"):
        kinds = _offered(seen)
        kind = st.selectbox("What", kinds, None, lambda one: KINDS[one].name, key=f"{key} kind")
        if kind is None:
            return
        if kind is Kind.QUOTE and not words:
            panels.soft(NO_QUOTE)
            return
        typed = _typed(kind, words, key)
        names = {"": FIRST} | {one.id: f"After {place}. {one.sort.name}" for place, one in enumerate(seen.steps, 1)}
        after = st.selectbox("Where", list(names), len(names) - 1, names.__getitem__, key=f"{key} place")
        if st.button("Add it", type="primary", key=f"{key} done"):
            save(partial(_add, person, seen.id, kind, typed, after), f"{KINDS[kind].name}: added.")


def _add(person: Person, retreat_id: str, kind: Kind, typed: Mapping[str, Any], after: str) -> None:
    """Add a step to the plan as it stands now: somebody else may have changed it meanwhile."""
    there = plans.read(store(), retreat_id, person)
    step = made(kind, typed, there.round_id)
    plans.change(store(), retreat_id, person, there.name, with_step(there.steps, step, after))


def made(kind: Kind, typed: Mapping[str, Any], round_id: str) -> Step:
    """Return a step of what was typed; a finding as it is proposed, else with its usual question."""
    if KINDS[kind].finding:
        usual = (step for step in propose(store(), round_id) if step.kind is kind)
        return next(usual, proposed(kind))
    return new_step(kind, **typed)


def with_step(plan: Plan, step: Step, after: str) -> Plan:
    """Return a plan with one step more: after the step of that id, first where there is none of it.

    >>> a, b = Step("a", Kind.BLANK), Step("b", Kind.BLANK)
    >>> with_step((a,), b, "a") == (a, b), with_step((a,), b, "") == (b, a)
    (True, True)
    """
    place = next((place for place, one in enumerate(plan, 1) if one.id == after), 0)
    return (*plan[:place], step, *plan[place:])


def _offered(seen: RetreatView) -> list[Kind]:
    """Return the kinds that can be added: findings only of a sealed round, answering together only of an open one."""
    sealed = seen.round_sealed
    return [
        kind
        for kind, sort in KINDS.items()
        if not (sort.finding and not sealed and kind is not Kind.COMMITMENTS)
        and not (kind is Kind.ANSWER_HERE and sealed)
    ]


def _typed(kind: Kind, words: Mapping[str, str], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if KINDS[kind].asks or kind is Kind.QUOTE:
        found["question"] = st.text_input("The question", max_chars=LONGEST_QUESTION, key=f"{key} question").strip()
    if KINDS[kind].offers == ():
        lines = st.text_area(OPTIONS, key=f"{key} options").splitlines()
        found["options"] = tuple(filter(None, map(str.strip, lines)))
    if kind is Kind.QUOTE:
        found["text_id"] = st.selectbox("The text", list(words), None, words.__getitem__, key=f"{key} text")
    if kind in {Kind.PAUSE, Kind.TALK}:
        proposal = PAUSE if kind is Kind.PAUSE else None
        found["minutes"] = st.number_input("Minutes", 1, LONGEST_MINUTES, proposal, key=f"{key} minutes")
    return found
