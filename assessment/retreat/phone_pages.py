"""The pages of phones in the room: come in by the code on the screen, wait, vote. They work without scripts, too."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment import tokens
from assessment.errors import TendError
from assessment.retreat import phones
from assessment.retreat.drawing import PHONE, PHONE_DOOR
from assessment.retreat.hall import SCRIPTED, Hall, as_page, following
from assessment.retreat.live import FRESH, Drawn
from assessment.retreat.phones import Arrival, CodeRefused, NotAsked, NotJoined, TooManyCodes, Vote
from assessment.retreat.stream import Terms
from assessment.storage import grouped
from assessment.storage.phones import Seen
from assessment.web.headers import COMMON, clear_cookie, set_cookie
from assessment.web.pages import status_of

KEY = "tend_room"
TERMS = Terms(PHONE, again=1_000)
TYPE_IT = "Type the code on the screen."


class NoPlace(TendError):
    """Say that so many phones follow rooms that this one has to ask again; its page does, and it can vote meanwhile."""

    http_status = 503

    def __init__(self) -> None:
        super().__init__("Very many phones follow this room. Try again in a moment.")


@dataclass(frozen=True)
class PhonePages:
    """Handlers of /r, the short address."""

    hall: Hall

    def routes(self) -> list[Route]:
        """Return the addresses of phones."""
        table = [
            ("/r", self.show, "GET"),
            ("/r", self.join, "POST"),
            ("/r/vote", self.vote, "POST"),
            ("/r/live", self.live, "GET"),
            ("/r/now", self.now, "GET"),
        ]
        return [Route(path, PHONE_DOOR.guarded(handler), methods=[method]) for path, handler, method in table]

    async def show(self, request: Request) -> Response:
        """GET /r: what the room asks now, or the way in."""
        key = self._key(request)
        if key is None or "another" in request.query_params:
            return PHONE_DOOR.page("phone_join.html", fault="")
        try:
            return await self._room(key)
        except NotJoined:
            return self._forget(PHONE_DOOR.page("phone_join.html", fault=""))

    async def join(self, request: Request) -> Response:
        """POST /r: come in by a code."""
        form = await self.hall.form(request)
        typed = "" if form.faults else form.text("code")
        try:
            if not typed:
                raise CodeRefused
            retreat_id = await grouped.write_all(self.hall.store, phones.find_all, typed)
            key = await self._key_for(request, retreat_id)
            await grouped.write_all(self.hall.store, phones.join_all, Arrival(key, retreat_id))
        except CodeRefused as refused:
            return PHONE_DOOR.page("phone_join.html", status=422, fault=str(refused) if typed else TYPE_IT)
        except TooManyCodes as error:
            return PHONE_DOOR.page("phone_join.html", status=429, fault=str(error))
        response = RedirectResponse("/r", 303, COMMON)
        set_cookie(response, self._cookie, key, self.hall.settings)
        return response

    async def vote(self, request: Request) -> Response:
        """POST /r/vote: choose once; again to change it, until it is revealed."""
        form = await self.hall.form(request)
        scripted = SCRIPTED in request.headers
        key, choice = self._key(request), form.text("choice")
        try:
            if key is None:
                raise NotJoined
            if form.faults or not (choice.isascii() and choice.isdigit() and len(choice) < 3):
                raise NotAsked
            vote = Vote(key, form.text("step"), int(choice))
            await grouped.write_all(self.hall.store, phones.vote_all, vote)
        except (NotJoined, NotAsked) as error:
            if scripted:
                return PlainTextResponse(str(error), status_of(error), COMMON)
            if key is None or isinstance(error, NotJoined):
                return self._forget(PHONE_DOOR.page("phone_join.html", status=403, fault=str(error)))
            return await self._room(key, said=str(error), status=409)
        return Response(status_code=204, headers=COMMON) if scripted else RedirectResponse("/r", 303, COMMON)

    async def live(self, request: Request) -> Response:
        """GET /r/live: the room's events, the same for every phone."""
        try:
            return self.hall.stream(request, (await self._follower(request)).retreat_id, TERMS)
        except TendError as error:
            return Response(status_code=status_of(error), headers=COMMON)

    async def now(self, request: Request) -> Response:
        """GET /r/now: what the room asks, once it is new."""
        try:
            return await self.hall.now(request, (await self._follower(request)).retreat_id, TERMS)
        except TendError as error:
            return Response(status_code=status_of(error), headers=COMMON)

    async def _room(self, key: str, *, said: str = "", status: int = 200) -> Response:
        drawn, seen = await self._both(key)
        own = f"{seen.asked}:{seen.own}" if seen.asked and seen.own is not None else ""
        follow = following(drawn, PHONE, live="/r/live?have=", now="/r/now?have=", own=own)
        sheet = as_page(drawn, PHONE)
        if drawn.now.asks and seen.own is not None and seen.asked == (drawn.now.step and drawn.now.step.id):
            button = Markup(f'value="{seen.own}" aria-pressed="false"')  # noqa: S704 (a number)
            sheet = sheet.replace(button, Markup(button.replace("false", "true")))  # noqa: S704
        return PHONE_DOOR.page("phone.html", status=status, now=drawn.now, sheet=sheet, follow=follow, said=said)

    async def _both(self, key: str) -> tuple[Drawn, Seen]:
        seen = await grouped.read_all(self.hall.store, phones.see_all, key)
        drawn = await self.hall.look(seen.retreat_id, FRESH)
        return drawn, seen

    async def _follower(self, request: Request) -> Seen:
        seen = await self._seen(request)
        if self.hall.rooms.full:
            raise NoPlace
        return seen

    async def _seen(self, request: Request) -> Seen:
        key = self._key(request)
        if key is None:
            raise NotJoined
        return await grouped.read_all(self.hall.store, phones.see_all, key)

    async def _key_for(self, request: Request, retreat_id: str) -> str:
        """Return the key that a phone has in this room, else a new one: each room knows it by another."""
        key = self._key(request)
        if key is not None:
            with suppress(NotJoined):
                seen = await grouped.read_all(self.hall.store, phones.see_all, key)
                if seen.retreat_id == retreat_id:
                    return key
        return tokens.new_token()

    def _key(self, request: Request) -> str | None:
        return tokens.read_token(request.cookies.get(self._cookie, ""))

    def _forget(self, response: Response) -> Response:
        clear_cookie(response, self._cookie, self.hall.settings)
        return response

    @property
    def _cookie(self) -> str:
        # As for members: only this very host can set a cookie of this name.
        return f"__Host-{KEY}" if self.hall.settings.secure else KEY
