"""Panels of the room: plan a retreat, start it and hand out its addresses, end it, read what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assessment import rounds
from assessment.alliance.values import Person
from assessment.retreat import plans
from assessment.retreat.proposal import propose
from assessment.retreat.record import Whole, as_csv, as_markdown, whole_record
from assessment.retreat.record_page import RECORD
from assessment.retreat.values import RetreatView
from assessment.rounds import State
from assessment.ui import panels
from assessment.ui.entries import day_words, fresh, save
from assessment.ui.instance import store
from assessment.ui.navigation import page_file
from assessment.ui.room_addresses import addresses_panel
from assessment.ui.text import plain

UNDER = "Plan what the room looks at together. Its screen, its remote and its phones open from here."
PROPOSED = "The sequence is proposed from what the round found. You change it before anybody sees it."
ENDING = "The screen and the code end, and phones are forgotten. What was revealed and promised is kept."
REMOVING = "The plan and the counts of its polls are deleted. Promises that were made stay in Commitments."


def finding(there: tuple[RetreatView, ...]) -> tuple[str, str]:
    """Return title and subtitle of the screen: what runs, else what is planned."""
    running = [one for one in there if one.running]
    planned = [one for one in there if one.started_at is None]
    if running:
        return f"{running[0].name} is running", f"The room looks at {running[0].round_name}."
    if planned:
        return f"{planned[0].name} is planned", UNDER
    return "No retreat is planned", UNDER


def choose(there: tuple[RetreatView, ...]) -> RetreatView | None:
    """Let one of the retreats that are not over be chosen, one that runs first; None where there is none."""
    ready = {one.id: one for one in sorted(there, key=lambda one: not one.running) if one.ended_at is None}
    if len(ready) < 2:
        return next(iter(ready.values()), None)
    key = st.selectbox("Retreat", list(ready), format_func=lambda one: ready[one].name, key="retreat", width=420)
    return ready[key]


def running_panel(person: Person, seen: RetreatView) -> None:
    """Show how to lead a running retreat, where its screen is, and the way to end it."""
    addresses_panel(person, seen)
    with st.expander("End the retreat"):
        panels.soft(ENDING)
        if st.button("End it now", key=f"end {seen.id}"):
            save(lambda: plans.end(store(), seen.id, person), f"{seen.name} has ended. Its record is below.")


def start_panel(person: Person, seen: RetreatView) -> None:
    """Offer to start a planned retreat, or to give it up."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Start the retreat", type="primary", key=f"start {seen.id}"):
            said = f"{seen.name} is running. Open its screen on the projector and its remote in your hand."
            save(lambda: plans.start(store(), seen.id, person), said)
        with st.popover("Remove"):
            panels.soft(REMOVING)
            if st.button("Remove it for good", key=f"remove {seen.id}"):
                save(lambda: plans.remove(store(), seen.id, person), f"{seen.name} is removed.")


def new_panel(person: Person, there: tuple[RetreatView, ...]) -> None:
    """Offer to plan a retreat about a sealed round, or about an open one that is answered in the room."""
    seen = [one for one in rounds.list_rounds(store(), person.alliance_id) if one.state != State.DRAFT]
    if not seen:
        panels.soft(
            "There is no round to look at yet. A retreat needs one that is sealed, or open to be answered there."
        )
        st.page_link(page_file("rounds"), label=":violet[Prepare a round]")
        return
    by_id = {one.id: one for one in sorted(seen, key=lambda one: one.state != State.SEALED)}
    names = {
        key: one.name + ("" if one.state == State.SEALED else ": answer it in the room") for key, one in by_id.items()
    }
    key = fresh("new retreat")
    with (
        st.expander("Plan another retreat" if there else "Plan a retreat", expanded=not there),
        st.form(key, border=False),
    ):
        chosen = st.selectbox("What the room looks at", list(names), format_func=names.__getitem__, key=f"{key} round")
        name = st.text_input("What we call it", max_chars=80, key=f"{key} name", placeholder="Winter retreat")
        panels.soft(PROPOSED)
        if st.form_submit_button("Propose a sequence", type="primary", key=f"{key} submit"):
            make = partial(_make, person, chosen, name)
            save(make, f"{name.strip()} is planned. Go through its steps, then start it.")


def records_panel(person: Person, there: tuple[RetreatView, ...]) -> None:
    """List the retreats that are over, with their records."""
    over = [one for one in there if one.ended_at is not None]
    if not over:
        return
    panels.heading("Retreats that were held")
    for seen in over:
        day = day_words(seen.ended_at.date()) if seen.ended_at else ""
        st.markdown(f"**{plain(seen.name)}**  \n:gray[{plain(f'{seen.round_name}, {day}')}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.link_button("Open the record to print", RECORD.format(id=seen.id))
            for label, write, kind, end in (
                ("Save as text", as_markdown, "text/markdown", "md"),
                ("Save as CSV", as_csv, "text/csv", "csv"),
            ):
                # Written when somebody wants it: after some years there are many.
                text, file = partial(_record, person, seen.id, write), f"{_file(seen.name)}.{end}"
                st.download_button(label, text, file, kind, key=f"{end} {seen.id}", on_click="ignore")
            if st.button("Go on with it", key=f"again {seen.id}"):
                save(partial(plans.start, store(), seen.id, person), f"{seen.name} goes on.")


def _record(person: Person, retreat_id: str, write: Callable[[Whole], str]) -> str:
    return write(whole_record(store(), retreat_id, person))


def _make(person: Person, round_id: str, name: str) -> None:
    plans.make(store(), person, round_id, name, propose(store(), round_id))


def _file(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower()) or "retreat"
