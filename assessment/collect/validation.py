"""What may be an answer. The web's forms and imported files pass through the same checks.

A fault belongs to its question and is a sentence for people; what is faulty is never stored, and what is
valid beside it is kept, so that a page can be shown again with nothing lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Question, Questionnaire, Section
from assessment.web.forms import unusable

TEXT_LIMIT = 500
"""Most characters of a written answer."""
DONT_KNOW_VALUE = "dk"
"""How a form says "not my area / can't say"."""

_CODES = {str(code): code for code in range(1, DONT_KNOW)}

CHOOSE = "Choose one of the answers, or leave them all empty."
NO_DONT_KNOW = "“Can't say” is no answer to this question. Choose another, or leave them all empty."
TOO_LONG = "Write {limit} characters at most. There are {length} now."
UNREADABLE = "This holds invisible characters that we cannot keep. Look at it and send it again."


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to some questions: a code each (0 none, 1..n, 255 can't say), and what was written, "" for nothing."""

    codes: Mapping[str, int]
    texts: Mapping[str, str]

    @property
    def given(self) -> int:
        """Number of questions that have an answer; "can't say" is one."""
        return sum(code != NO_ANSWER for code in self.codes.values()) + sum(bool(t) for t in self.texts.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """What was valid, and what was wrong by question id."""

    answers: Answers
    faults: Mapping[str, str] = field(default_factory=dict)


def check(questions: Iterable[Question], values: Mapping[str, str]) -> Checked:
    """Read raw values by question id; a question that is missing was skipped.

    >>> ask = Question("q", "choice", "s", choices=("yes", "no"))
    >>> check([ask], {"q": "2"}).answers.codes
    {'q': 2}
    >>> check([ask], {"q": "3"}).faults
    {'q': 'Choose one of the answers, or leave them all empty.'}
    """
    codes: dict[str, int] = {}
    texts: dict[str, str] = {}
    faults: dict[str, str] = {}
    for question in questions:
        raw = values.get(question.id)
        if question.kind == "text":
            texts[question.id], fault = _text(raw)
        else:
            codes[question.id], fault = _code(question, raw)
        if fault:
            faults[question.id] = fault
    return Checked(Answers(codes, texts), faults)


def pack(questionnaire: Questionnaire, codes: Mapping[str, int]) -> bytes:
    """Return the bytes of a ballot: one for each coded question in the order of the file, 0 for no answer."""
    return bytes(codes.get(question.id, NO_ANSWER) for question in questionnaire.coded)


def unpack(questionnaire: Questionnaire, section: Section, answers: bytes, texts: Mapping[str, str]) -> Answers:
    """Return the part of a ballot that belongs to one section."""
    place = questionnaire.position
    return Answers(
        {q.id: answers[place[q.id]] for q in section.questions if q.kind != "text"},
        {q.id: texts.get(q.id, "") for q in section.questions if q.kind == "text"},
    )


def _code(question: Question, raw: str | None) -> tuple[int, str | None]:
    if raw is None:
        return NO_ANSWER, None
    if raw == DONT_KNOW_VALUE:
        return (DONT_KNOW, None) if question.dont_know else (NO_ANSWER, NO_DONT_KNOW)
    code = _CODES.get(raw, NO_ANSWER)
    return (code, None) if 0 < code <= question.options else (NO_ANSWER, CHOOSE)


def _text(raw: str | None) -> tuple[str, str | None]:
    text = (raw or "").replace("\r\n", "\n").strip()
    if unusable(text):
        return "", UNREADABLE
    if len(text) > TEXT_LIMIT:
        return "", TOO_LONG.format(limit=TEXT_LIMIT, length=len(text))
    return text, None
