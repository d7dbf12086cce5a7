"""Templates and their responses: what a door needs to answer with a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assessment.errors import TendError
from assessment.web.forms import Refused
from assessment.web.headers import COMMON, policy

HERE = Path(__file__).parent
BASE_STYLE = (HERE / "templates" / "base.css").read_text(encoding="utf-8")
THREADS = 16
"""Most requests that may use the database at once; the others wait without a thread."""
PASSWORD_THREADS, PASSWORD_QUEUE = 2, 40
"""Most requests that may hash a password at once, and most that may wait for it: members' pages never wait for them."""

P = ParamSpec("P")
T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]
Limiters = RunVar[anyio.CapacityLimiter]
_limiter: Limiters = RunVar("tend_threads")
_password_limiter: Limiters = RunVar("tend_password_threads")
_passwords_asked: RunVar[int] = RunVar("tend_passwords_asked")


class Crowded(TendError):
    """Say that too many people sign in at this moment."""

    http_status = 503


CROWDED = "Too many people are signing in at this moment. Try again in a minute."


@dataclass(frozen=True)
class Door:
    """The pages of one door: its folder of templates (ours beside it), its one inline style and one inline script.

    A template extends "base.html" and receives `style` and `script` from it; the policy allows exactly these two.
    """

    templates: Path
    style: str = BASE_STYLE
    script: str = ""
    shared: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def environment(self) -> Environment:
        loader = FileSystemLoader([self.templates, HERE / "templates"])
        # Not looking at the files again for every page: they change with the program only.
        made = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
        )
        own = {"style": Markup(self.style), "script": Markup(self.script)}  # noqa: S704 (our own files)
        made.globals.update(own | dict(self.shared))
        return made

    @cached_property
    def headers(self) -> dict[str, str]:
        """Every header of this door's pages but type and length."""
        scripts = (self.script,) if self.script else ()
        return {**COMMON, "Content-Security-Policy": policy(styles=(self.style,), scripts=scripts)}

    def render(self, template: str, **values: Any) -> str:
        """Return a page as text."""
        return self.environment.get_template(template).render(**values)

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page as a response; never stored by a browser."""
        return HTMLResponse(self.render(template, **values), status_code=status, headers=self.headers)

    def guarded(self, handler: Handler) -> Handler:
        """Answer what a handler refuses, or what the storage cannot do, with a page in plain words."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except TendError as error:
                return self.page("refused.html", status=status_of(error), sentence=str(error))

        return answer


def status_of(error: TendError) -> int:
    """Return the HTTP status of an error for people: its own, else 400."""
    return error.status if isinstance(error, Refused) else int(getattr(error, "http_status", 400))


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in a thread of our own limited set; Streamlit's stays free for its files."""
    return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=_places(_limiter, THREADS))


async def in_password_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run work that hashes a password in one of the few threads for that; raise Crowded when too many wait."""
    if _passwords_asked.get(0) >= PASSWORD_THREADS + PASSWORD_QUEUE:
        raise Crowded(CROWDED)
    _passwords_asked.set(_passwords_asked.get(0) + 1)
    try:
        limiter = _places(_password_limiter, PASSWORD_THREADS)
        return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=limiter)
    finally:
        _passwords_asked.set(_passwords_asked.get(0) - 1)


def _places(kept: Limiters, most: int) -> anyio.CapacityLimiter:
    """Return the limiter of this event loop, made when it is needed first."""
    try:
        return kept.get()
    except LookupError:
        kept.set(anyio.CapacityLimiter(most))
        return kept.get()
