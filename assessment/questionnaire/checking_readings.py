"""What must hold between readings and the questions they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from assessment.errors import Fault
from assessment.questionnaire.checking import Flaw, doubles
from assessment.questionnaire.shape import PartTable, QuestionsFile, QuestionTable, ReadingTable
from assessment.questionnaire.toml_files import suggestion


def check_readings(
    file: str, readings: list[ReadingTable], structure: QuestionsFile
) -> tuple[list[ReadingTable], list[Fault]]:
    """Return the readings that speak about these questions, and what is wrong with them.

    A reading that names not a single one of the questions belongs to another questionnaire and is left out.
    """
    questions = {q.id: q for s in structure.section for q in s.questions}
    dimensions = {q.dimension for q in questions.values() if q.dimension}
    applying = [r for r in readings if any(_named(p) & (questions.keys() | dimensions) for p in r.parts)]
    twice = doubles(r.key for r in readings)
    flaws: list[Flaw] = [(key, "is there twice", "Give each reading its own key") for key in twice]
    for reading in applying:
        flaws += _reading(reading)
        for part in reading.parts:
            where = f"{reading.key} / {part.key}"
            flaws += [(where, what, mend) for what, mend in _part(part, structure, questions)]
    return applying, [Fault(file, *flaw) for flaw in flaws]


def _named(part: PartTable) -> set[str]:
    return {*part.questions, *part.two_sided, *part.choices, *([part.dimension] if part.dimension else [])}


def _reading(reading: ReadingTable) -> Iterator[Flaw]:
    for key in doubles(p.key for p in reading.parts):
        yield f"{reading.key} / {key}", "is there twice", "Give each part its own key"
    if (reading.shape == "warnings") != (reading.lit_below is not None):
        yield reading.key, "lit_below belongs to the shape 'warnings'", "Add lit_below = … , or remove it"
    axes = {p.axis for p in reading.parts}
    if reading.shape == "two_by_two" and (None in axes or len(axes) != 2):
        yield reading.key, "a two_by_two needs two axes", "Give every part one of two axes"
    if reading.shape == "two_by_two" and not all(p.dimension for p in reading.parts):
        yield reading.key, "a cell of a two_by_two is a dimension", "Give every part a dimension"
    if reading.shape != "two_by_two" and axes != {None}:
        yield reading.key, "axis belongs to the shape 'two_by_two'", "Remove axis"


def _part(
    part: PartTable, structure: QuestionsFile, questions: Mapping[str, QuestionTable]
) -> Iterator[tuple[str, str]]:
    def best(question: QuestionTable) -> str | None:
        scale = structure.scales.get(question.scale or "")
        return scale.best if scale else None

    def points(ids: Iterable[str]) -> set[int]:
        return {structure.scales[q.scale].points for q in map(questions.get, ids) if q and q.scale in structure.scales}

    dimensions = {q.dimension for q in questions.values() if q.dimension}
    if not _named(part):
        yield "names nothing", "Add questions, two_sided, choices or a dimension"
    if part.dimension and part.dimension not in dimensions:
        yield f"unknown dimension {part.dimension!r}", suggestion(part.dimension, dimensions, "Name a dimension")
    if part.dimension and part.questions:
        yield "has a dimension and questions", "Keep one of the two"
    yield from _ids(part.questions, questions, lambda q: best(q) == "high", "is no rating whose good end is high")
    yield from _ids(part.two_sided, questions, lambda q: best(q) == "middle", "is no rating that is best in the middle")
    yield from _ids(part.choices, questions, lambda q: q.implied_kind == "choice", "is no choice")
    if len(points(part.questions)) > 1:
        yield "averages scales of different numbers of points", "Use questions with one number of points"


def _ids(
    ids: list[str], questions: Mapping[str, QuestionTable], fits: Callable[[QuestionTable], bool], otherwise: str
) -> Iterator[tuple[str, str]]:
    for key in ids:
        if key not in questions:
            yield f"unknown question {key!r}", suggestion(key, questions, "Name one of questions.toml")
        elif not fits(questions[key]):
            yield f"{key} {otherwise}", "Move it to questions, two_sided or choices, whichever it is"
    for key in doubles(ids):
        yield f"{key} is there twice", "Remove one of them"
