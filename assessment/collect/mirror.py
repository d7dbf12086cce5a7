"""The mirror: one's own answers by dimension, shown to their owner and kept nowhere."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assessment.collect.asked import ROUNDS_IN_MEMORY, AskedRound
from assessment.collect.ballot import Ballot
from assessment.questionnaire.measures import Measure, measures
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Question, Questionnaire, Texts


class Place(NamedTuple):
    """The average of one's answers in a dimension; `share` is its place from the low to the high end, in %."""

    name: str
    value: str
    share: str
    points: int
    answered: int


class Chosen(NamedTuple):
    """An answer that is not averaged: the question and the words of the answer."""

    question: str
    answer: str


class Mirror(NamedTuple):
    places: tuple[Place, ...]
    chosen: tuple[Chosen, ...]


def mirror(asked: AskedRound, texts: Texts, ballot: Ballot) -> Mirror:
    """Return one's own averages where at least half of a dimension was answered, and the other answers in words."""
    questionnaire, dimensions = asked.questionnaire, _dimensions(asked)
    averaged = {q for m in dimensions for q in m.questions}
    codes = {q.id: code for q, code in zip(questionnaire.coded, ballot.answers, strict=True)}
    places = (_place(questionnaire, texts, m, codes) for m in dimensions)
    rest = (q for q in questionnaire.coded if q.id not in averaged and codes[q.id] not in (NO_ANSWER, DONT_KNOW))
    return Mirror(
        tuple(p for p in places if p),
        tuple(Chosen(texts.question[q.id], label(q, texts, codes[q.id])) for q in rest),
    )


@lru_cache(maxsize=ROUNDS_IN_MEMORY)
def _dimensions(asked: AskedRound) -> tuple[Measure, ...]:
    return tuple(m for m in measures(asked.questionnaire) if m.kind == "dimension")


def label(question: Question, texts: Texts, code: int) -> str:
    """Return the words of an answer; "" for none."""
    if code == NO_ANSWER:
        return ""
    if code == DONT_KNOW:
        return texts.dont_know
    if question.scale:
        return texts.scale[question.scale.key][code - 1]
    return texts.choice[question.choices[code - 1]]


def _place(questionnaire: Questionnaire, texts: Texts, measure: Measure, codes: dict[str, int]) -> Place | None:
    scored = [_score(questionnaire.by_id[q], codes[q]) for q in measure.questions]
    values = [v for v in scored if v is not None]
    if not values or 2 * len(values) < len(scored):
        return None
    mean = sum(values) / len(values)
    share = 100 * (mean - 1) / (measure.points - 1)
    return Place(texts.dimension[measure.id], f"{mean:.1f}", f"{share:.1f}%", measure.points, len(values))


def _score(question: Question, code: int) -> int | None:
    if code in (NO_ANSWER, DONT_KNOW):
        return None
    return question.options + 1 - code if question.reverse else code
