"""What can be measured from a questionnaire: every coded question and every person-level composite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.values import Best, Part, Question, Questionnaire

MeasureKind = Literal["question", "dimension", "part", "axis"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A question or a composite that is scored for each person.

    `questions` are ids; a composite's are all ratings on scales whose good end is high and which have
    the same number of `points`. `components` are ids of measures that a composite averages instead of
    questions: social change is the mean of wins and climate (statistics 1.9). For a single choice
    `points` is the number of choices and `best` is "none": it is counted, never averaged.
    """

    id: str
    kind: MeasureKind
    questions: tuple[str, ...]
    points: int
    best: Best
    choice: bool = False
    components: tuple[str, ...] = ()


def measures(questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """List every measure: questions, then dimensions, then the readings' parts and axes.

    Ids: a question's own; a dimension's key; "reading/part"; "reading/axis". A part or axis that
    averages exactly the questions of an earlier measure is left out: `alias` tells which one stands
    for it, so that nothing is published twice with two roundings.
    """
    found = [*map(_of_question, questionnaire.coded), *_of_dimensions(questionnaire)]
    for reading in questionnaire.readings:
        parts = [_of_part(questionnaire, reading.key, p) for p in reading.parts]
        axes = _of_axes(questionnaire, reading.key, reading.parts)
        for measure in [*(p for p in parts if p), *axes]:
            if not any(_same(measure, other) for other in found):
                found.append(measure)
    return tuple(found)


def alias(questionnaire: Questionnaire, reading: str, part: Part) -> str | None:
    """Return the id of the measure that holds a part's average; None when it has counts only."""
    wanted = _of_part(questionnaire, reading, part)
    if wanted is None:
        return None
    return next(m.id for m in measures(questionnaire) if _same(m, wanted))


def _same(a: Measure, b: Measure) -> bool:
    if a.components or b.components:
        return set(a.components) == set(b.components)
    return set(a.questions) == set(b.questions)


def _of_question(question: Question) -> Measure:
    best = question.scale.best if question.scale else "none"
    return Measure(question.id, "question", (question.id,), question.options, best, question.kind == "choice")


def _of_dimensions(questionnaire: Questionnaire) -> list[Measure]:
    scored = {dimension: _scored(questionnaire, dimension) for dimension in questionnaire.dimensions}
    return [c for d, ids in scored.items() if (c := _composite(questionnaire, d, "dimension", ids))]


def _scored(questionnaire: Questionnaire, dimension: str) -> tuple[str, ...]:
    return tuple(
        q.id for q in questionnaire.questions if q.dimension == dimension and q.scale and q.scale.best == "high"
    )


def _of_part(questionnaire: Questionnaire, reading: str, part: Part) -> Measure | None:
    chosen = _scored(questionnaire, part.dimension) if part.dimension else part.questions
    asked = tuple(q for q in chosen if q in questionnaire.by_id)
    return _composite(questionnaire, f"{reading}/{part.key}", "part", asked)


def _of_axes(questionnaire: Questionnaire, reading: str, parts: tuple[Part, ...]) -> list[Measure]:
    axes: dict[str, list[str]] = {}
    for part in parts:
        if part.axis and part.dimension and _scored(questionnaire, part.dimension):
            axes.setdefault(part.axis, []).append(part.dimension)
    made = []
    for axis, cells in axes.items():
        ids = tuple(q for cell in cells for q in _scored(questionnaire, cell))
        measure = _composite(questionnaire, f"{reading}/{axis}", "axis", ids, tuple(cells))
        if measure and len(cells) > 1:
            made.append(measure)
    return made


def _composite(
    questionnaire: Questionnaire, key: str, kind: MeasureKind, ids: tuple[str, ...], components: tuple[str, ...] = ()
) -> Measure | None:
    if not ids:
        return None
    return Measure(key, kind, ids, questionnaire.by_id[ids[0]].options, "high", components=components)
