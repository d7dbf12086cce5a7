"""Browsers of the room without scripts: a projector, a leader, phones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment.collect import web as collect
from assessment.retreat import plans, web
from assessment.settings import ROOT, Settings
from assessment.storage import retreats as rows
from tests.retreat.world import Room

BASE = "http://127.0.0.1"


@dataclass(frozen=True)
class Doors:
    """The room's own pages and the members' door, over one retreat."""

    room: Room
    app: Starlette

    def browser(self, *, leads: bool = False) -> TestClient:
        """Return a browser that follows no redirect; a leader's is signed in."""
        headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
        made = TestClient(self.app, base_url=BASE, headers=headers, follow_redirects=False)
        if leads:
            made.cookies.set("tend_sign_in", self.room.cookie)
        return made

    def started(self) -> plans.RetreatView:
        """Start the retreat and return it."""
        return plans.start(self.room.store, self.room.retreat_id, self.room.leader)

    def phone(self, code: str | None) -> TestClient:
        """Return a phone that came in."""
        made = self.browser()
        assert made.post("/r", data={"code": code or ""}).status_code == 303
        return made

    def act(self, **act: str) -> None:
        """Do one act of a leader, on the room as it is."""
        answer = self.browser(leads=True).post(self.remote, data={**act, "seen": self.seen})
        assert answer.status_code == 303, answer.text

    @property
    def remote(self) -> str:
        """The address of the remote."""
        return f"/room/{self.room.retreat_id}"

    @property
    def seen(self) -> str:
        """The version of the room."""
        with self.room.store.read() as session:
            return str(rows.version(session, self.room.retreat_id))


def doors(room: Room) -> Doors:
    """Return the doors to a room."""
    settings = Settings(room.store.url, None, ROOT / "data")
    return Doors(room, Starlette(routes=[*web.routes(room.store, settings), *collect.routes(room.store, settings)]))


def fixed(html: str) -> str:
    """Return a page without what differs from one showing to the next: tokens, tags, clocks, versions."""
    html = re.sub(r'data-(tag|clock|version)="[^"]*"', "", html)
    return re.sub(r'name="seen" value="\d+"', "", html)
