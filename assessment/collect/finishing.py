"""Look over one's answers, send them, see the mirror, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from assessment.collect.ballot import NothingAnswered
from assessment.collect.changes import Sending, Withdrawal
from assessment.collect.desk import Desk, Visit, refuse_faults, remember_language
from assessment.collect.mirror import label, mirror
from assessment.collect.screens import go
from assessment.collect.words import day
from assessment.collect.writing import change
from assessment.questionnaire.values import Question, Section


class Looked(NamedTuple):
    """A section in the review: how much of it is answered, and each question with its answer, "" for none."""

    key: str
    title: str
    given: int
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class FinishingPages:
    """Handlers of /review, /send, /mirror and /withdraw."""

    desk: Desk

    async def review(self, request: Request) -> Response:
        """GET /review: everything that was answered, by section."""
        visit = await self.desk.visit(request)
        return remember_language(self._review(request, visit, {}), request, visit.asked, self.desk.settings)

    async def send(self, request: Request) -> Response:
        """POST /send: count this ballot from now on."""
        form = await self.desk.form(request)
        refuse_faults(form, ("whose",))
        try:
            await change(self.desk.store, Sending(self.desk.key_of(request, form)))
        except NothingAnswered as nothing:
            visit = await self.desk.visit(request)
            return self._review(request, visit, {"sections": str(nothing)}, 422)
        return go(request, "/mirror")

    async def before_sending(self, request: Request) -> Response:
        """GET /send: somebody came back to the address of a button."""
        return go(request, "/review")

    async def mirror(self, request: Request) -> Response:
        """GET /mirror: thanks, and one's own answers by dimension."""
        visit = await self.desk.visit(request)
        if not visit.ballot.sent:
            return go(request, "/review")
        texts = visit.asked.texts(visit.language)
        ends = day(visit.asked.ends_on) if visit.asked.ends_on else ""
        seen = mirror(visit.asked, texts, visit.ballot)
        response = self.desk.show(request, "mirror.html", visit, mirror=seen, ends=ends)
        return remember_language(response, request, visit.asked, self.desk.settings)

    async def ask_withdraw(self, request: Request) -> Response:
        """GET /withdraw: ask whether the answers shall be deleted."""
        return self.desk.show(request, "withdraw.html", await self.desk.visit(request))

    async def withdraw(self, request: Request) -> Response:
        """POST /withdraw: delete the ballot."""
        form = await self.desk.form(request)
        refuse_faults(form, ("whose",))
        await change(self.desk.store, Withdrawal(self.desk.key_of(request, form)))
        return self.desk.forget(go(request, "/withdrawn"))

    async def withdrawn(self, request: Request) -> Response:
        """GET /withdrawn: say that nothing is left."""
        return self.desk.plain(request, "withdrawn.html", sample=await self.desk.sample())

    def _review(self, request: Request, visit: Visit, faults: dict[str, str], status: int = 200) -> Response:
        looked = [_looked(visit, section) for section in visit.asked.questionnaire.sections]
        values = {"sections": looked, "ballot": visit.ballot, "faults": faults}
        return self.desk.show(request, "review.html", visit, status, **values)


def _looked(visit: Visit, section: Section) -> Looked:
    answers = visit.ballot.of(visit.asked.questionnaire, section)
    texts = visit.asked.texts(visit.language)

    def words(question: Question) -> str:
        written = answers.texts.get(question.id, "")
        return written or label(question, texts, answers.codes.get(question.id, 0))

    rows = [(texts.question[q.id], words(q)) for q in section.questions]
    return Looked(section.key, texts.section[section.key].title, answers.given, rows)
