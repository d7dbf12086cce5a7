"""The script that Streamlit runs for every visit: who is there, what may they see, and the page they asked for."""

from __future__ import annotations

import streamlit as st

from assessment.alliance import setup
from assessment.alliance.values import Person
from assessment.tokens import grouped
from assessment.ui.forms import post_button, visit_button
from assessment.ui.identity import person
from assessment.ui.instance import store
from assessment.ui.navigation import pages_for, pages_for_strangers, show_links
from assessment.ui.text import plain
from assessment.ui.trouble import plain_words
from assessment.ui.viewport import is_dark, watch_viewport
from assessment.ui.wordmark import wordmark

WIDTH = 1130
FOCUS = (
    "<style>a:focus-visible, main:focus-visible {{ outline: 3px solid {} !important; outline-offset: -3px }}</style>"
)
SIDEBAR = 232
"""Pixels: a line of text stays readable on the widest window, and the names of screens fit beside it."""


def main() -> None:
    """Show the page that was asked for, as far as whoever is there may see it."""
    st.set_page_config(page_title="Tend", layout="wide", initial_sidebar_state=SIDEBAR)
    # Without it the link of the screen that is looked at shows no difference when the keyboard is on it.
    st.html(FOCUS.format("#C9B0EE" if is_dark() else "#542788"))
    st.logo(wordmark("#EFEBF6" if is_dark() else "#1F1B2E"), size="large")
    with plain_words("This did not work"):
        who = person()
        if who is None:
            st.navigation(pages_for_strangers(), position="hidden").run()
        else:
            _show(who)


def _show(who: Person) -> None:
    page = st.navigation(pages_for(who.role), position="hidden")
    with st.sidebar:
        show_links(who.role)
        st.divider()
        st.markdown(f":gray[{plain(who.name)}]")
        post_button("Sign out", "/sign-out", look="plain")
    with st.container(width=WIDTH):
        if who.sample:
            _sample_banner()
        with plain_words():
            page.run()
    watch_viewport()


def _sample_banner() -> None:
    code = setup.sample_code(store())
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**This is a sample alliance. Nothing in it is real.**", width="content")
        if code:
            # in bold, not as code: that would fetch a fourth font for eight letters
            st.markdown(f":gray[Shared code] **{grouped(code)}**", width="content")
            st.link_button("Answer as a member", f"/join#{code}")
        visit_button("Start our own", "/setup/start-our-own")


main()
