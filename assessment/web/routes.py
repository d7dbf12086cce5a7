"""Find which of our own addresses a request means, without trying them all, and answer it without detours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send


class Plainly:
    """A handler as the endpoint of a route, for one that answers its errors itself.

    Starlette would put two layers around a bare function, to look for errors that it could answer.
    """

    def __init__(self, handler: Callable[[Request], Awaitable[Response]]) -> None:
        self.handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.handler(Request(scope, receive, send))
        await response(scope, receive, send)


class OwnRoutes:
    """Routes by the first part of their address: a hall of phones must not pay for every screen that we have."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._by_part: dict[str | None, list[BaseRoute]] = {}
        for route in routes:
            self._by_part.setdefault(_fixed_part(route), []).append(route)

    def find(self, scope: Scope) -> tuple[Match, BaseRoute | None]:
        """Return the route that takes a request, with its parameters put into `scope`.

        Without one: PARTIAL where the address is ours but not in this way, NONE where it is not.
        """
        found = Match.NONE
        others: list[Route] = []
        for route in (*self._by_part.get(_part(scope["path"]), ()), *self._by_part.get(None, ())):
            if isinstance(route, Route) and route.methods and scope["method"] not in route.methods:
                others.append(route)
                continue
            match, child = route.matches(scope)
            if match is Match.FULL:
                scope.update(child)
                return match, route
            if match is Match.PARTIAL:
                found = match
        asked_otherwise = any(route.matches(scope)[0] is Match.PARTIAL for route in others)
        return Match.PARTIAL if asked_otherwise else found, None


def _part(path: str) -> str:
    return path[1:].partition("/")[0]


def _fixed_part(route: BaseRoute) -> str | None:
    """Return the first part of a route's address, None where it is not fixed."""
    if not isinstance(route, Route | Mount):
        return None
    part = _part(route.path)
    return None if "{" in part or not part else part
