"""Who is signed in: the only place that reads cookies, and it asks the database on every run."""

from __future__ import annotations

import streamlit as st

from assessment.alliance import sign_in
from assessment.alliance.values import Person, Role
from assessment.ui.instance import store

COOKIE = "tend_sign_in"

EVERYONE = tuple(Role)
COORDINATORS = (Role.OWNER, Role.COORDINATOR)


def person() -> Person | None:
    """Return who is signed in, None for a stranger; what an earlier run knew is not trusted."""
    return sign_in.find(store(), cookie())


def cookie() -> str | None:
    """Return the sign-in token that the browser sent when it opened this page."""
    return st.context.cookies.get(COOKIE)


def require(*roles: Role) -> Person:
    """Return who is signed in with one of these roles; everybody else sees one sentence, and the page ends there."""
    found = person()
    if found is None:
        ask_to_sign_in()
        st.stop()
    if found.role not in roles:
        st.title("This page is not for you")
        st.write("Your account may see the published results. Whoever manages the alliance can change that.")
        st.stop()
    return found


def ask_to_sign_in() -> None:
    """Show a stranger the way to sign in, and nothing else."""
    st.title("Please sign in")
    st.write("You are not signed in, or your sign-in has ended.")
    st.link_button("Sign in", "/sign-in", type="primary")
