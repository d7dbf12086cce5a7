"""The members' results page as a route: one light page, nothing kept by a browser, nothing told to other sites."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assessment.pictures.marks import page_style
from assessment.reports import links
from assessment.reports.members import day, members_page
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.codings import takes
from assessment.web.pages import BASE_STYLE, Door, in_thread

HERE = Path(__file__).parent / "templates"
STYLE = BASE_STYLE + page_style() + (HERE / "results.css").read_text(encoding="utf-8")
DOOR = Door(HERE, style=STYLE, shared={"day": day})
# The address is the secret, and this page posts no form: nobody need learn where a visitor comes from.
HEADERS = {**DOOR.headers, "Referrer-Policy": "no-referrer", "Vary": "Accept-Encoding"}


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the route of the results page."""
    return [Route(f"{links.PATH}/{{token}}", DOOR.guarded(partial(_results, store=store)), methods=["GET"])]


def written(store: Store, token: str) -> str | None:
    """Return the page behind a link as HTML; None where the link leads nowhere."""
    shared = links.find(store, token)
    if shared is None:
        return None
    return DOOR.render("results.html", page=members_page(store, shared.round_id, shared.own_titles), shared=shared)


async def _results(request: Request, store: Store) -> Response:
    html = await in_thread(written, store, request.path_params["token"])
    if html is None:
        return _packed(request, DOOR.render("no_results.html"), 404)
    return _packed(request, html, 200)


def _packed(request: Request, html: str, status: int) -> Response:
    body, kind = html.encode("utf-8"), "text/html; charset=utf-8"
    if not takes(request.headers.get("accept-encoding", ""), "gzip"):
        return Response(body, status, HEADERS, kind)
    return Response(gzip.compress(body, 7, mtime=0), status, {**HEADERS, "Content-Encoding": "gzip"}, kind)
