"""Draw a room as it stands for each kind of follower, screen, phones and remote: each is drawn once for all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import segno
from markupsafe import Markup

from assessment.alliance.commitments import CommitmentView
from assessment.retreat import slides
from assessment.retreat.live import Drawn, sheet
from assessment.retreat.plans import commitments_of
from assessment.retreat.promising import day
from assessment.retreat.showing import Showing
from assessment.retreat.state import Now
from assessment.retreat.values import in_fives
from assessment.slides import joining
from assessment.slides.steps import Kind, asked, choices, label
from assessment.storage.engine import Store
from assessment.tokens import room_code_to_scan
from assessment.web.pages import Door

HERE = Path(__file__).parent
MEMBERS = HERE.parent / "collect" / "static" / "members.css"
SCREEN, PHONE, REMOTE = "screen", "phone", "remote"
TIMER = "@timer@"
"""Stands in a sheet where the time left is written, by scripts or when a page is made."""
TIMERS = (1, 2, 3, 5, 10, 15)
Promises = tuple[CommitmentView, ...]
ENDED = "Thank you. The retreat has ended."


def packed(name: str) -> str:
    """Return one of our scripts or styles as it stands in a page: without comments and indentation."""
    return compact((HERE / "static" / name).read_text(encoding="utf-8"))


def compact(text: str) -> str:
    """Return a script or style without indentation and comments that fill a line."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


WORDS: Mapping[str, Any] = {
    "asked": asked,
    "choices": choices,
    "label": label,
    "in_fives": in_fives,
    "to_scan": room_code_to_scan,
}
PHONE_DOOR = Door(
    HERE / "templates",
    compact(MEMBERS.read_text(encoding="utf-8")) + packed("phone.css"),
    packed("live.js") + packed("phone.js"),
    WORDS,
)
REMOTE_DOOR = Door(
    HERE / "templates",
    compact(MEMBERS.read_text(encoding="utf-8")) + packed("remote.css"),
    packed("live.js") + packed("remote.js"),
    {**WORDS, "timers": TIMERS, "TIMER": TIMER, "day": day},
)


class Drawing:
    """Draws rooms. `reached` tells under which address each room's phones find us, once a leader has shown it."""

    def __init__(self, store: Store, address: str) -> None:
        self._store = store
        self._address = address
        self.reached: dict[str, str] = {}

    def address(self, retreat_id: str) -> str:
        """Return the address under which phones find us, without a slash at its end."""
        return self.reached.get(retreat_id, self._address)

    def __call__(self, now: Now, before: Drawn | None) -> Drawn:
        """Draw a room; the screen only where something of it changed."""
        base = self.address(now.id)
        fresh = before is None or before.now.version != now.version
        promised = commitments_of(self._store, now.alliance_id, now.id) if before is None or fresh else before.promised
        if before is not None and (before.base, _on_screen(before.now)) == (base, _on_screen(now)):
            pages, screen = before.pages, before.sheets[SCREEN]
        else:
            pages, html = self._screen(now, base, promised)
            screen = sheet(html)
        phone = PHONE_DOOR.render("_phone.html", now=now)
        remote = REMOTE_DOOR.render("_remote.html", now=now, pages=pages, base=base, promised=promised)
        return Drawn(now, base, pages, promised, {SCREEN: screen, PHONE: sheet(phone), REMOTE: sheet(remote)})

    def _screen(self, now: Now, base: str, promised: Promises) -> tuple[int, str]:
        pages, slide = self._slide(now, base, promised)
        ends = now.timer_ends_at
        timer = f'<p class="timer" role="timer" data-ends="{ends.timestamp() * 1000:.0f}">{TIMER}</p>' if ends else ""
        look = f'data-theme="{"dark" if now.dark else "light"}" data-size="{"small" if now.small else "big"}"'
        return pages, f'<div class="room" {look} data-version="{now.version}">{slide}{timer}</div>'

    def _slide(self, now: Now, base: str, promised: Promises) -> tuple[int, str]:
        step = now.step
        if not now.running:
            return 1, joining.the_end(now.alliance, ENDED if now.ended else "One moment")
        if step is None:
            there = in_fives(now.joined, "have joined")
            way = (qr(f"{base}/r#{room_code_to_scan(now.code, now.token)}"), _short(base, "/r"), now.code)
            return 1, joining.blank() if now.blank else joining.lobby(now.alliance, now.name, *way, there)
        showing = _showing(now, base, promised)
        pages = 1 if step.kind is Kind.ANSWER_HERE else slides.pages(self._store, showing)
        if now.blank or step.kind is Kind.BLANK:
            return pages, joining.blank()
        if step.kind is Kind.ANSWER_HERE:
            return 1, _answer_here(now, base)
        return pages, slides.draw(self._store, showing)


def _showing(now: Now, base: str, promised: Promises) -> Showing:
    step = now.step
    if step is None:
        raise ValueError("the lobby is no step")
    return Showing(
        alliance_id=now.alliance_id,
        round_id=now.round_id,
        step=step,
        page=now.page,
        revealed=now.revealed,
        counted=now.counted,
        voted=in_fives(now.voted, "have voted") if now.asks else "",
        way_in=f"{_short(base, '/r')} · {now.code}" if now.asks and now.code else "",
        commitments=promised,
    )


def _answer_here(now: Now, base: str) -> str:
    step = now.step
    title = (step and (step.title or step.question)) or "How is our alliance doing?"
    if now.sealed:
        return joining.the_end(now.alliance, "Sealed. Now let us look at it together.")
    way = (qr(f"{base}/join#{room_code_to_scan(now.code, now.token)}"), _short(base, "/join"), now.code)
    return joining.answer_here(title, *way, in_fives(now.answered, "have answered"))


def _short(base: str, path: str) -> str:
    """Return an address as somebody types it."""
    return base.split("://", 1)[1] + path


def _on_screen(now: Now) -> Now:
    """Return a room without what its screen does not show at this step."""
    hidden = dataclasses.replace(now, screen=False, awake=False, guessed=False)
    return hidden if now.step is None else dataclasses.replace(hidden, joined=0)


@lru_cache(maxsize=64)
def qr(address: str) -> Markup:
    """Return an address as a QR picture that fills its place, dark on white."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None, dark="#1F1B2E", light="#FFFFFF")
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(address)}" ', 1))  # noqa: S704
