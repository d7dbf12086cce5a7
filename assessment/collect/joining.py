"""From a code to a ballot: the typed code, the first page with its promises, coming back, being forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from assessment.collect import words, writing
from assessment.collect.asked import AskedRound
from assessment.collect.ballot import CodeRefused, Joining, NoBallot
from assessment.collect.changes import Begin
from assessment.collect.desk import CODE, Desk, language_of, refuse_faults, refuse_others, remember_language
from assessment.collect.room_codes import RoomClosed, admit, is_room_code
from assessment.collect.screens import Screen, go
from assessment.storage.ballots import Seat
from assessment.tokens import grouped, new_token, read_token
from assessment.web.forms import Form

CODE_KEPT = 3_600
TICK = "yes"

NO_CODE = "Type your code."
PICK = "Pick your organisation, or tick that you count only in the total."
TICK_OR_NOT = "Tick this box or leave it empty."


@dataclass(frozen=True, slots=True)
class Pending:
    """An accepted code before its seat is taken."""

    code: str
    key: str


@dataclass(frozen=True)
class JoiningPages:
    """Handlers of /join, /start, /return and /forget."""

    desk: Desk

    async def ask_code(self, request: Request) -> Response:
        """GET /join: type a code, or go on with what this device knows."""
        sample = await self.desk.sample()
        begun = self.desk.key(request) is not None
        return self.desk.screens.show_kept(request, ("join", begun, sample), lambda: _code_screen(begun, sample))

    async def take_code(self, request: Request) -> Response:
        """POST /join: accept a code, a room code, or a return code.

        Used, unknown and foreign ones get one and the same answer.
        """
        form = await self.desk.form(request)
        _refuse_rubbish_beside_the_code(form, request.scope["path"])
        typed = "" if "code" in form.faults else form.text("code")
        if not typed:
            return await self._refuse_code(request, form.faults.get("code", NO_CODE))
        try:
            if is_room_code(typed):
                typed = await admit(self.desk.store, typed)
            await writing.look_up(self.desk.store, typed)
        except RoomClosed as closed:
            return await self._refuse_code(request, str(closed))
        except CodeRefused as refused:
            return await self._take_return_code(request, typed, form, str(refused))
        return self.desk.give(go(request, "/start"), CODE, f"{read_token(typed)}.{new_token()}", CODE_KEPT)

    async def first_page(self, request: Request) -> Response:
        """GET /start: what this is, how long, who asks, who will see what, what is not protected."""
        pending = self._pending(request)
        if pending is None:
            return await self._first_page_again(request)
        try:
            seat = await writing.look_up(self.desk.store, pending.code)
        except CodeRefused:
            return await self._after_lost_answer(request, pending)
        asked = await self.desk.asked(seat.round_id)
        language, begun = language_of(request, asked), self.desk.key(request) is not None
        key = ("start", asked.id, asked.alliance, asked.promised, language, seat.organisation_id, begun)
        response = self.desk.screens.show_kept(request, key, lambda: _start_screen(asked, language, seat, begun))
        return remember_language(response, request, asked, self.desk.settings)

    async def start(self, request: Request) -> Response:
        """POST /start: take the seat and begin."""
        form = await self.desk.form(request)
        pending = self._pending(request)
        if pending is None:
            return go(request, "/join")
        seat = await writing.look_up_again(self.desk.store, pending.code, pending.key)
        asked = await self.desk.asked(seat.round_id)
        faults = _faults(form, asked, seat)
        if faults:
            return self._first_page_with(request, asked, seat, form, faults)
        chosen = Joining(asked.chosen(form.text("organisation")), form.text("only_total") == TICK)
        await writing.begin(self.desk.store, Begin(asked, pending.code, pending.key, chosen))
        response = self.desk.take(go(request, "/answer"), CODE)
        own_phone = form.text("own_phone") == TICK
        return self.desk.remember(response, pending.key, asked, own_phone=own_phone)

    async def return_code(self, request: Request) -> Response:
        """GET /return: show one's own return code, or ask for one."""
        if self.desk.key(request) is None:
            sample = await self.desk.sample()
            return self.desk.screens.show_kept(request, ("return", sample), lambda: _return_screen(sample))
        visit = await self.desk.visit(request)
        where = self.desk.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
        here = f"{where}/join".split("://", 1)[1]
        response = self.desk.show(request, "return.html", visit, code=grouped(visit.key), faults={}, where=here)
        return remember_language(response, request, visit.asked, self.desk.settings)

    async def ask_forget(self, request: Request) -> Response:
        """GET /forget: ask whether this device shall forget."""
        visit = await self.desk.visit(request)
        return self.desk.show(request, "forget.html", visit, code=grouped(visit.key))

    async def forget(self, request: Request) -> Response:
        """POST /forget: take the key, and a code not used yet, from this device; the ballot stays."""
        form = await self.desk.form(request)
        refuse_faults(form, ("whose",))
        key = self.desk.key(request)
        if key is not None:
            refuse_others(form, key)
        return self.desk.forget(go(request, "/forgotten"))

    async def forgotten(self, request: Request) -> Response:
        """GET /forgotten: say that this device knows nothing any more."""
        return self.desk.plain(request, "forgotten.html", sample=await self.desk.sample())

    def _pending(self, request: Request) -> Pending | None:
        code, _, key = self.desk.carried(request, CODE).partition(".")
        read_code, read_key = read_token(code), read_token(key)
        return Pending(read_code, read_key) if read_code and read_key else None

    async def _take_return_code(self, request: Request, typed: str, form: Form, refused: str) -> Response:
        key = read_token(typed) or ""
        try:
            ballot = await writing.find(self.desk.store, key)
        except NoBallot:
            return await self._refuse_code(request, refused)
        asked = await self.desk.asked(ballot.round_id)
        address = "/review" if ballot.sent else "/answer"
        return self.desk.remember(go(request, address), key, asked, own_phone=form.text("own_phone") == TICK)

    async def _refuse_code(self, request: Request, sentence: str) -> Response:
        sample = await self.desk.sample()
        begun = self.desk.key(request) is not None
        template = "return.html" if request.scope["path"] == "/return" else "join.html"
        values = {"begun": begun, "faults": {"code": sentence}, "code": None}
        return self.desk.plain(request, template, 422, sample, **values)

    async def _first_page_again(self, request: Request) -> Response:
        visit = await self.desk.visit(request)
        seat = Seat(visit.asked.id, visit.ballot.organisation_id)
        values = _start_values(visit.asked, visit.language, seat, begun=True) | {"going_on": visit.ballot}
        response = self.desk.show(request, "start.html", visit, **values)
        return remember_language(response, request, visit.asked, self.desk.settings)

    async def _after_lost_answer(self, request: Request, pending: Pending) -> Response:
        """The seat is gone. If it became this browser's ballot, its answer was lost on the way: go on with it."""
        try:
            ballot = await writing.find(self.desk.store, pending.key)
        except NoBallot:
            response = go(request, "/join")
        else:
            asked = await self.desk.asked(ballot.round_id)
            response = self.desk.remember(go(request, "/answer"), pending.key, asked, own_phone=False)
        return self.desk.take(response, CODE)

    def _first_page_with(
        self, request: Request, asked: AskedRound, seat: Seat, form: Form, faults: dict[str, str]
    ) -> Response:
        language, begun = language_of(request, asked), self.desk.key(request) is not None
        values = _start_values(asked, language, seat, begun=begun, form=form) | {"faults": faults}
        return self.desk.screens.show(request, Screen("start.html", language, asked, asked.sample, values, 422))


def _refuse_rubbish_beside_the_code(form: Form, path: str) -> None:
    known = ("code", "own_phone") if path == "/return" else ("code",)
    beside = {name: fault for name, fault in form.faults.items() if name != "code"}
    if form.values.get("own_phone", TICK) != TICK:
        beside["own_phone"] = TICK_OR_NOT
    refuse_faults(Form(form.values, beside), known)


def _faults(form: Form, asked: AskedRound, seat: Seat) -> dict[str, str]:
    """Return what is wrong with the first page's choices by field; "" is what belongs to no field of it."""
    picks = asked.attributed and seat.organisation_id is None
    known = {"own_phone", *(["only_total"] if asked.grouped else []), *(["organisation"] if picks else [])}
    faults = {name: fault for name, fault in form.faults.items() if name in known}
    if form.foreign(known) or set(form.faults) - known:
        faults[""] = "Something arrived that this page never asks. Look at your choices and send them again."
    for box in ("own_phone", "only_total"):
        if form.values.get(box, TICK) != TICK:
            faults[box] = TICK_OR_NOT
    chosen = form.text("organisation")
    if picks and asked.chosen(chosen) is None and (chosen or "only_total" not in form.values):
        faults.setdefault("organisation", PICK)
    return faults


def _code_screen(begun: bool, sample: bool) -> Screen:
    return Screen("join.html", "en", None, sample, {"begun": begun, "faults": {}})


def _return_screen(sample: bool) -> Screen:
    return Screen("return.html", "en", None, sample, {"code": None, "faults": {}})


def _start_screen(asked: AskedRound, language: str, seat: Seat, begun: bool) -> Screen:
    return Screen("start.html", language, asked, asked.sample, _start_values(asked, language, seat, begun=begun))


def _start_values(
    asked: AskedRound, language: str, seat: Seat, *, begun: bool, form: Form | None = None
) -> dict[str, Any]:
    say = words.speaker(language)
    return {
        "promises": words.promises(asked, say),
        "promised": [(told.what, words.terms(told, say)) for told in asked.promised],
        "ends": words.day(asked.ends_on) if asked.ends_on else "",
        "organisation": asked.organisation(seat.organisation_id),
        "picks": asked.attributed and seat.organisation_id is None,
        "begun": begun,
        "going_on": None,
        "typed": dict(form.values) if form else {},
        "faults": {},
    }
