"""Panels of the log of wins: shown beside what people feel about success, kept by coordinators."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessment.alliance import wins
from assessment.alliance.values import Person
from assessment.alliance.wins import Lasting, Outcome, WinDraft, WinView
from assessment.findings.words import counted
from assessment.ui import panels
from assessment.ui.days import day_field
from assessment.ui.entries import day_words, fresh, one_of, organisations_of, remove_button, save, several_of, typed_day
from assessment.ui.identity import COORDINATORS
from assessment.ui.instance import store
from assessment.ui.navigation import page_file

OUTCOMES = {
    Outcome.WON: "Won",
    Outcome.PARTIAL: "Won in part",
    Outcome.BRIEF: "Won for a short time",
    Outcome.REVERSED: "Taken back",
}
LASTINGS = {
    Lasting.LASTS: "Likely to last",
    Lasting.UNSURE: "Too early to say",
    Lasting.FRAGILE: "Easily undone",
}

READ_BY = (
    "Perceptions are one half, these logs are the other. Everybody who may sign in reads them: on Success, and on the "
    "time axis of Change."
)
CLIMATE = "What it changed in how people see the matter (optional)"


def wins_panel(person: Person) -> None:
    """Show the log of wins to everybody who is signed in."""
    there = wins.list_wins(store(), person.alliance_id)
    panels.heading("The log of wins", finding(there))
    panels.rows(
        ("Win", "When", "How it came out", "How lasting", "What it changed", "Organisations"),
        [
            (
                one.win.title,
                day_words(one.win.on),
                OUTCOMES[one.win.outcome],
                LASTINGS[one.win.lasting],
                one.win.climate or "",
                ", ".join(one.names),
            )
            for one in there
        ],
    )


def way_to_the_logs(person: Person) -> None:
    """Show coordinators where both logs are kept."""
    if person.role in COORDINATORS:
        st.page_link(page_file("logs"), label=":violet[Keep these logs]")


def finding(there: tuple[WinView, ...]) -> str:
    """Return the log in a sentence: how many, how many of them whole and likely to last."""
    if not there:
        return "No win is written down yet."
    firm = sum(one.win.outcome is Outcome.WON and one.win.lasting is Lasting.LASTS for one in there)
    lost = sum(one.win.outcome is Outcome.REVERSED for one in there)
    back = f" {lost} taken back." if lost else ""
    return f"{counted(len(there), 'entry', 'entries')}. {firm} won in full and likely to last.{back}"


def keep_panel(person: Person) -> None:
    """Offer coordinators to add a win, or to change one."""
    there = {one.id: one for one in wins.list_wins(store(), person.alliance_id)}
    with st.expander("Add a win", expanded=not there):
        draft = _form(person, fresh("new win"), None)
        if draft is not None:
            new = (store(), person.alliance_id, draft)
            save(lambda: wins.add(*new, by=person.account_id), "The win is in the log.")
    if not there:
        return
    with st.expander("Change a win"):
        chosen = st.selectbox("Win", list(there), format_func=lambda key: there[key].win.title, key="win")
        draft = _form(person, f"win {chosen}", there[chosen].win)
        if draft is not None:
            change = (store(), person.alliance_id, chosen, draft)
            save(lambda: wins.change(*change, by=person.account_id), "The win is saved.")
        gone = (store(), person.alliance_id, chosen)
        remove_button(
            f"win {chosen} gone", lambda: wins.remove(*gone, by=person.account_id), "The win is out of the log."
        )


def _form(person: Person, key: str, known: WinDraft | None) -> WinDraft | None:
    names = organisations_of(person)
    with st.form(key, border=False):
        title = st.text_input("What was won", known.title if known else "", wins.LONGEST_TITLE, key=f"{key} title")
        left, right = st.columns(2)
        with left:
            typed = day_field("When", known.on if known else date.today(), f"{key} on")
            outcome = one_of("How it came out", OUTCOMES, known.outcome if known else None, f"{key} outcome")
        with right:
            whose = several_of("Organisations", names, known.organisations if known else (), f"{key} whose")
            lasting = one_of("How lasting", LASTINGS, known.lasting if known else None, f"{key} lasting")
        climate = (known.climate if known else None) or ""
        climate = st.text_input(CLIMATE, climate, wins.LONGEST_CLIMATE, key=f"{key} climate")
        if not st.form_submit_button("Save the win", type="primary", key=f"{key} submit"):
            return None
    on = typed_day(typed, "Write when it was, or about when.")
    if outcome is None or lasting is None:
        st.error("Choose how it came out and how lasting it is.")
        return None
    return WinDraft(title, on, outcome, lasting, climate or None, whose) if on else None
