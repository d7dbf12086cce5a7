"""Panels of commitments: what was promised, the verdict beside it, making and settling one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import streamlit as st

from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft, CommitmentView, Promise
from assessment.alliance.values import Person
from assessment.findings.promises import measure_name, verdict_beside
from assessment.findings.results import Results
from assessment.findings.words import counted
from assessment.ui import panels
from assessment.ui.days import day_field
from assessment.ui.entries import (
    day_words,
    fresh,
    organisation_input,
    organisations_of,
    remove_button,
    save,
    typed_day,
)
from assessment.ui.instance import store
from assessment.ui.measures import looked_for, wanted, way
from assessment.ui.text import plain

STATES = {Promise.OPEN: "Open", Promise.KEPT: "Kept", Promise.DROPPED: "Dropped"}
PROPOSED = timedelta(days=90)
MOVES = "What should move (optional)"
UNDER = "What we said we would do about what we heard. Rounds show whether something moved, never why it did."


def finding(there: tuple[CommitmentView, ...]) -> str:
    """Return the title of the screen: how many promises are open, kept and dropped."""
    if not there:
        return "Nothing is promised yet"
    counts = [(sum(one.state is state for one in there), word.lower()) for state, word in STATES.items()]
    (first, word), *rest = [(count, word) for count, word in counts if count]
    lead = f"{counted(first, 'promise')} {'is' if first == 1 else 'are'} {word}"
    return ", ".join([lead, *(f"{count} {word}" for count, word in rest)])


def list_panel(there: tuple[CommitmentView, ...], history: Sequence[Results]) -> None:
    """Show every promise with its owner, its day, and the verdict on what it should move.

    Those about the measure that the address names have a frame.
    """
    marked = _looked_for(there, history)
    for state, word in STATES.items():
        found = [one for one in there if one.state is state]
        if found:
            panels.heading(word)
        for one in found:
            lines = [f"**{plain(one.promise.what)}**", f":gray[{plain(_terms(one))}]"]
            moved = _moved(one, history)
            with st.container(border=one.promise.measure in marked, gap="xsmall"):
                st.markdown("  \n".join([*lines, plain(moved)] if moved else lines))
                if moved and one.promise.measure and history:
                    way(history[-1], one.promise.measure, "answers", "See the answers")


def _looked_for(there: tuple[CommitmentView, ...], history: Sequence[Results]) -> frozenset[str]:
    if not history or not there or _asked_for_new():
        return frozenset()
    return looked_for(history[-1], {one.promise.measure for one in there if one.promise.measure}, "commitments")


def _asked_for_new() -> bool:
    return st.query_params.get("promise") == "new"


def keep_panel(person: Person, there: tuple[CommitmentView, ...], history: Sequence[Results]) -> None:
    """Offer coordinators to promise something, to settle a promise, to change it."""
    with st.expander("Let us do something about this", expanded=not there or _asked_for_new()):
        draft = _form(person, fresh("new commitment"), None, history, wanted())
        if draft is not None:
            new = (store(), person.alliance_id, draft)
            save(lambda: commitments.add(*new, by=person.account_id), "Promised. Members see it on their first page.")
    if there:
        with st.expander("Note how it went, or change a promise"):
            _change(person, {one.id: one for one in there}, history)


def _change(person: Person, by_id: dict[str, CommitmentView], history: Sequence[Results]) -> None:
    key = st.selectbox("Promise", list(by_id), format_func=lambda one: by_id[one].promise.what, key="commitment")
    chosen, which = by_id[key], (store(), person.alliance_id, key)
    with st.container(horizontal=True):
        for state, word in STATES.items():
            if state is not chosen.state and st.button(f"It is {word.lower()}", key=f"{key} {state}"):
                said = f"“{chosen.promise.what}” is {word.lower()}."
                save(partial(commitments.settle, *which, state, by=person.account_id), said)
    draft = _form(person, f"commitment {key}", chosen.promise, history, chosen.promise.measure)
    if draft is not None:
        save(lambda: commitments.change(*which, draft, by=person.account_id), "The promise is saved.")
    remove_button(f"{key} gone", lambda: commitments.remove(*which, by=person.account_id), "The promise is removed.")


def _form(
    person: Person, key: str, known: CommitmentDraft | None, history: Sequence[Results], measure: str | None
) -> CommitmentDraft | None:
    names = organisations_of(person)
    before = next((r for r in history if known and r.release.facts.round_id == known.since), None)
    since = before or (history[-1] if history else None)
    movable = _movable(since) if since else {}
    with st.form(key, border=False):
        what = st.text_input("What we will do", known.what if known else "", commitments.LONGEST, key=f"{key} what")
        left, right = st.columns(2)
        with left:
            owner = known.organisation_id if known else None
            owner = organisation_input("Who sees to it (empty: all of us)", names, owner, f"{key} owner")
        with right:
            typed = day_field("By when", known.due_on if known else _soon(), f"{key} due")
        moves = None
        if movable:
            place = list(movable).index(measure) if measure in movable else None
            moves = st.selectbox(MOVES, list(movable), place, movable.__getitem__, key=f"{key} measure")
        if not st.form_submit_button("Save the promise", type="primary", key=f"{key} submit"):
            return None
    due_on = typed_day(typed, "Write by when.")
    counted_from = since.release.facts.round_id if since and moves else None
    return CommitmentDraft(what, due_on, owner, moves, counted_from) if due_on else None


def _soon() -> date:
    return date.today() + PROPOSED


def _movable(results: Results) -> dict[str, str]:
    """Return what a promise may be about: dimensions, then questions that have an average."""
    dimensions = [r.measure for r in results.dimensions]
    questions = [q.id for q, _ in results.questions if not results.measures[q.id].choice]
    return {measure: results.name(measure) for measure in [*dimensions, *questions]}


def _terms(one: CommitmentView) -> str:
    owner = one.owner or "All of us"
    if one.state is Promise.OPEN:
        late = " (its day is over)" if one.promise.due_on < date.today() else ""
        return f"{owner}, by {day_words(one.promise.due_on)}{late}"
    closed = f", {one.state} on {day_words(one.closed_on)}" if one.closed_on else ""
    return f"{owner}, promised for {day_words(one.promise.due_on)}{closed}"


def _moved(one: CommitmentView, history: Sequence[Results]) -> str:
    promise = one.promise
    if promise.measure is None or promise.since is None:
        return ""
    name = measure_name(history, promise.measure, promise.since)
    beside = verdict_beside(history, promise.measure, promise.since, promise.due_on)
    stop = "" if name and name.endswith("?") else "."
    return f"To move: “{name}”{stop} {beside}" if name else ""
