"""The members' results page as a route: one light page, nothing kept by a browser, nothing told to other sites."""

from __future__ import annotations

import gzip
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assessment.pictures.marks import page_style
from assessment.reports import links
from assessment.reports.links import Shared
from assessment.reports.members import day, members_page
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.codings import takes
from assessment.web.pages import BASE_STYLE, Door, in_thread

HERE = Path(__file__).parent / "templates"
STYLE = BASE_STYLE + page_style() + (HERE / "results.css").read_text(encoding="utf-8")
DOOR = Door(HERE, style=STYLE, shared={"day": day})
PAGES_IN_MEMORY = 32
# The address is the secret, and this page posts no form: nobody need learn where a visitor comes from.
HEADERS = {**DOOR.headers, "Referrer-Policy": "no-referrer", "Vary": "Accept-Encoding"}


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the route of the results page."""
    return [Route(f"{links.PATH}/{{token}}", DOOR.guarded(partial(_results, store=store)), methods=["GET"])]


class Page(NamedTuple):
    """A page as it travels: plain and packed."""

    plain: bytes
    packed: bytes


def written(store: Store, token: str) -> Page | None:
    """Return the page behind a link; None where the link leads nowhere. The link is looked up every time."""
    shared = links.find(store, token)
    return _page(store, shared) if shared else None


@lru_cache(maxsize=PAGES_IN_MEMORY)
def _page(store: Store, shared: Shared) -> Page:
    """Write and pack the page of what a link leads to: a whole hall opens it as soon as it is shown."""
    page = members_page(store, shared.round_id, shared.own_titles)
    return _packed(DOOR.render("results.html", page=page, shared=shared))


@lru_cache(maxsize=1)
def _nothing() -> Page:
    return _packed(DOOR.render("no_results.html"))


def _packed(html: str) -> Page:
    body = html.encode("utf-8")
    return Page(body, gzip.compress(body, 7, mtime=0))


async def _results(request: Request, store: Store) -> Response:
    found = await in_thread(written, store, request.path_params["token"])
    page, status = (found, 200) if found else (_nothing(), 404)
    kind = "text/html; charset=utf-8"
    if takes(request.headers.get("accept-encoding", ""), "gzip"):
        return Response(page.packed, status, {**HEADERS, "Content-Encoding": "gzip"}, kind)
    return Response(page.plain, status, HEADERS, kind)
