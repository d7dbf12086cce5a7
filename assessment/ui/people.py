"""Panels about who may sign in: the list, adding somebody, taking the right away."""

from __future__ import annotations

import streamlit as st

from assessment.alliance import accounts, organisations
from assessment.alliance.values import Person, Role
from assessment.ui import panels
from assessment.ui.forms import visit_button
from assessment.ui.instance import store
from assessment.ui.text import plain
from assessment.ui.trouble import plain_words

ROLES = {
    Role.OWNER: ("Owner", "Everything, and who may sign in."),
    Role.COORDINATOR: ("Coordinator", "Rounds, organisations, results."),
    Role.VIEWER: ("Viewer", "Published results only."),
    Role.READER: ("Reader", "Published results of the alliance and of one organisation."),
}


def list_panel(person: Person) -> None:
    """Show who may sign in; members who answer are never among them."""
    there = accounts.list_people(store(), person.alliance_id)
    panels.heading("Who may sign in", "People who answer need no account and never appear here.")
    panels.rows(("Name", "E-mail", "Role"), [(p.name, p.email, ROLES[p.role][0]) for p in there])
    visit_button("Change my password", "/password")
    if person.role is Role.OWNER:
        _add_panel(person)
        _remove_panel(person, there)


def _add_panel(person: Person) -> None:
    with st.expander("Let somebody sign in"):
        with st.form("add person", border=False, clear_on_submit=False):
            name = st.text_input("Name", max_chars=120, key="person name")
            email = st.text_input("E-mail address", max_chars=254, key="person email")
            role = st.radio(
                "Role",
                list(ROLES),
                2,
                format_func=lambda r: ROLES[r][0],
                captions=[words for _, words in ROLES.values()],
                key="person role",
            )
            theirs = _organisation(person)
            sent = st.form_submit_button("Add", type="primary", key="person submit")
        if sent:
            role = role or Role.VIEWER
            chosen = theirs if role is Role.READER else None
            with plain_words():
                password = accounts.create(
                    store(), person.alliance_id, name, email, role, organisation_id=chosen, by=person.account_id
                )
                st.success(f"{plain(name)} may sign in. Hand over this password; it is shown once:")
                st.code(password, language=None)


def _organisation(person: Person) -> str | None:
    names = {o.id: o.name for o in organisations.list_organisations(store(), person.alliance_id)}
    return st.selectbox(
        "Organisation (for readers)", list(names), None, format_func=names.__getitem__, key="person organisation"
    )


def _remove_panel(person: Person, there: tuple[Person, ...]) -> None:
    others = {p.account_id: f"{p.name} ({p.email})" for p in there if p.account_id != person.account_id}
    if not others:
        return
    with st.expander("Take the right to sign in away"):
        chosen = st.selectbox("Who", list(others), format_func=others.__getitem__, key="person gone")
        if st.button("Take it away", key="person gone submit") and chosen:
            with plain_words():
                accounts.remove(store(), person.alliance_id, chosen, by=person.account_id)
                panels.saved(f"{others[chosen]} may not sign in any more.")
                st.rerun()
