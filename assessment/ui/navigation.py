"""Which screens there are, where they stand in the sidebar, and who may see them.

The sidebar is built of page links: Streamlit's own list of pages with headings is not a valid list for screen readers.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from assessment.alliance.values import Role
from assessment.settings import ROOT
from assessment.ui.identity import COORDINATORS, EVERYONE, ask_to_sign_in


class Screen(NamedTuple):
    """A page file, its title, the roles that see it, and whether it manages instead of showing results."""

    name: str
    title: str
    roles: tuple[Role, ...]
    manages: bool = False


SCREENS = (
    Screen("overview", "Overview", EVERYONE),
    Screen("answers", "Answers", EVERYONE),
    Screen("balance", "Balance", EVERYONE),
    Screen("success", "Success", EVERYONE),
    Screen("change", "Change", EVERYONE),
    Screen("groups", "Groups", EVERYONE),
    Screen("readings", "Readings", EVERYONE),
    Screen("words", "Words", EVERYONE),
    Screen("commitments", "Commitments", EVERYONE),
    Screen("room", "Room", COORDINATORS, manages=True),
    Screen("rounds", "Rounds", COORDINATORS, manages=True),
    Screen("logs", "Wins and leaders", COORDINATORS, manages=True),
    Screen("alliance", "Alliance", COORDINATORS, manages=True),
)
FIRST = SCREENS[0].name


def page_file(name: str) -> Path:
    """Return the file of a screen."""
    return ROOT / "pages" / f"{name}.py"


def pages_for(role: Role) -> list[st.Page]:
    """Return the screens of a role, in the order of the sidebar."""
    return [
        st.Page(page_file(one.name), title=one.title, url_path=one.name, default=one.name == FIRST)
        for one in SCREENS
        if role in one.roles
    ]


def show_links(role: Role) -> None:
    """Show the way to every screen of a role; the chosen round and measure stay chosen."""
    for manages in (False, True):
        shown = [one for one in SCREENS if role in one.roles and one.manages is manages]
        if shown and manages:
            st.divider()
        with st.container(gap="xsmall"):
            for one in shown:
                st.page_link(page_file(one.name), label=one.title, width="stretch", query_params=kept())


def kept() -> dict[str, str]:
    """Return what an address keeps from screen to screen: the round that is looked at, and the measure in it."""
    return {key: st.query_params[key] for key in ("round", "measure") if key in st.query_params}


def pages_for_strangers() -> list[st.Page]:
    """Return every address as the way to sign in: an address tells a stranger nothing, not even that it exists."""
    return [
        st.Page(ask_to_sign_in, title="Sign in", url_path=screen.name, default=screen.name == FIRST)
        for screen in SCREENS
    ]
