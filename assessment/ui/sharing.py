"""The panel in which the results of a sealed round are shared with members, and taken back."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import segno
import streamlit as st

from assessment.alliance.values import Person
from assessment.reports import links
from assessment.rounds import RoundView
from assessment.ui import panels
from assessment.ui.instance import settings, store
from assessment.ui.text import plain
from assessment.ui.trouble import plain_words

WHAT = (
    "Members have no account. A link shows them the results of the whole alliance on one light page: no organisation's "
    "own results, no written answers. Whoever has it can read it, until you withdraw it."
)
ONCE = "This link is shown once: we keep no copy. Copy it, or let people scan it, before you leave this page."


def share_panel(person: Person, seen: RoundView, since: datetime | None) -> None:
    """Offer to make the link of one sealed round, show it once, and withdraw it; `since`: it is shared already."""
    token = st.session_state.get(_key(seen)) if since is not None else None
    with st.expander(f"Share the results of {plain(seen.name)} with members", expanded=token is not None):
        panels.soft(WHAT)
        if since is not None:
            st.markdown(f"Shared since {since:%d %B %Y}.")
        if token is not None:
            _show(f"{base()}{links.PATH}/{token}")
        with st.container(horizontal=True):
            label = "Make a link" if since is None else "Make a new link: the present one ends"
            if st.button(label, key=f"share {seen.id}"):
                _share(person, seen)
            if since is not None and st.button("Withdraw the link", key=f"withdraw {seen.id}"):
                _withdraw(person, seen)


def base() -> str:
    """Return the address under which members reach this instance: the public one, else that of this window."""
    window = urlsplit(st.context.url or "")
    return settings().public_url or (f"{window.scheme}://{window.netloc}" if window.netloc else "")


def _share(person: Person, seen: RoundView) -> None:
    with plain_words():
        st.session_state[_key(seen)] = links.share(store(), seen.id, person)
        panels.saved(f"The results of {seen.name} have a link now. Open its panel below and copy it.")
        st.rerun()


def _withdraw(person: Person, seen: RoundView) -> None:
    with plain_words():
        links.withdraw(store(), seen.id, person)
        st.session_state.pop(_key(seen), None)
        panels.saved(f"The link to the results of {seen.name} is withdrawn: it shows nothing any more.")
        st.rerun()


def _show(address: str) -> None:
    st.markdown(f"**{plain(ONCE)}**")
    st.code(address, language=None, wrap_lines=True)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=3, light="white", dark="black")
    st.image(drawn, alt="The link as a QR code", width=220)


def _key(seen: RoundView) -> str:
    return f"results link {seen.id}"
