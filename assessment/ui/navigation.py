"""Which screens there are, where they stand in the sidebar, and who may see them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from assessment.alliance.values import Role
from assessment.settings import ROOT
from assessment.ui.identity import COORDINATORS, EVERYONE, ask_to_sign_in


class Screen(NamedTuple):
    """A page file, its title, its place in the sidebar ("" is the top) and the roles that see it."""

    name: str
    title: str
    group: str
    roles: tuple[Role, ...]


SCREENS = (
    Screen("overview", "Overview", "", EVERYONE),
    Screen("answers", "Answers", "", EVERYONE),
    Screen("rounds", "Rounds", "Manage", COORDINATORS),
    Screen("alliance", "Alliance", "Manage", COORDINATORS),
)
FIRST = SCREENS[0].name


def page_file(name: str) -> Path:
    """Return the file of a screen."""
    return ROOT / "pages" / f"{name}.py"


def pages_for(role: Role) -> dict[str, list[st.Page]]:
    """Return the screens of a role by their place in the sidebar."""
    found: dict[str, list[st.Page]] = {}
    for screen in SCREENS:
        if role in screen.roles:
            page = st.Page(
                page_file(screen.name), title=screen.title, url_path=screen.name, default=screen.name == FIRST
            )
            found.setdefault(screen.group, []).append(page)
    return found


def pages_for_strangers() -> list[st.Page]:
    """Return every address as the way to sign in: an address tells a stranger nothing, not even that it exists."""
    return [
        st.Page(ask_to_sign_in, title="Sign in", url_path=screen.name, default=screen.name == FIRST)
        for screen in SCREENS
    ]
