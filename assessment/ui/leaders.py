"""Panels of the log of leaders who grew: counts and skills, never names."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessment.alliance import leaders
from assessment.alliance.leaders import LeadersDraft, LeadersView, Post
from assessment.alliance.values import Person
from assessment.findings.words import counted
from assessment.ui import panels
from assessment.ui.days import day_field
from assessment.ui.entries import (
    day_words,
    fresh,
    one_of,
    organisation_input,
    organisations_of,
    remove_button,
    save,
    typed_day,
)
from assessment.ui.instance import store

POSTS = {Post.VOLUNTEER: "Volunteers", Post.STAFF: "Staff"}
NO_NAMES = "Counts only. Please write no names, and nothing that only one person can be."


def leaders_panel(person: Person) -> None:
    """Show the log of leaders who grew to everybody who is signed in."""
    there = leaders.list_leaders(store(), person.alliance_id)
    panels.heading("Leaders who grew", finding(there))
    panels.rows(
        ("Skill", "People", "Volunteers or staff", "Organisation", "When"),
        [
            (
                one.entry.skill,
                f"{one.entry.people:,}",
                POSTS[one.entry.post].lower(),
                one.organisation or "several",
                day_words(one.entry.on),
            )
            for one in there
        ],
    )


def finding(there: tuple[LeadersView, ...]) -> str:
    """Return the log in a sentence. Somebody who grew into two skills is in it twice."""
    if not there:
        return "Nobody is counted yet."
    volunteers = sum(one.entry.people for one in there if one.entry.post is Post.VOLUNTEER)
    people = sum(one.entry.people for one in there)
    skills = len({one.entry.skill.casefold() for one in there})
    grew = counted(people, "time somebody", "times somebody")
    return f"{grew} grew into one of {counted(skills, 'skill')}, {volunteers:,} of them volunteers."


def keep_panel(person: Person) -> None:
    """Offer coordinators to add an entry, or to change one."""
    there = {one.id: one for one in leaders.list_leaders(store(), person.alliance_id)}
    with st.expander("Count leaders who grew", expanded=not there):
        draft = _form(person, fresh("new leaders"), None)
        if draft is not None:
            new = (store(), person.alliance_id, draft)
            save(lambda: leaders.add(*new, by=person.account_id), "They are counted.")
    if not there:
        return
    with st.expander("Change an entry"):
        chosen = st.selectbox("Entry", list(there), format_func=lambda key: _called(there[key]), key="leaders")
        draft = _form(person, f"leaders {chosen}", there[chosen].entry)
        if draft is not None:
            change = (store(), person.alliance_id, chosen, draft)
            save(lambda: leaders.change(*change, by=person.account_id), "The entry is saved.")
        gone = (store(), person.alliance_id, chosen)
        act = f"leaders {chosen} gone"
        remove_button(act, lambda: leaders.remove(*gone, by=person.account_id), "The entry is out of the log.")


def _called(one: LeadersView) -> str:
    return f"{one.entry.people:,} × {one.entry.skill}, {day_words(one.entry.on)}"


def _form(person: Person, key: str, known: LeadersDraft | None) -> LeadersDraft | None:
    names = organisations_of(person)
    with st.form(key, border=False):
        panels.soft(NO_NAMES)
        left, right = st.columns(2)
        with left:
            skill = st.text_input("Skill", known.skill if known else "", leaders.LONGEST_SKILL, key=f"{key} skill")
            where = known.organisation_id if known else None
            where = organisation_input("Organisation (empty: several)", names, where, f"{key} where")
            post = one_of("Volunteers or staff", POSTS, known.post if known else None, f"{key} post")
        with right:
            people = st.number_input("How many people", 1, leaders.MOST, known.people if known else 1, key=f"{key} n")
            typed = day_field("When", known.on if known else date.today(), f"{key} on")
        if not st.form_submit_button("Save the entry", type="primary", key=f"{key} submit"):
            return None
    on = typed_day(typed, "Write when it was, or about when.")
    if post is None:
        st.error("Choose whether they are volunteers or staff.")
        return None
    return LeadersDraft(on, int(people), skill, post, where) if on else None
