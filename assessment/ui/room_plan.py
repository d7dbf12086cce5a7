"""The steps of a retreat, one below the other: moved, dropped, changed; every change is kept as it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from assessment.alliance.values import FieldFaults, Person
from assessment.errors import TendError
from assessment.findings.results import Results
from assessment.retreat import plans
from assessment.retreat.look_page import LOOK
from assessment.retreat.values import RetreatView
from assessment.slides.proposal import expected
from assessment.slides.steps import (
    LONGEST_MINUTES,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_FINDINGS,
    Kind,
    Plan,
    Step,
    choices,
)
from assessment.ui import panels
from assessment.ui.instance import store
from assessment.ui.text import plain

HOW = f"At most {MOST_FINDINGS} findings, each with one question. What you change is kept at once."
TITLE = "What stands above it (empty: what the results say)"
GUESS = "Let the room guess first"
OPTIONS = "What can be chosen, one a line"
WIDE = 440
"""Pixels: a question is read whole while it is changed."""
_FAULT, _DROPPED = "fault of", "dropped"


def plan_panel(person: Person, seen: RetreatView, words: Mapping[str, str], history: tuple[Results, ...]) -> None:
    """Show a retreat's steps to change; `words` are the texts chosen for the retreat, by id."""
    panels.heading("Its steps", HOW)
    st.link_button("Look through the slides", LOOK.format(id=seen.id))
    keep = partial(_keep, person, seen)
    for place, step in enumerate(seen.steps):
        _step(place, step, seen, keep, words, history)
    _say(seen.id)
    _offer_back(seen, keep)


def moved(plan: Plan, step_id: str, by: int) -> Plan:
    """Return a plan in which one step changed its place with its neighbour.

    >>> a, b = Step("a", Kind.BLANK), Step("b", Kind.BLANK)
    >>> moved((a, b), "a", 1) == (b, a), moved((a, b), "b", 1) == (a, b)
    (True, True)
    """
    place = next((place for place, step in enumerate(plan) if step.id == step_id), None)
    if place is None or not 0 <= place + by < len(plan):
        return plan
    steps = list(plan)
    steps[place], steps[place + by] = steps[place + by], steps[place]
    return tuple(steps)


def dropped(plan: Plan, step_id: str) -> Plan:
    """Return a plan without one of its steps."""
    return tuple(step for step in plan if step.id != step_id)


def changed(plan: Plan, step_id: str, words: Mapping[str, Any]) -> Plan:
    """Return a plan in which one step has other words."""
    return tuple(replace(one, **words) if one.id == step_id else one for one in plan)


def put_back(plan: Plan, place: int, step: Step) -> Plan:
    """Return a plan with a step that was dropped, at its place of before."""
    return plan if any(one.id == step.id for one in plan) else (*plan[:place], step, *plan[place:])


Edit = Callable[[Plan], Plan]
Keep = Callable[[str, Edit], None]
"""Keep an edit, and say beside a step (or the whole plan) why it could not be kept."""


def _step(
    place: int, step: Step, seen: RetreatView, keep: Keep, words: Mapping[str, str], history: tuple[Results, ...]
) -> None:
    with st.container(border=True):
        here = " :violet[· the room is here]" if seen.running and seen.position == place + 1 else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = f"**{place + 1}. {plain(step.sort.name)}**{here}  \n:gray[{plain(_told(step, words))}]"
            st.markdown(said, width="stretch")
            for label, by, off in (("Up", -1, place == 0), ("Down", 1, place == len(seen.steps) - 1)):
                move = partial(moved, step_id=step.id, by=by)
                st.button(label, key=f"{label} {step.id}", disabled=off, on_click=keep, args=(step.id, move))
            st.button("Drop", key=f"Drop {step.id}", on_click=_drop, args=(seen, place, keep))
            if step.kind not in {Kind.BLANK, Kind.ANSWER_HERE}:
                with st.popover("Change"):
                    _fields(step, seen, keep, history)
        _say(step.id)


def _fields(step: Step, seen: RetreatView, keep: Keep, history: tuple[Results, ...]) -> None:
    """Ask for what a kind of step can have; each field is kept when it is left."""

    def field(name: str) -> dict[str, Any]:
        key = f"{name} {step.id}"
        return {"key": key, "width": WIDE, "on_change": _read, "args": (step, keep, name, key, history)}

    _say(step.id)
    if step.sort.finding or step.sort.asks or step.kind is Kind.QUOTE:
        st.text_input("The question to talk about", step.question, LONGEST_QUESTION, **field("question"))
    if step.sort.finding:
        st.text_input(TITLE, step.title or "", LONGEST_TITLE, **field("title"))
    if step.sort.guessed and step.guess:
        st.toggle(GUESS, step.predict, help=f"{step.guess} {', '.join(step.options)}", **field("predict"))
    if step.sort.offers == ():
        st.text_area(OPTIONS, "\n".join(choices(step)), **field("options"))
    if step.kind is Kind.SPLIT and history:
        asked = {q.id: history[-1].texts.question[q.id] for q, r in history[-1].questions if q.scale and r.columns}
        index = list(asked).index(step.measure) if step.measure in asked else None
        st.selectbox("The question of the round", list(asked), index, asked.__getitem__, **field("measure"))
    if step.kind in {Kind.TALK, Kind.PAUSE}:
        st.number_input("Minutes (empty: as long as it takes)", 1, LONGEST_MINUTES, step.minutes, **field("minutes"))


def _read(step: Step, keep: Keep, name: str, key: str, history: tuple[Results, ...]) -> None:
    """Keep what was typed into one field; what cannot be kept stays in the field, with the reason above."""
    typed = st.session_state[key]
    read: Mapping[str, Callable[[Any], Any]] = {
        "question": str.strip,
        "title": lambda words: words.strip() or None,
        "options": lambda words: tuple(filter(None, map(str.strip, words.splitlines()))),
    }
    new = {name: read[name](typed) if name in read else typed}
    if name == "measure":
        # What was prepared to be guessed belongs to the question of before.
        guess, options = expected(history[-1], history[-1].questionnaire.by_id[typed])
        new |= {"guess": guess, "options": options}
    keep(step.id, partial(changed, step_id=step.id, words=new))


def _keep(person: Person, seen: RetreatView, about: str, edit: Edit) -> None:
    """Change the plan as it stands now: somebody else may have changed another step meanwhile."""
    st.session_state.pop(f"{_FAULT} {about}", None)
    try:
        there = plans.read(store(), seen.id, person)
        plans.change(store(), seen.id, person, there.name, edit(there.steps))
    except (TendError, FieldFaults) as error:
        st.session_state[f"{_FAULT} {about}"] = f"Not kept yet. {error}"


def _drop(seen: RetreatView, place: int, keep: Keep) -> None:
    step = seen.steps[place]
    keep(step.id, partial(dropped, step_id=step.id))
    if f"{_FAULT} {step.id}" not in st.session_state:
        st.session_state[f"{_DROPPED} {seen.id}"] = (place, step)


def _offer_back(seen: RetreatView, keep: Keep) -> None:
    """Offer to put back the step that was dropped last."""
    last = st.session_state.get(f"{_DROPPED} {seen.id}")
    if last is None or any(one.id == last[1].id for one in seen.steps):
        return
    place, step = last
    label = f"Put “{plain(step.sort.name)}” back"
    back = partial(put_back, place=place, step=step)
    st.button(label, key=f"back {step.id}", on_click=keep, args=(seen.id, back))


def _say(about: str) -> None:
    fault = st.session_state.get(f"{_FAULT} {about}")
    if fault:
        st.error(plain(fault))


def _told(step: Step, words: Mapping[str, str]) -> str:
    """Return what a step says beside its name."""
    minutes = f"{step.minutes} minutes" if step.minutes else ""
    quote = f"“{words.get(step.text_id, 'This text is gone.')}”" if step.text_id else ""
    guessed = "The room guesses first." if step.predict else ""
    options = " / ".join(step.options) if step.sort.offers == () else ""
    return " ".join(filter(None, (step.title and f"{step.title}:", quote, step.question, options, minutes, guessed)))
