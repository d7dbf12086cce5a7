"""The remote: a leader steps the room from a phone or a laptop; another leader takes over where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment import clock, rounds
from assessment.alliance import sign_in
from assessment.alliance.values import FieldFaults, Person
from assessment.alliance.web import SIGN_IN
from assessment.retreat import plans, promising
from assessment.retreat.acts import FOREIGN, act, whole
from assessment.retreat.drawing import REMOTE, REMOTE_DOOR
from assessment.retreat.hall import SCRIPTED, Hall, as_page, following
from assessment.retreat.live import FRESH, Drawn
from assessment.retreat.steering import Steering
from assessment.retreat.stream import Terms
from assessment.retreat.values import LEADERS, NoRetreat, RetreatError
from assessment.web.forms import Form, Refused
from assessment.web.headers import COMMON
from assessment.web.pages import in_thread, status_of

TERMS = Terms(REMOTE, again=300, lasts=60.0)
"""Whoever signed out, or may lead no longer, learns nothing more after a minute."""
FIRST_DUE = timedelta(days=90)
NOTHING: Mapping[str, str] = {}
T = TypeVar("T")
Handler = Callable[[Request, Person, str], Any]


@dataclass(frozen=True)
class RemotePage:
    """Handlers of /room/ID. Whoever is not signed in goes to the sign-in page and comes back."""

    hall: Hall

    def routes(self) -> list[Route]:
        """Return the addresses of the remote."""
        table: list[tuple[str, Handler, str]] = [
            ("", self.show, "GET"),
            ("", self.act, "POST"),
            ("/live", self.live, "GET"),
            ("/now", self.now, "GET"),
            ("/start", self.start, "POST"),
            ("/end", self.end, "POST"),
            ("/screen", self.screen, "POST"),
            ("/address", self.address, "POST"),
            ("/promise", self.promise, "POST"),
            ("/seal", self.seal, "POST"),
        ]
        guarded = REMOTE_DOOR.guarded
        return [
            Route(f"/room/{{retreat_id}}{path}", guarded(partial(self._led, handler)), methods=[method])
            for path, handler, method in table
        ]

    async def show(self, request: Request, person: Person, retreat_id: str) -> Response:
        """GET /room/ID: where the room stands, and what can be done."""
        drawn = await self._drawn(person, retreat_id)
        await self.hall.reach(request, retreat_id)
        return await self._page(request, drawn)

    async def act(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID: one act, on the room as it was seen."""
        form = await self.hall.form(request)
        drawn = await self._drawn(person, retreat_id)
        steering = Steering(self.hall.store, retreat_id, person, whole(form, "seen", 9))
        try:
            await in_thread(act, steering, form, drawn.pages)
        except RetreatError as error:
            return await self._answer(request, person, retreat_id, str(error), status_of(error))
        return await self._answer(request, person, retreat_id)

    async def live(self, request: Request, person: Person, retreat_id: str) -> Response:
        """GET /room/ID/live: the room's events."""
        await self._drawn(person, retreat_id, FRESH)
        return self.hall.stream(request, retreat_id, TERMS)

    async def now(self, request: Request, person: Person, retreat_id: str) -> Response:
        """GET /room/ID/now: where the room stands, once it is new."""
        await self._drawn(person, retreat_id, FRESH)
        return await self.hall.now(request, retreat_id, TERMS)

    async def start(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/start: begin, or take it up again."""
        await self.hall.form(request)
        await in_thread(plans.start, self.hall.store, retreat_id, person)
        return self._moved(retreat_id)

    async def end(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/end: end it, and forget every phone."""
        _sure(await self.hall.form(request))
        await in_thread(plans.end, self.hall.store, retreat_id, person)
        return self._moved(retreat_id)

    async def screen(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/screen: give the screen another address, or none."""
        wanted = (await self.hall.form(request)).text("address")
        if wanted not in {"new", "none"}:
            raise Refused(400, FOREIGN)
        change = plans.renew_screen if wanted == "new" else plans.withdraw_screen
        await in_thread(_quietly, change, self.hall.store, retreat_id, person)
        return self._moved(retreat_id)

    async def address(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/address: choose at which of this machine's addresses phones come in."""
        chosen = (await self.hall.form(request)).text("address")
        await self._drawn(person, retreat_id)
        if chosen not in await self.hall.offered(request):
            raise Refused(400, FOREIGN)
        self.hall.choose(retreat_id, chosen)
        return self._moved(retreat_id)

    async def promise(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/promise: write a commitment down, for all to see."""
        form = await self.hall.form(request)
        drawn = await self._drawn(person, retreat_id)
        try:
            if form.faults or form.foreign(promising.FIELDS):
                raise FieldFaults({**dict(form.faults)} or {"": FOREIGN})
            draft = promising.read(form, drawn.now.round_id)
            steering = Steering(self.hall.store, retreat_id, person, drawn.now.version)
            await in_thread(steering.promise, draft)
        except FieldFaults as error:
            return await self._page(request, drawn, typed=form.values, faults=error.faults, status=422)
        return self._moved(retreat_id, "#promises")

    async def seal(self, request: Request, person: Person, retreat_id: str) -> Response:
        """POST /room/ID/seal: seal the round in front of everybody; its results become the next steps."""
        _sure(await self.hall.form(request))
        drawn = await self._drawn(person, retreat_id)
        if not drawn.now.answering:
            raise RetreatError("Nothing is answered in the room now, so that there is nothing to seal.")
        await in_thread(rounds.seal, self.hall.store, drawn.now.round_id, by=person.account_id)
        await in_thread(promising.append_results, self.hall.store, retreat_id, person)
        return self._moved(retreat_id)

    async def _led(self, handler: Handler, request: Request) -> Response:
        """Let leaders of the retreat's alliance in; others learn nothing of it."""
        person = await in_thread(sign_in.find, self.hall.store, request.cookies.get(SIGN_IN))
        retreat_id = request.path_params["retreat_id"]
        if person is not None and person.role in LEADERS:
            response: Response = await handler(request, person, retreat_id)
            return response
        if person is not None:
            raise NoRetreat
        if request.method == "GET" and request.scope["path"] == f"/room/{retreat_id}":
            return RedirectResponse(f"/sign-in?next=/room/{quote(retreat_id)}", 303, COMMON)
        raise Refused(403, "Your sign-in has ended. Sign in again and open the remote: the room stays where it is.")

    async def _drawn(self, person: Person, retreat_id: str, at_least: float = 0.0) -> Drawn:
        drawn = await self.hall.look(retreat_id, at_least)
        if drawn.now.alliance_id != person.alliance_id:
            raise NoRetreat
        return drawn

    async def _answer(
        self, request: Request, person: Person, retreat_id: str, said: str = "", status: int = 200
    ) -> Response:
        """Tell whoever follows, and answer our script with the sheet, a browser without scripts with the page."""
        self.hall.room(retreat_id).wake()
        scripted = SCRIPTED in request.headers
        if not said and not scripted:
            return RedirectResponse(f"/room/{retreat_id}", 303, COMMON)
        drawn = await self._drawn(person, retreat_id)
        if not scripted:
            return await self._page(request, drawn, said=said, status=status)
        sheet = drawn.sheets[REMOTE]
        return HTMLResponse(sheet.html, status, {**COMMON, "Tend-Tag": sheet.tag})

    def _moved(self, retreat_id: str, place: str = "") -> Response:
        self.hall.room(retreat_id).wake()
        return RedirectResponse(f"/room/{retreat_id}{place}", 303, COMMON)

    async def _page(
        self,
        request: Request,
        drawn: Drawn,
        *,
        said: str = "",
        typed: Mapping[str, str] = NOTHING,
        faults: Mapping[str, str] = NOTHING,
        status: int = 200,
    ) -> Response:
        here = f"/room/{drawn.now.id}"
        offered = await in_thread(promising.offered, self.hall.store, drawn.now.alliance_id, drawn.now.round_id)
        fresh = {"what": "", "organisation": "", "measure": "", "due_on": (clock.today() + FIRST_DUE).isoformat()}
        return REMOTE_DOOR.page(
            "remote.html",
            status=status,
            now=drawn.now,
            sheet=as_page(drawn, REMOTE),
            follow=following(drawn, REMOTE, live=f"{here}/live?have=", now=f"{here}/now?have="),
            said=said,
            typed={**fresh, **typed},
            faults=faults,
            addresses=await self.hall.offered(request) if drawn.now.running else [],
            base=self.hall.drawing.address(drawn.now.id),
            organisations=offered.organisations,
            measures=offered.measures,
        )


def _sure(form: Form) -> None:
    if form.text("sure") != "yes":
        raise Refused(422, "Tick the box first: this cannot be undone. Go back to the remote.")


def _quietly(change: Callable[..., object], *arguments: object) -> None:
    change(*arguments)
