"""The slides of a planned retreat one below the other, for its leaders to look through before anybody sees them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment.alliance import sign_in
from assessment.alliance.values import Person
from assessment.alliance.web import SIGN_IN
from assessment.retreat import material, plans
from assessment.retreat.values import RetreatView
from assessment.settings import Settings
from assessment.slides.drawing import slides
from assessment.slides.material import Material
from assessment.slides.page import html
from assessment.slides.steps import KINDS, Step, votes
from assessment.slides.style import STYLE
from assessment.storage.engine import Store
from assessment.web.headers import COMMON, policy
from assessment.web.pages import Door, in_thread

HERE = Path(__file__).parent
DOOR = Door(HERE / "templates", style=STYLE + (HERE / "static" / "look.css").read_text(encoding="utf-8"))
HEADERS = {**DOOR.headers, "Content-Security-Policy": policy(styles=(DOOR.style,)) + "; font-src 'self'"}
LOOK = "/room/{id}/slides"


class Seen(NamedTuple):
    """A step with its screens; a guess or a poll as it stands before votes are revealed."""

    name: str
    screens: tuple[Markup, ...]


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the route on which slides are looked through."""
    return [Route(LOOK.format(id="{retreat_id}"), DOOR.guarded(partial(_look, store=store)), methods=["GET"])]


def looked_through(store: Store, retreat_id: str, person: Person) -> tuple[RetreatView, tuple[Seen, ...]]:
    """Return a retreat and the screens of its steps as far as they are known; raise NoRetreat."""
    view = plans.read(store, retreat_id, person)
    made = plans.commitments_of(store, view.alliance_id, view.id)
    there = Material(
        material.history(store, view.round_id),
        material.quotes(store, view.alliance_id, view.round_id),
        material.promises(store, view.alliance_id, made),
    )
    return view, tuple(Seen(step.sort.name, _screens(step, there)) for step in view.steps)


def _screens(step: Step, there: Material) -> tuple[Markup, ...]:
    hidden = slides(step, there, revealed=False) if votes(step) else []
    poll = KINDS[step.kind].offers is not None
    shown = [] if poll else slides(replace(step, predict=False), there)
    pieces = [html(slide) for slide in hidden] + [html(s, place, len(shown)) for place, s in enumerate(shown)]
    # Every word of a slide was escaped where it was drawn.
    return tuple(map(Markup, pieces))


async def _look(request: Request, store: Store) -> Response:
    person = await in_thread(sign_in.find, store, request.cookies.get(SIGN_IN))
    if person is None:
        return RedirectResponse("/sign-in", 303, COMMON)
    view, steps = await in_thread(looked_through, store, request.path_params["retreat_id"], person)
    return HTMLResponse(DOOR.render("look.html", view=view, steps=steps), headers=HEADERS)
