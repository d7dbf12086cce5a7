"""The screens on which a room gathers, answers together, and parts: an address, a QR code, how many are there."""

from __future__ import annotations

from html import escape

from assessment.slides.page import Slide, html


def lobby(alliance: str, name: str, qr_svg: str, address: str, code: str, joined: str) -> str:
    """Return the lobby: how phones come in, and how many have (`joined`, in an element of that id).

    `qr_svg` is SVG of our own making; everything else is escaped.
    """
    count = f'<p class="label"><b id="joined">{escape(joined)}</b></p>'
    return html(Slide(name, _door(qr_svg, address, code, count), alliance, pictured=False, form="door"))


def answer_here(title: str, qr_svg: str, address: str, code: str, progress: str) -> str:
    """Return the screen of an open round that is answered in the room; `progress` in steps of five."""
    count = f'<p class="label"><b id="progress">{escape(progress)}</b></p>'
    return html(Slide(title, _door(qr_svg, address, code, count), pictured=False, form="door"))


def the_end(alliance: str, said: str) -> str:
    """Return the last screen."""
    body = f'<p class="alone">{escape(said)}</p><p class="label">{escape(alliance)}</p>'
    return html(Slide("", body, pictured=False, form="talk"))


def blank() -> str:
    """Return a screen on which nothing stands."""
    return html(Slide("", "", pictured=False, form="blank"))


def _door(qr_svg: str, address: str, code: str, count: str) -> str:
    way = (
        f'<p class="label">Scan, or type</p><p class="address">{escape(address)}</p>'
        f'<p class="label">Room code</p><p class="code">{escape(code)}</p>{count}'
    )
    return f'<div class="qr">{qr_svg}</div><div class="way">{way}</div>'
