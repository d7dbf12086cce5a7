"""Find which of our own addresses a request means, without trying them all."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope


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
        for route in (*self._by_part.get(_part(scope["path"]), ()), *self._by_part.get(None, ())):
            match, child = route.matches(scope)
            if match is Match.FULL:
                scope.update(child)
                return match, route
            if match is Match.PARTIAL:
                found = match
        return found, None


def _part(path: str) -> str:
    return path[1:].partition("/")[0]


def _fixed_part(route: BaseRoute) -> str | None:
    """Return the first part of a route's address, None where it is not fixed."""
    if not isinstance(route, Route | Mount):
        return None
    part = _part(route.path)
    return None if "{" in part or not part else part
