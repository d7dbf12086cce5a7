"""The record of a retreat as one page to print: for whoever leads retreats of its alliance."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from assessment.alliance import sign_in
from assessment.alliance.web import SIGN_IN
from assessment.retreat.record import whole_record
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.headers import COMMON
from assessment.web.pages import BASE_STYLE, Door, in_thread

HERE = Path(__file__).parent
PRINT = "document.getElementById('print').onclick=()=>window.print()"
STYLE = BASE_STYLE + (HERE / "static" / "record.css").read_text(encoding="utf-8")
DOOR = Door(HERE / "templates", style=STYLE, script=PRINT)
RECORD = "/room/{id}/record"


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the route of the record."""
    return [Route(RECORD.format(id="{retreat_id}"), DOOR.guarded(partial(_record, store=store)), methods=["GET"])]


async def _record(request: Request, store: Store) -> Response:
    person = await in_thread(sign_in.find, store, request.cookies.get(SIGN_IN))
    if person is None:
        return RedirectResponse("/sign-in", 303, COMMON)
    whole = await in_thread(whole_record, store, request.path_params["retreat_id"], person)
    return DOOR.page("record.html", whole=whole, alliance=person.alliance_name)
