"""One section as a screen: its questions, what was chosen and written, what was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from assessment.collect.asked import AskedRound
from assessment.collect.mirror import label
from assessment.collect.validation import DONT_KNOW_VALUE, TEXT_LIMIT, Answers
from assessment.questionnaire.values import DONT_KNOW, Question, Section, Texts

Raw = Mapping[str, str]


class Item(NamedTuple):
    """One question: its words, its answers as (value, label), what was chosen or written, what was wrong."""

    id: str
    kind: str
    words: str
    options: tuple[tuple[str, str], ...]
    dont_know: str
    chosen: str
    fault: str


class Difference(NamedTuple):
    """A question that has two answers: the one typed here and the one saved from another screen."""

    words: str
    here: str
    saved: str


def raw(answers: Answers) -> dict[str, str]:
    """Return stored answers as a form would send them."""
    chosen = {name: _value(code) for name, code in answers.codes.items() if code}
    return chosen | {name: text for name, text in answers.texts.items() if text}


def values(asked: AskedRound, texts: Texts, section: Section, typed: Raw, faults: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template of a section shows, with what was typed and what was wrong with it."""
    keys = [s.key for s in asked.questionnaire.sections]
    number = keys.index(section.key) + 1
    return {
        "section": section,
        "words": texts.section[section.key],
        "items": [_item(q, texts, typed, faults) for q in section.questions],
        "number": number,
        "total": len(keys),
        "done": f"{100 * (number - 1) / len(keys):.0f}%",
        "limit": TEXT_LIMIT,
        "faults": faults,
    }


def differences(section: Section, texts: Texts, here: Answers, saved: Answers) -> list[Difference]:
    """Return the questions of a section whose answers differ."""
    found = []
    for question in section.questions:
        one, other = _words(question, texts, here), _words(question, texts, saved)
        if one != other:
            found.append(Difference(texts.question[question.id], one, other))
    return found


def address(section: Section) -> str:
    """Return where a section is answered."""
    return f"/answer/{section.key}"


def neighbour(asked: AskedRound, section: Section, step: int) -> str:
    """Return the address before (-1) or after (1) a section: the first page and the review are the ends."""
    sections = asked.questionnaire.sections
    place = sections.index(section) + step
    if place < 0:
        return "/start"
    return address(sections[place]) if place < len(sections) else "/review"


def _item(question: Question, texts: Texts, typed: Raw, faults: Mapping[str, str]) -> Item:
    return Item(
        question.id,
        question.kind,
        texts.question[question.id],
        tuple((str(code), label(question, texts, code)) for code in range(1, question.options + 1)),
        texts.dont_know if question.dont_know else "",
        typed.get(question.id, ""),
        faults.get(question.id, ""),
    )


def _words(question: Question, texts: Texts, answers: Answers) -> str:
    if question.kind == "text":
        return answers.texts[question.id]
    return label(question, texts, answers.codes[question.id])


def _value(code: int) -> str:
    return DONT_KNOW_VALUE if code == DONT_KNOW else str(code)
