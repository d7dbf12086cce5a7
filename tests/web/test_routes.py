"""Our own addresses: the right route, its parameters, and the difference between "not so" and "not here"."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Route
from starlette.testclient import TestClient

from assessment.web.routes import OwnRoutes, Plainly


async def say(request: Request) -> Response:
    return PlainTextResponse(f"{request.method} {request.path_params.get('part', '')}")


ROUTES = [
    Route("/answer", Plainly(say), methods=["GET"]),
    Route("/answer/{part}", Plainly(say), methods=["GET"], name="show"),
    Route("/answer/{part}", Plainly(say), methods=["POST"], name="save"),
    Route("/{page}", say, methods=["GET"], name="any"),
]


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("POST", "/answer/trust", (Match.FULL, "save")),
        ("HEAD", "/answer/trust", (Match.FULL, "show")),
        ("GET", "/other", (Match.FULL, "any")),
        ("DELETE", "/answer/trust", (Match.PARTIAL, None)),
        ("POST", "/answer", (Match.PARTIAL, None)),
        ("POST", "/answer/trust/more", (Match.NONE, None)),
        ("GET", "/nowhere/at/all", (Match.NONE, None)),
    ],
)
def test_a_request_finds_its_route_or_hears_what_is_wrong(
    method: str, path: str, found: tuple[Match, str | None]
) -> None:
    scope = {"type": "http", "method": method, "path": path}
    match, route = OwnRoutes(ROUTES).find(scope)
    assert (match, route.name if isinstance(route, Route) else None) == found
    assert scope.get("path_params", {}).get("part") == ("trust" if "trust" in path and route else None)


def test_a_handler_is_answered_as_starlette_would() -> None:
    client = TestClient(Starlette(routes=ROUTES))
    assert client.post("/answer/trust").text == "POST trust"
    assert client.post("/answer").status_code == 405
