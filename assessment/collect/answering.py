"""Answer the sections: each Next, Back and change of language saves; nothing typed is lost when a save fails."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from assessment.collect import sections
from assessment.collect.asked import AskedRound
from assessment.collect.ballot import AnotherRound, Closed, NoBallot, NothingLeft, Stale
from assessment.collect.changes import Save
from assessment.collect.desk import (
    LANGUAGE,
    Desk,
    SomebodyElse,
    Stranger,
    Visit,
    in_short,
    language_of,
    remember_language,
)
from assessment.collect.screens import ANYBODY, Screen, go
from assessment.collect.section_form import form_faults, revision_of, without
from assessment.collect.validation import Answers, check
from assessment.collect.writing import change
from assessment.questionnaire.values import Section
from assessment.storage.engine import StorageError
from assessment.storage.tables import State
from assessment.web.forms import Form, Refused
from assessment.web.headers import set_cookie
from assessment.web.pages import in_thread

NOT_SAVED = "Not saved yet"
THEN_SEND = "Do so in another window, then send this page again: what you typed is still on it."
STILL_HERE = "What you typed is still on this page. Send it again in a moment."


@dataclass(frozen=True, slots=True)
class Notice:
    """Words on top of a section whose save failed."""

    title: str
    sentence: str
    closed: bool = False


@dataclass(frozen=True)
class AnsweringPages:
    """Handlers of /answer and /answer/{section}."""

    desk: Desk

    async def resume(self, request: Request) -> Response:
        """GET /answer: go on where one stopped."""
        visit = await self.desk.visit(request)
        section = visit.ballot.next_section(visit.asked.questionnaire)
        return go(request, sections.address(section) if section else "/review")

    async def show(self, request: Request) -> Response:
        """GET /answer/{section}: a section as it was saved; a blank one comes from memory."""
        visit = await self.desk.visit(request)
        section = _section(request, visit.asked)
        revision = visit.ballot.revision(visit.asked.questionnaire, section)
        if revision:
            response = self._page(request, visit, section, sections.raw(_saved(visit, section)), str(revision))
        else:
            key = ("section", visit.asked.id, visit.asked.alliance, visit.language, section.key)
            response = self.desk.screens.show_blank(request, key, lambda: _blank(visit, section), visit.whose)
        return remember_language(response, request, visit.asked, self.desk.settings)

    async def save(self, request: Request) -> Response:
        """POST /answer/{section}: save and go on; else the same page with what was typed and what went wrong."""
        form = await self.desk.form(request)
        try:
            return await self._save(request, form)
        except (Stranger, NoBallot, Closed):
            return await self._kept(request, form)
        except SomebodyElse as other:
            kept = self._remembered(request, form, Notice(NOT_SAVED, f"{other} {THEN_SEND}"), 403)
            if kept is None:
                raise
            return kept
        except StorageError as error:
            notice = Notice(NOT_SAVED, f"{in_short(error)} {STILL_HERE}")
            kept = self._remembered(request, form, notice, 503)
            if kept is None:
                raise
            return kept

    async def _save(self, request: Request, form: Form) -> Response:
        """Save as the round says that the page names, which is in memory; ask for the ballot's own only in doubt."""
        key = self.desk.key_of(request, form)
        named = self.desk.rounds.fresh(form.text("round"))
        if named is not None and named.section(request.path_params["section"]):
            with suppress(AnotherRound):
                return await self._save_in(request, form, key, named)
        visit = await self.desk.visit(request)
        return await self._save_in(request, form, key, visit.asked)

    async def _save_in(self, request: Request, form: Form, key: str, asked: AskedRound) -> Response:
        section = _section(request, asked)
        checked = check(section.questions, form.values)
        faults = dict(checked.faults) | form_faults(form, asked, section)
        if faults:
            return await self._faulty(request, form, asked, section, faults)
        given, cleared = checked.answers, form.values.get("clear")
        if cleared:
            given = without(given, cleared)
        try:
            saved = await change(self.desk.store, Save(key, asked, section, int(form.values["revision"]), given))
        except Stale as stale:
            return self._both(request, await self.desk.visit(request), section, given, stale)
        except NothingLeft as nothing:
            return await self._faulty(request, form, asked, section, {"": str(nothing)})
        return self._go_on(request, form, asked, section, saved)

    async def _faulty(
        self, request: Request, form: Form, asked: AskedRound, section: Section, faults: dict[str, str]
    ) -> Response:
        visit = await self.desk.visit(request)
        if visit.asked.id != asked.id:
            raise AnotherRound
        return self._page(request, visit, section, form.values, revision_of(form), faults)

    def _go_on(self, request: Request, form: Form, asked: AskedRound, section: Section, revision: int) -> Response:
        language, cleared = form.values.get("language"), form.values.get("clear")
        if language:
            response = go(request, sections.address(section), revision)
            set_cookie(response, LANGUAGE, language, self.desk.settings)
            return response
        if cleared:
            return go(request, f"{sections.address(section)}#{cleared}", revision)
        then = form.values.get("then", "next")
        if then == "review":
            return go(request, "/review", revision)
        return go(request, sections.neighbour(asked, section, -1 if then == "back" else 1), revision)

    def _page(
        self,
        request: Request,
        visit: Visit,
        section: Section,
        typed: sections.Raw,
        revision: str,
        faults: dict[str, str] | None = None,
    ) -> Response:
        all_seen = visit.ballot.next_section(visit.asked.questionnaire) is None
        values = _values(visit.asked, visit.language, section, typed, faults or {})
        values |= {"revision": revision, "all_seen": all_seen, "saved": not faults}
        return self.desk.show(request, "section.html", visit, 422 if faults else 200, **values)

    def _both(self, request: Request, visit: Visit, section: Section, given: Answers, stale: Stale) -> Response:
        texts = visit.asked.texts(visit.language)
        return self.desk.show(
            request,
            "stale.html",
            visit,
            409,
            section=section,
            words=texts.section[section.key],
            differences=sections.differences(section, texts, given, stale.stored),
            typed=sections.raw(given),
            revision=stale.revision,
        )

    async def _kept(self, request: Request, form: Form) -> Response:
        """There is no ballot to save into: say why, and keep what was typed on the page."""
        try:
            state = await in_thread(self.desk.rounds.state, form.text("round"))
            if state is not None:
                await in_thread(self.desk.rounds.get, form.text("round"))
        except StorageError as error:
            notice, status = Notice(NOT_SAVED, f"{in_short(error)} {STILL_HERE}"), 503
        else:
            notice, status = _why(state)
        kept = self._remembered(request, form, notice, status)
        return kept or await self.desk.told(request, NoBallot())

    def _remembered(self, request: Request, form: Form, notice: Notice, status: int) -> Response | None:
        asked = self.desk.rounds.remembered(form.text("round"))
        section = asked.section(request.path_params["section"]) if asked else None
        if asked is None or section is None:
            return None
        language = language_of(request, asked)
        values = _values(asked, language, section, form.values, {})
        values |= {"notice": notice, "revision": revision_of(form), "whose": form.text("whose")[:8]}
        screen = Screen("section.html", language, asked, asked.sample, values, status)
        return self.desk.screens.show(request, screen)


def _why(state: State | None) -> tuple[Notice, int]:
    if state is not None and state is not State.OPEN:
        closed = "This part was not saved. What was sent before the end counts. What you typed is still on this page."
        return Notice("This round is closed", closed, closed=True), 410
    lost = "This device no longer knows your answers, or they were withdrawn. Type your return code in another window, "
    return Notice(NOT_SAVED, lost + "then send this page again: what you typed is still on it."), 403


def _section(request: Request, asked: AskedRound) -> Section:
    section = asked.section(request.path_params["section"])
    if section is None:
        raise Refused(404, "These questions have no such part. Go back, or begin again at the first page.")
    return section


def _saved(visit: Visit, section: Section) -> Answers:
    return visit.ballot.of(visit.asked.questionnaire, section)


def _values(
    asked: AskedRound, language: str, section: Section, typed: sections.Raw, faults: dict[str, str]
) -> dict[str, Any]:
    made = sections.values(asked, asked.texts(language), section, typed, faults)
    return made | {"all_seen": False, "saved": False, "notice": None}


def _blank(visit: Visit, section: Section) -> Screen:
    values = _values(visit.asked, visit.language, section, {}, {}) | {"revision": 0, "whose": ANYBODY}
    return Screen("section.html", visit.language, visit.asked, visit.asked.sample, values)
