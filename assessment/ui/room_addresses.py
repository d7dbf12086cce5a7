"""The addresses of a running retreat: its screen for the projector, its remote for whoever leads."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

import segno
import streamlit as st

from assessment.alliance.values import Person
from assessment.network import network_addresses
from assessment.retreat import plans
from assessment.retreat.values import RetreatView
from assessment.ui import panels
from assessment.ui.entries import save
from assessment.ui.instance import settings, store
from assessment.ui.text import plain

LOCAL = {"localhost", "127.0.0.1", "::1", None}
TAKE_OVER = "Whoever of you opens the remote leads on from where the room stands: nothing has to be handed over."
SCREEN = "Open this address on the projector's computer. It needs no sign-in, and nothing else can be reached from it."
WHICH = "Choose the network that the room is in. At which address its phones come in is chosen on the remote."
ALONE = (
    "Phones find this machine only when Tend listens to the network: start it with --host 0.0.0.0, "
    "or set PUBLIC_URL to the address under which it is found."
)


def addresses_panel(person: Person, seen: RetreatView) -> None:
    """Show remote and screen of a running retreat, each to open, to copy and to scan."""
    base = _base()
    panels.soft(TAKE_OVER)
    with st.grid(2, gap="large", min_column_width=330) as grid:
        with grid.cell():
            panels.heading("The remote", "Open it here, or scan it with your phone, which asks for your sign-in.")
            st.link_button("Open the remote", f"{_own() or base}/room/{seen.id}", type="primary")
            _code(f"{base}/room/{seen.id}", "The address of the remote as a QR code")
        with grid.cell():
            panels.heading("The screen", SCREEN)
            _screen(person, seen, base)


def _screen(person: Person, seen: RetreatView, base: str) -> None:
    if seen.screen:
        address = f"{base}/screen?room={seen.screen}"
        st.link_button("Open the screen", address)
        st.code(address, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        label = "Make a new address: this one ends" if seen.screen else "Make an address for the screen"
        if st.button(label, key=f"renew {seen.id}"):
            save(partial(plans.renew_screen, store(), seen.id, person), "The screen has a new address. Open it there.")
        if seen.screen and st.button("Withdraw the address", key=f"withdraw {seen.id}"):
            said = "The address of the screen is withdrawn: it shows nothing any more."
            save(partial(plans.withdraw_screen, store(), seen.id, person), said)


def _base() -> str:
    """Return the address that others reach us by: the public one, else one of this machine's in its networks."""
    heard = network_addresses() if st.get_option("server.address") not in LOCAL - {None} else []
    offered = bases(st.context.url or "", settings().public_url, heard)
    if len(offered) < 2:
        if urlsplit(offered[0]).hostname in LOCAL:
            st.warning(plain(ALONE))
        return offered[0]
    panels.soft(WHICH)
    return str(st.radio("Network", offered, format_func=lambda one: plain(urlsplit(one).netloc), key="network"))


def _own() -> str:
    """Return the address of this window where it is one of this machine's own: there somebody is signed in already."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc and len(network_addresses()) < 2 else ""


def bases(window: str, public: str | None, networks: list[str]) -> list[str]:
    """Return the addresses that a room can be reached by, the likeliest first.

    A window that is not on this machine shows one that works; on this machine its networks are offered.

    >>> bases("http://localhost:8501/room", None, ["192.168.1.20", "10.0.0.4"])
    ['http://192.168.1.20:8501', 'http://10.0.0.4:8501']
    >>> bases("http://192.168.1.20:8501/room", None, ["10.0.0.4", "192.168.1.20"])[0]
    'http://192.168.1.20:8501'
    >>> bases("http://localhost:8501/room", "https://tend.example.org", ["192.168.1.20"])
    ['https://tend.example.org']
    """
    if public:
        return [public]
    parts = urlsplit(window)
    port = f":{parts.port}" if parts.port else ""
    there = [f"{parts.scheme or 'http'}://{name}{port}" for name in networks]
    own = f"{parts.scheme or 'http'}://{parts.netloc or 'localhost'}"
    return (there or [own]) if parts.hostname in LOCAL else [own, *(one for one in there if one != own)]


def _code(address: str, alt: str) -> None:
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=3, light="white", dark="black")
    st.image(drawn, alt=alt, width=190)
    st.code(address, language=None, wrap_lines=True)
