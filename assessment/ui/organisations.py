"""Panels about the alliance's organisations: the list, adding one or many, changing one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft, OrganisationView, Person
from assessment.findings.words import counted
from assessment.ui import panels
from assessment.ui.instance import store
from assessment.ui.trouble import plain_words

PASTE = (
    "One organisation a line: name, short name, headcount, chapter, sector. Copied from a spreadsheet it fits as it is."
)
HEADCOUNT = "How many people may answer. Without it, results cannot say of how many they speak. 0: nobody knows."


def finding(there: tuple[OrganisationView, ...]) -> str:
    """Return the title of the screen: how many organisations and people."""
    here = [o for o in there if o.left_on is None]
    if not here:
        return "Which organisations belong to the alliance?"
    known = [o.headcount for o in here if o.headcount is not None]
    people = f", {counted(sum(known), 'person', 'people')}" if len(known) == len(here) else ""
    return f"{counted(len(here), 'organisation')}{people}"


def list_panel(there: tuple[OrganisationView, ...]) -> None:
    """Show the organisations as a table."""
    if not there:
        panels.soft("Add them below. At least three are needed before a round can speak of organisations.")
        return
    panels.rows(
        ("Organisation", "People", "Chapter", "Sector"),
        [(_called(o), _counted(o), o.chapter or "–", o.sector or "–") for o in there],
    )


def add_panel(person: Person, there: tuple[OrganisationView, ...]) -> None:
    """Offer to add one organisation, or to paste many."""
    with st.expander("Add an organisation", expanded=not there):
        draft = _form("add organisation", None, "Add")
        if draft is not None:
            _add(person, (draft,))
    with st.expander("Paste a list"), st.form("paste organisations", border=False):
        pasted = st.text_area(
            "Organisations", help=PASTE, placeholder="Harbour Tenants; HT; 24; North; Housing", height=160
        )
        panels.soft(PASTE)
        if st.form_submit_button("Add all", key="paste organisations submit"):
            with plain_words():
                _add(person, organisations.read_pasted(pasted))


def change_panel(person: Person, there: tuple[OrganisationView, ...]) -> None:
    """Offer to change an organisation, or to note that it left."""
    if not there:
        return
    with st.expander("Change an organisation"):
        by_id = {o.id: o for o in there}
        chosen = by_id[
            st.selectbox("Organisation", list(by_id), format_func=lambda i: by_id[i].name, key="organisation")
        ]
        draft = _form(f"change {chosen.id}", chosen, "Save")
        if draft is not None:
            with plain_words():
                organisations.change(store(), chosen.id, draft, by=person.account_id)
                panels.saved(f"{draft.name} is saved. Rounds that are open or sealed keep what they had.")
                st.rerun()
        gone = chosen.left_on is not None
        if st.button("It is back" if gone else "It has left the alliance", key=f"left {chosen.id}"):
            with plain_words():
                organisations.let_go(store(), chosen.id, None if gone else date.today(), by=person.account_id)
                panels.saved(f"{chosen.name} {'is back' if gone else 'is not asked in later rounds'}.")
                st.rerun()


def _called(organisation: OrganisationView) -> str:
    return organisation.name + (f" (left on {organisation.left_on})" if organisation.left_on else "")


def _counted(organisation: OrganisationView) -> str:
    return "unknown" if organisation.headcount is None else f"{organisation.headcount:,}"


def _add(person: Person, drafts: tuple[OrganisationDraft, ...]) -> None:
    with plain_words():
        made = organisations.add(store(), person.alliance_id, drafts, by=person.account_id)
        panels.saved(f"{counted(len(made), 'organisation')} added.")
        st.rerun()


def _form(key: str, known: OrganisationView | None, submit: str) -> OrganisationDraft | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input("Name", known.name if known else "", 120, key=f"{key} name")
        short = right.text_input("Short name (for charts)", known.short_name if known else "", 24, key=f"{key} short")
        headcount = left.number_input(
            "People", 0, None, (known.headcount or 0) if known else 0, help=HEADCOUNT, key=f"{key} people"
        )
        chapter = right.text_input(
            "Chapter (optional)", (known.chapter or "") if known else "", 60, key=f"{key} chapter"
        )
        sector = left.text_input("Sector (optional)", (known.sector or "") if known else "", 60, key=f"{key} sector")
        if not st.form_submit_button(submit, type="primary", key=f"{key} submit"):
            return None
    joined = known.joined_on if known else None
    return OrganisationDraft(name, short, sector or None, chapter or None, int(headcount) or None, joined)
