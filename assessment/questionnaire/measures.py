"""What can be measured from a questionnaire: every coded question and every person-level composite."""

from __future__ import annotations

from collections.abc import Iterable
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

    @property
    def averaged(self) -> frozenset[str]:
        """What it is the average of, whatever it is called."""
        return frozenset(self.components or self.questions)


def measures(questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """List every measure: questions, then dimensions, then the readings' parts and axes.

    Ids: a question's own; a dimension's key; "reading/part"; "reading/axis". A part or axis that
    averages exactly the questions of an earlier measure is left out: `alias` tells which one stands
    for it, so that nothing is published twice with two roundings.
    """
    found = [*map(_of_question, questionnaire.coded), *_of_dimensions(questionnaire)]
    there = {measure.averaged for measure in found}
    for reading in questionnaire.readings:
        parts = [_of_part(questionnaire, reading.key, p) for p in reading.parts]
        axes = _of_axes(questionnaire, reading.key, reading.parts)
        for measure in [*(p for p in parts if p), *axes]:
            if measure.averaged not in there:
                there.add(measure.averaged)
                found.append(measure)
    return tuple(found)


def alias(questionnaire: Questionnaire, listed: Iterable[Measure], reading: str, part: Part) -> str | None:
    """Return which of a questionnaire's `listed` measures holds a part's average; None when it has counts only."""
    wanted = _of_part(questionnaire, reading, part)
    return next(m.id for m in listed if m.averaged == wanted.averaged) if wanted else None


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
