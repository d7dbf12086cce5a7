"""Plain pages of those who run an alliance: set up, sign in, sign out, change the password."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment.alliance import new_password, setup, sign_in
from assessment.alliance.values import FieldFaults
from assessment.errors import TendError
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.forms import Form, Refused, read_form
from assessment.web.headers import COMMON, check_origin, clear_cookie, set_cookie
from assessment.web.pages import Door, in_password_thread, in_thread, status_of

SIGN_IN, SETUP, BROWSER = "tend_sign_in", "tend_setup", "tend_browser"
DOOR = Door(Path(__file__).parent / "templates")
NOTHING: Mapping[str, str] = {}


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the routes of this door; their handlers hold the store and the settings."""
    pages = _Pages(store, settings)
    table = [
        ("/sign-in", pages.ask_sign_in, "GET"),
        ("/sign-in", pages.sign_in, "POST"),
        ("/sign-in/{token}", pages.know_browser, "GET"),
        ("/sign-out", pages.ask_sign_out, "GET"),
        ("/sign-out", pages.sign_out, "POST"),
        ("/password", pages.ask_password, "GET"),
        ("/password", pages.change_password, "POST"),
        ("/setup", pages.first_page, "GET"),
        ("/setup", pages.set_up, "POST"),
        ("/setup/alliance", pages.ask_alliance, "GET"),
        ("/setup/sample", pages.fill_with_sample, "POST"),
        ("/setup/open-sample", pages.open_sample, "POST"),
        ("/setup/start-our-own", pages.ask_start_our_own, "GET"),
        ("/setup/start-our-own", pages.start_our_own, "POST"),
        ("/setup/{token}", pages.take_link, "GET"),
        ("/robots.txt", pages.robots, "GET"),
    ]
    return [Route(path, DOOR.guarded(handler), methods=[method]) for path, handler, method in table]


def local_path(wanted: str) -> str:
    """Return where to go next: a path of this server, "/" for anything else.

    >>> local_path("/answers?round=12"), local_path("//evil.example"), local_path("/\\\\evil.example")
    ('/answers?round=12', '/', '/')
    """
    fine = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and len(wanted) <= 500
    return quote(wanted, safe="/?&=%-_.~") if fine and wanted.isprintable() else "/"


class _Pages:
    """The handlers. Each reads, asks one use case in a thread, and answers with a page or a redirect."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings

    async def ask_sign_in(self, request: Request) -> Response:
        onward = local_path(request.query_params.get("next", "/"))
        if await in_thread(sign_in.find, self.store, request.cookies.get(SIGN_IN)):
            return _to(onward)
        if await in_thread(setup.is_empty, self.store):
            return _to("/setup")
        return DOOR.page("sign_in.html", values=NOTHING, faults=NOTHING, onward=onward)

    async def sign_in(self, request: Request) -> Response:
        form = await self._form(request, "email", "password", "next")
        onward = local_path(form.text("next") or "/")
        missing = {name: ask for name, ask in SIGN_IN_ASKS.items() if not form.text(name)}
        try:
            _refuse({**missing, **form.faults})
            known = request.cookies.get(BROWSER)
            token = await in_password_thread(
                sign_in.start, self.store, form.text("email"), form.values["password"], known
            )
            browser = await in_thread(sign_in.remember, self.store, token)
        except TendError as error:
            return _again("sign_in.html", form, error, onward=onward)
        return self._known(self._signed_in(token, onward), browser)

    async def know_browser(self, request: Request) -> Response:
        """Give this browser tries of its own, so that whoever runs the server can always let somebody in."""
        browser = request.path_params["token"]
        known = request.method == "GET" and await in_thread(sign_in.knows, self.store, browser)
        return self._known(_to("/sign-in"), browser) if known else _to("/sign-in")

    async def ask_sign_out(self, request: Request) -> Response:
        return DOOR.page("sign_out.html")

    async def sign_out(self, request: Request) -> Response:
        check_origin(request, self.settings)
        await in_thread(sign_in.end, self.store, request.cookies.get(SIGN_IN))
        response = _to("/sign-in")
        clear_cookie(response, SIGN_IN, self.settings)
        return response

    async def ask_password(self, request: Request) -> Response:
        person = await in_thread(sign_in.find, self.store, request.cookies.get(SIGN_IN))
        return DOOR.page("password.html", values=NOTHING, faults=NOTHING) if person else _to("/sign-in?next=/password")

    async def change_password(self, request: Request) -> Response:
        form = await self._form(request, "current", "password")
        person = await in_thread(sign_in.find, self.store, request.cookies.get(SIGN_IN))
        if person is None:
            return _to("/sign-in?next=/password")
        try:
            _refuse(form.faults)
            current, new = form.values.get("current", ""), form.values.get("password", "")
            changed = await in_password_thread(new_password.change, self.store, person.account_id, current, new)
        except TendError as error:
            return _again("password.html", form, error)
        return self._known(self._signed_in(changed.sign_in, "/"), changed.browser)

    async def take_link(self, request: Request) -> Response:
        """Keep the link's token in this browser. Nothing is used up: a preview or a mail scanner may open it, too."""
        if request.method == "HEAD":
            return Response(headers=COMMON)
        token = request.path_params["token"]
        if not await in_thread(setup.holds_link, self.store, token):
            if await in_thread(sign_in.find, self.store, request.cookies.get(SIGN_IN)):
                return _to("/")
            raise Refused(403, setup.STALE_LINK)
        response = _to("/setup")
        set_cookie(response, SETUP, token, self.settings)
        return response

    async def first_page(self, request: Request) -> Response:
        invited = await self._invited(request)
        if await in_thread(setup.is_empty, self.store):
            return DOOR.page("first_page.html", invited=invited)
        return DOOR.page("open_sample.html") if invited else _to("/")

    async def ask_alliance(self, request: Request) -> Response:
        if not await self._invited(request):
            return _to("/setup")
        return DOOR.page("set_up.html", values=NOTHING, faults=NOTHING)

    async def set_up(self, request: Request) -> Response:
        form = await self._form(request, *SETUP_FIELDS)
        typed = [form.values.get(name, "") for name in SETUP_FIELDS]
        try:
            _refuse(form.faults)
            token = await in_password_thread(setup.set_up, self.store, request.cookies.get(SETUP), *typed)
        except TendError as error:
            return _again("set_up.html", form, error)
        return self._signed_in(token, "/")

    async def fill_with_sample(self, request: Request) -> Response:
        check_origin(request, self.settings)
        token = await in_thread(setup.fill_with_sample, self.store, request.cookies.get(SETUP))
        return self._signed_in(token, "/")

    async def open_sample(self, request: Request) -> Response:
        check_origin(request, self.settings)
        token = await in_password_thread(setup.enter_sample, self.store, request.cookies.get(SETUP))
        return self._signed_in(token, "/")

    async def ask_start_our_own(self, request: Request) -> Response:
        await self._sample_holder(request)
        return DOOR.page("start_our_own.html")

    async def start_our_own(self, request: Request) -> Response:
        check_origin(request, self.settings)
        await self._sample_holder(request)
        token = await in_thread(setup.start_our_own, self.store)
        response = _to("/setup")
        clear_cookie(response, SIGN_IN, self.settings)
        set_cookie(response, SETUP, token, self.settings)
        return response

    async def robots(self, request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n", headers=COMMON)

    async def _form(self, request: Request, *names: str) -> Form:
        check_origin(request, self.settings)
        form = await read_form(request)
        if form.foreign(names):
            raise Refused(
                400, "Fields arrived that this page does not have. Go back to the page and send it from there."
            )
        return form

    async def _invited(self, request: Request) -> bool:
        return await in_thread(setup.holds_link, self.store, request.cookies.get(SETUP))

    async def _sample_holder(self, request: Request) -> None:
        person = await in_thread(sign_in.find, self.store, request.cookies.get(SIGN_IN))
        if person is None:
            raise Refused(403, "Sign in first. Only who looks around in the sample can empty it.")
        if not person.sample:
            raise Refused(403, "This is not a sample: it holds a real alliance and is not emptied.")

    def _known(self, response: Response, browser: str) -> Response:
        set_cookie(response, BROWSER, browser, self.settings, keep=int(sign_in.KNOWN_FOR.total_seconds()))
        return response

    def _signed_in(self, token: str, onward: str) -> Response:
        response = _to(onward)
        set_cookie(response, SIGN_IN, token, self.settings)
        clear_cookie(response, SETUP, self.settings)
        return response


SETUP_FIELDS = ("alliance", "name", "email", "password")
SIGN_IN_ASKS = {"email": "Write your e-mail address.", "password": "Write your password."}


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise FieldFaults(dict(faults))


def _again(template: str, form: Form, error: TendError, **more: str) -> Response:
    """Return the page with what was typed, but passwords, and what was wrong."""
    faults = error.faults if isinstance(error, FieldFaults) else {"": str(error)}
    return DOOR.page(template, status=status_of(error), values=form.values, faults=faults, **more)


_to = partial(RedirectResponse, status_code=303, headers=COMMON)
