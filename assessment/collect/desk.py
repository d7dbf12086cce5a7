"""What every members' page begins with: whose ballot, which round, which language, and plain words when it fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from assessment.collect import writing
from assessment.collect.asked import AskedRound, AskedRounds
from assessment.collect.ballot import Ballot, Closed, NoBallot
from assessment.collect.screens import COME_BACK_AFTER, Screen, Screens, go
from assessment.errors import TendError
from assessment.settings import Settings
from assessment.storage.engine import StorageError, Store
from assessment.storage.errors import Busy
from assessment.tokens import digest, read_token
from assessment.web.forms import Form, Refused, read_form
from assessment.web.headers import check_origin, clear_cookie, set_cookie
from assessment.web.pages import in_thread, status_of

KEY = "tend_ballot"
CODE = "tend_code"
"""Carries an accepted code, and the key that its ballot will have, from /join to /start; gone at the start."""
LANGUAGE = "tend_language"
KEPT_WITHOUT_END = 30
"""Days for which one's own phone remembers the ballot of a round without a day on which it ends."""

UNKNOWN = "This device knows no answers. Type your code first."

Handler = Callable[[Request], Awaitable[Response]]


class Stranger(TendError):
    """Say that a browser carries no key."""

    http_status = 403


class SomebodyElse(TendError):
    """Say that a page was opened for other answers than those that its device has open now."""

    http_status = 403

    def __init__(self) -> None:
        super().__init__(
            "Since this page was opened, somebody else’s answers were opened on this device. "
            "Nothing of theirs was changed. To go on with yours, type your return code."
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who may answer: their key, their ballot, its round, the language they read."""

    key: str
    ballot: Ballot
    asked: AskedRound
    language: str

    @property
    def whose(self) -> str:
        """Return what the forms carry to say for whose answers they were opened; nothing leads from it to the key."""
        return _whose(self.key)


@dataclass(frozen=True)
class Desk:
    """What the handlers share."""

    store: Store
    settings: Settings
    rounds: AskedRounds
    screens: Screens

    async def visit(self, request: Request) -> Visit:
        """Return whose request this is; raise Stranger, NoBallot, Closed, StorageError."""
        key = self.key(request)
        if key is None:
            raise Stranger(UNKNOWN)
        ballot = await writing.find(self.store, key)
        asked = await self.asked(ballot.round_id)
        return Visit(key, ballot, asked, language_of(request, asked))

    async def asked(self, round_id: str) -> AskedRound:
        """Return a round, as a rule from memory; raise KeyError, StorageError."""
        known = self.rounds.fresh(round_id)
        return await in_thread(self.rounds.get, round_id) if known is None else known

    async def sample(self) -> bool:
        """Tell whether this instance is a sample; raise StorageError."""
        known = self.rounds.sample_fresh()
        return await in_thread(self.rounds.sample) if known is None else known

    async def form(self, request: Request) -> Form:
        """Return what one of our pages posted; raise Refused."""
        check_origin(request, self.settings)
        form = await read_form(request)
        request.state.form = form
        return form

    def key_of(self, request: Request, form: Form) -> str:
        """Return the key of who posts a form; raise Stranger, SomebodyElse where it was opened for other answers."""
        key = self.key(request)
        if key is None:
            raise Stranger(UNKNOWN)
        refuse_others(form, key)
        return key

    def show(self, request: Request, template: str, visit: Visit, status: int = 200, **values: Any) -> Response:
        """Answer somebody who may answer with a page of their round."""
        values["whose"] = visit.whose
        screen = Screen(template, visit.language, visit.asked, visit.asked.sample, values, status)
        return self.screens.show(request, screen)

    def plain(
        self, request: Request, template: str, status: int = 200, sample: bool = False, **values: Any
    ) -> Response:
        """Answer with a page that belongs to no round."""
        return self.screens.show(request, Screen(template, "en", None, sample, values, status))

    def key(self, request: Request) -> str | None:
        """Return the key that a browser carries, None where it carries none or rubbish."""
        return read_token(self.carried(request, KEY))

    def carried(self, request: Request, secret: str) -> str:
        """Return a secret (KEY, CODE) that a browser carries, "" for none."""
        return request.cookies.get(self._cookie(secret), "")

    def give(self, response: Response, secret: str, value: str, keep: int | None) -> Response:
        """Give a browser a secret, for `keep` seconds or until it is closed."""
        set_cookie(response, self._cookie(secret), value, self.settings, keep=keep)
        return response

    def take(self, response: Response, *secrets: str) -> Response:
        """Take secrets from a browser."""
        for secret in secrets:
            clear_cookie(response, self._cookie(secret), self.settings)
        return response

    def remember(self, response: Response, key: str, asked: AskedRound, *, own_phone: bool) -> Response:
        """Give a browser its key: until it is closed or, on one's own phone, until the round ends."""
        return self.give(response, KEY, key, _seconds_left(asked) if own_phone else None)

    def forget(self, response: Response) -> Response:
        """Take everything from a browser that opens a ballot, or would open one."""
        return self.take(response, KEY, CODE)

    def _cookie(self, secret: str) -> str:
        # With this prefix a browser takes the cookie from this very host alone: a neighbour under the same domain
        # cannot slip in a key that it knows.
        return f"__Host-{secret}" if self.settings.secure else secret

    def guarded(self, handler: Handler) -> Handler:
        """Answer what goes wrong with a page in plain words that keeps what was typed."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except Stranger:
                return go(request, "/join")
            except TendError as error:
                return await self.told(request, error)

        return answer

    async def told(self, request: Request, error: TendError) -> Response:
        """Answer with a page that says what went wrong; on an instance that is a sample, marked as one."""
        sample = await in_thread(self.rounds.sample_remembered)
        if isinstance(error, NoBallot | Closed):
            return self.take(self.plain(request, "gone.html", 410, sample), KEY)
        if isinstance(error, StorageError):
            return self._later(request, error, sample)
        return self.plain(request, "sorry.html", status_of(error), sample, sentence=str(error))

    def _later(self, request: Request, error: StorageError, sample: bool) -> Response:
        """Say what the database cannot do now; a page that was only to be looked at then comes by itself, if it may."""
        again = isinstance(error, Busy) and request.method == "GET"
        typed = getattr(request.state, "form", Form({})).values
        values = {"typed": typed, "sentence": in_short(error), "path": request.scope["path"], "again": again}
        later = self.plain(request, "later.html", 503, sample, **values)
        if again:
            later.headers["Refresh"] = str(COME_BACK_AFTER)
        return later


def in_short(error: StorageError) -> str:
    """Return what a member needs to know of a failing database; the whole sentence is for who runs the server."""
    return str(error).split(". ")[0].rstrip(".") + ". Everything before this step is safe."


def language_of(request: Request, asked: AskedRound) -> str:
    """Return the language to show: the one asked for, the one chosen before, the browser's, else the round's first."""
    wanted = [request.query_params.get("language", ""), request.cookies.get(LANGUAGE, "")]
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.split(";")[0].strip().lower()
        wanted += [tag, tag.split("-")[0]]
    offered = {tag.lower(): tag for tag in asked.languages}
    return next((offered[tag.lower()] for tag in wanted if tag.lower() in offered), asked.languages[0])


def remember_language(response: Response, request: Request, asked: AskedRound, settings: Settings) -> Response:
    """Keep a language chosen by a link for the pages that follow."""
    chosen = request.query_params.get("language")
    if chosen in asked.languages:
        set_cookie(response, LANGUAGE, str(chosen), settings)
    return response


def refuse_faults(form: Form, known: tuple[str, ...]) -> None:
    """Raise Refused for fields that a page without free fields never sent, or sent twice."""
    if form.faults or form.foreign(known):
        raise Refused(422, "Something arrived that this page never asks. Go back to the page and send it from there.")


def refuse_others(form: Form, key: str) -> None:
    """Raise SomebodyElse for a form that was opened for the answers of another key."""
    named = form.text("whose")
    if named and named != _whose(key):
        raise SomebodyElse


def _whose(key: str) -> str:
    return digest(f"page {key}").hex()[:8]


def _seconds_left(asked: AskedRound) -> int:
    today = datetime.now(UTC).date()
    days = (asked.ends_on - today).days + 1 if asked.ends_on else KEPT_WITHOUT_END
    return max(days, 1) * 86_400
