"""The panel in which codes are made: for whom, of which kind, and the button that opens the sheet."""

from __future__ import annotations

import streamlit as st

from assessment.alliance.sheet import EACH, NOBODY, PERSONAL, SHARED
from assessment.rounds import RoundView
from assessment.tokens import new_token
from assessment.ui import panels, round_words
from assessment.ui.forms import post_button
from assessment.ui.text import plain

KINDS = {PERSONAL: "One code for each person", SHARED: "One code that several people share"}
KIND_WORDS = (
    "Each works once: nobody answers twice.",
    "Easier to hand out, on a poster or in a message; whoever holds it can answer until its seats are used up.",
)
MOST = 2_000


def code_panel(seen: RoundView) -> None:
    """Offer to make codes of an open round and to print them."""
    with st.expander("Make codes"):
        panels.soft(round_words.CODES)
        whom = _for_whom(seen)
        kind = st.radio("Kind", list(KINDS), format_func=KINDS.__getitem__, captions=KIND_WORDS, key=f"kind {seen.id}")
        people = "" if whom == EACH else str(_people(seen, whom))
        fields = {"organisation": whom, "kind": kind or PERSONAL, "people": people, "once": new_token()}
        post_button("Make the codes and show the sheet", f"/rounds/{seen.id}/codes", fields, look="strong", tab=True)


def _for_whom(seen: RoundView) -> str:
    names = {EACH: "Every organisation, by its headcount"} if _all_counted(seen) else {}
    names |= {o.organisation_id: o.name for o in seen.roster} | {NOBODY: "Nobody in particular"}
    return str(st.selectbox("For whom", list(names), format_func=names.__getitem__, key=f"whom {seen.id}"))


def _people(seen: RoundView, whom: str) -> int:
    known = next((o.headcount for o in seen.roster if o.organisation_id == whom), None)
    label = f"For how many people{' of ' + plain(_name(seen, whom)) if whom != NOBODY else ''}"
    return int(st.number_input(label, 1, MOST, min(known or 10, MOST), key=f"people {seen.id} {whom}"))


def _name(seen: RoundView, whom: str) -> str:
    return next((o.name for o in seen.roster if o.organisation_id == whom), "")


def _all_counted(seen: RoundView) -> bool:
    return bool(seen.roster) and all(o.headcount for o in seen.roster)
