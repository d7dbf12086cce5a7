"""Codes on paper: a printable sheet with QR codes, made by one post and shown once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assessment import rounds, tokens
from assessment.alliance import sign_in
from assessment.alliance.values import Person, Role
from assessment.alliance.web import SIGN_IN
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.forms import Form, Refused, read_form
from assessment.web.headers import check_origin
from assessment.web.pages import BASE_STYLE, Door, in_thread

HERE = Path(__file__).parent / "templates"
PRINT = "document.getElementById('print').onclick=()=>window.print()"
DOOR = Door(HERE, style=BASE_STYLE + (HERE / "sheet.css").read_text(encoding="utf-8"), script=PRINT)

EACH, NOBODY = "each", "nobody"
PERSONAL, SHARED = "personal", "shared"
FIELDS = ("organisation", "kind", "people", "once")
MOST_ON_A_SHEET = 2_000
PRESSES_IN_MEMORY = 4_096
MADE_ALREADY = (
    "The codes of this sheet were made already, and codes are shown once. Reloading made no new ones. "
    "If you could not print them, reload the page of the round and make new ones there: the lost ones serve nobody."
)


class Wanted(NamedTuple):
    """What to make for one organisation (None: for whoever holds it): `codes` codes of `seats` seats each."""

    organisation_id: str | None
    name: str
    codes: int
    seats: int


@dataclass(frozen=True, slots=True)
class Card:
    """One code as it is printed: for whom, how many it serves, typed and drawn."""

    name: str
    seats: int
    code: str
    picture: Markup


class Presses:
    """The presses of the button that made codes: a page reloaded by accident sends its form again."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def only_once(self, press: str) -> Iterator[None]:
        """Note a press while its codes are made; raise Refused for one that was noted. A press that failed is free."""
        with self._lock:
            if press in self._made:
                raise Refused(409, MADE_ALREADY)
            self._made[press] = None
            while len(self._made) > PRESSES_IN_MEMORY:
                self._made.popitem(last=False)
        try:
            yield
        except BaseException:
            self._made.pop(press, None)
            raise


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return the route that makes codes and answers with the sheet."""
    handler = DOOR.guarded(partial(_sheet, store=store, settings=settings, presses=Presses()))
    return [Route("/rounds/{round_id}/codes", handler, methods=["POST"])]


async def _sheet(request: Request, store: Store, settings: Settings, presses: Presses) -> Response:
    check_origin(request, settings)
    form = await read_form(request)
    person = await in_thread(sign_in.find, store, request.cookies.get(SIGN_IN))
    seen = await in_thread(_round_of, store, person, request.path_params["round_id"])
    wanted = asked_for(form, seen)
    base = settings.public_url or f"{request.url.scheme}://{request.headers['host']}"
    with presses.only_once(form.text("once")):
        cards = await in_thread(make_cards, store, seen.id, wanted, base, person.account_id if person else None)
    return DOOR.page("sheet.html", round=seen, cards=cards, address=f"{base}/join", alliance=_alliance(person))


def asked_for(form: Form, seen: rounds.RoundView) -> tuple[Wanted, ...]:
    """Read what to make from the form; raise Refused where a field is missing or cannot be.

    "each" makes personal codes for everybody of every organisation, or one shared code for each organisation. "once"
    is a token that each showing of the form has for itself (`Presses`).
    """
    if form.faults or form.foreign(FIELDS) or tokens.read_token(form.text("once")) is None:
        raise Refused(400, "This form could not be read. Go back to the round and send it from there.")
    kind, chosen = form.text("kind"), form.text("organisation")
    if kind not in {PERSONAL, SHARED}:
        raise Refused(400, "Say what kind of codes to make: personal ones, or a shared one.")
    if chosen == EACH:
        wanted = tuple(_for(kind, o.organisation_id, o.name, o.headcount) for o in seen.roster)
    else:
        names = {o.organisation_id: o.name for o in seen.roster} | {NOBODY: ""}
        if chosen not in names:
            raise Refused(400, "Choose one of the organisations of this round.")
        wanted = (_for(kind, None if chosen == NOBODY else chosen, names[chosen], _people(form.text("people"))),)
    if sum(w.codes for w in wanted) > MOST_ON_A_SHEET:
        raise Refused(400, f"That is more than {MOST_ON_A_SHEET:,} codes. Make them organisation by organisation.")
    return wanted


def make_cards(store: Store, round_id: str, wanted: tuple[Wanted, ...], base: str, by: str | None) -> tuple[Card, ...]:
    """Make the codes and draw them; raise RoundError where the round is not open."""
    made: list[Card] = []
    for one in wanted:
        codes = rounds.add_codes(store, round_id, one.organisation_id, one.codes, one.seats, by=by)
        made += [Card(one.name, one.seats, tokens.grouped(code), _picture(f"{base}/join#{code}")) for code in codes]
    return tuple(made)


def _for(kind: str, organisation_id: str | None, name: str, people: int | None) -> Wanted:
    if people is None:
        raise Refused(400, f"Nobody has noted how many people {name} has. Make its codes alone, with a number.")
    codes, seats = (people, 1) if kind == PERSONAL else (1, people)
    return Wanted(organisation_id, name, codes, seats)


def _people(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST_ON_A_SHEET):
        raise Refused(400, f"Say for how many people: a number from 1 to {MOST_ON_A_SHEET:,}.")
    return int(typed)


def _round_of(store: Store, person: Person | None, round_id: str) -> rounds.RoundView:
    if person is None:
        raise Refused(403, "Sign in first.")
    seen = rounds.round_view(store, round_id)
    if person.role not in {Role.OWNER, Role.COORDINATOR} or seen.alliance_id != person.alliance_id:
        raise Refused(403, "Only coordinators of this alliance make codes for its rounds.")
    return seen


def _picture(address: str) -> Markup:
    # Level M survives a coffee stain; segno writes no script and no style, only a path.
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2, omitsize=True)
    return Markup(drawn)  # noqa: S704 (drawn from an address that we made)


def _alliance(person: Person | None) -> str:
    return person.alliance_name if person else ""
