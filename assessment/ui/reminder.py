"""The text that reminds people of an open round: one for everybody, as nobody can know who has answered."""

from __future__ import annotations

import streamlit as st

from assessment.alliance.values import Person
from assessment.rounds import RoundView
from assessment.ui import panels
from assessment.ui.entries import day_words
from assessment.ui.sharing import base
from assessment.ui.text import plain

WHAT = (
    "Send it to everybody alike: nobody can see who has answered. Put it into the languages of your members, "
    "and send it from somebody they know. Once a week is enough."
)


def reminder_panel(person: Person, seen: RoundView, minutes: int) -> None:
    """Offer the text of a reminder, to be copied."""
    with st.expander(f"A text to remind people of {plain(seen.name)}"):
        panels.soft(WHAT)
        st.code(reminder(person.alliance_name, seen, minutes, base()), language=None, wrap_lines=True)


def reminder(alliance: str, seen: RoundView, minutes: int, address: str) -> str:
    """Return the text: who asks, how long it takes, what protects, where to begin, until when."""
    until = f" The last day is {day_words(seen.plan.ends_on)}." if seen.plan.ends_on else ""
    return (
        f"{alliance} asks all of us how we are doing: {seen.name}. It takes about {minutes} minutes, on any phone, "
        f"without an account.{until}\n\n"
        f"Open {address}/join and type the code that you were given. "
        "Your answers carry no name and no time. Once the round is sealed, single answers are destroyed and results "
        f"are shown only for groups of {seen.plan.rules.k} people and more.\n\n"
        "If you have answered already: thank you. We cannot see who has, so everybody gets this text."
    )
