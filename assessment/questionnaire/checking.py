"""What must hold between the parts of a questionnaire: every rule that one table alone cannot show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from assessment.errors import Fault
from assessment.questionnaire.shape import (
    QuestionsFile,
    QuestionTable,
    TextsFile,
)
from assessment.questionnaire.toml_files import suggestion

MAX_CHOICES = 30
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "yi", "ku-Arab", "sd", "ug", "dv"})

Flaw = tuple[str, str, str]
"""Where, what, how to mend it: a fault whose file is still to be named."""


def check_questions(file: str, structure: QuestionsFile) -> list[Fault]:
    """Return what is wrong among the questions of a structure file."""
    questions = {q.id: q for s in structure.section for q in s.questions}
    flaws: list[Flaw] = [*_repeated(structure), *_sizes(structure, questions), *_measures(structure, questions)]
    for question in questions.values():
        flaws += _kind(question)
        flaws += _scale(question, structure)
        flaws += _pair(question, questions)
        flaws += _use(question)
    return [Fault(file, *flaw) for flaw in flaws]


def _repeated(structure: QuestionsFile) -> Iterator[Flaw]:
    for key in doubles(s.key for s in structure.section):
        yield f"section {key}", "is there twice", "Give each section its own key"
    for key in doubles(q.id for s in structure.section for q in s.questions):
        yield key, "is there twice", "Give each question its own id"
    roles = [q.id for s in structure.section for q in s.questions if q.use == "role"]
    for key in roles[1:]:
        yield key, f"use = 'role' is already on {roles[0]}", "Keep it on one question"


def _sizes(structure: QuestionsFile, questions: Mapping[str, QuestionTable]) -> Iterator[Flaw]:
    for section in structure.section:
        if not section.questions:
            yield f"section {section.key}", "has no questions", "Add a question or remove the section"
    if all(q.implied_kind == "text" for q in questions.values()):
        yield "file", "has no rating and no choice", "Add at least one question that can be counted"
    pulse = any(q.pulse for q in questions.values())
    if pulse and not structure.pulse_minutes:
        yield "pulse_minutes", "is missing although there is a short form", "Say how many minutes it takes"
    if structure.pulse_minutes and not pulse:
        yield (
            "pulse_minutes",
            "is given but no question is marked pulse",
            "Mark questions with pulse = true, or remove it",
        )


def _measures(structure: QuestionsFile, questions: Mapping[str, QuestionTable]) -> Iterator[Flaw]:
    dimensions: dict[str, set[int]] = {}
    for question in questions.values():
        scale = structure.scales.get(question.scale or "")
        if question.dimension:
            points = dimensions.setdefault(question.dimension, set())
            points |= {scale.points} if scale and scale.best == "high" else set()
    for key, points in dimensions.items():
        if len(points) > 1:
            mix = " and ".join(map(str, sorted(points)))
            yield f"dimension {key}", f"mixes scales of {mix} points", "Use one number of points within a dimension"
        if key in questions:
            yield key, "is the id of a question and of a dimension", "Rename one of them"


def _kind(question: QuestionTable) -> Iterator[Flaw]:
    kind = question.implied_kind
    if kind == "rating" and not question.dimension:
        yield question.id, "a rating without dimension", "Add dimension = …"
    if kind == "rating" and not question.scale:
        yield question.id, "a rating without scale", "Add scale = … (or choices, or kind = 'text')"
    if kind != "rating":
        for key in ("scale", "dimension", "pole"):
            if getattr(question, key):
                yield question.id, f"{key} on a {kind}", f"Remove {key}; only ratings have one"
        for key in ("pulse", "reverse"):
            if getattr(question, key):
                yield question.id, f"{key} on a {kind}", f"Remove {key} = true; only ratings can be marked so"
    if kind != "choice" and question.choices is not None:
        yield question.id, f"choices on a {kind}", "Remove choices, or make it kind = 'choice'"
    if kind == "choice":
        yield from _choices(question)


def _choices(question: QuestionTable) -> Iterator[Flaw]:
    choices = question.choices or []
    if not 2 <= len(choices) <= MAX_CHOICES:
        yield question.id, f"has {len(choices)} choices", f"Give 2 to {MAX_CHOICES} choices"
    for key in doubles(choices):
        yield question.id, f"choice {key!r} is there twice", "Remove one of them"


def _scale(question: QuestionTable, structure: QuestionsFile) -> Iterator[Flaw]:
    if not question.scale:
        return
    scale = structure.scales.get(question.scale)
    if scale is None:
        mend = suggestion(question.scale, structure.scales, f"Add {question.scale} = … under [scales]")
        yield question.id, f"unknown scale {question.scale!r}", mend
        return
    if question.reverse and scale.best != "high":
        yield question.id, "reverse on a scale whose good end is not high", "Remove reverse = true"
    if question.pole and scale.best != "middle":
        yield question.id, "pole on a scale whose best point is not the middle", "Remove pole, or use such a scale"
    if scale.best == "middle" and scale.points % 2 == 0:
        yield question.id, f"scale {question.scale!r} has no middle", "Use an odd number of points, or another best"


def _pair(question: QuestionTable, questions: Mapping[str, QuestionTable]) -> Iterator[Flaw]:
    if question.pair is None:
        return
    partner = questions.get(question.pair)
    if partner is None:
        yield question.id, f"unknown pair {question.pair!r}", suggestion(question.pair, questions, "Name a question")
    elif question.pair == question.id:
        yield question.id, "is its own pair", "Name another question"
    elif partner.pair != question.id:
        yield question.id, f"pair {partner.id} does not name it back", f"Write pair = '{question.id}' on {partner.id}"
    elif (partner.scale, partner.choices) != (question.scale, question.choices):
        yield question.id, f"pair {partner.id} has other answers", "Give both the same scale or the same choices"


def _use(question: QuestionTable) -> Iterator[Flaw]:
    if question.use and question.implied_kind != "choice":
        yield question.id, f"use = {question.use!r} on a {question.implied_kind}", "Only a choice can say that"


def check_texts(file: str, texts: TextsFile, structure: QuestionsFile) -> list[Fault]:
    """Return what is missing, unknown or of the wrong size in the texts of one language."""
    questions = {q.id: q for s in structure.section for q in s.questions}
    dimensions = {q.dimension for q in questions.values() if q.dimension}
    choices = {c for q in questions.values() for c in q.choices or ()}
    flaws = [*_language(file, texts)]
    flaws += _covers("scale", texts.scale, structure.scales)
    flaws += _covers("dimension", texts.dimension, sorted(dimensions))
    flaws += _covers("section", texts.section, [s.key for s in structure.section])
    flaws += _covers("question", texts.question, questions)
    flaws += _covers("choice", texts.choice, sorted(choices))
    flaws += [f for f in _covers("versions", texts.versions, questions) if f[1].startswith("unknown")]
    flaws += _labels(texts, structure)
    return [Fault(file, *flaw) for flaw in flaws]


def _language(file: str, texts: TextsFile) -> Iterator[Flaw]:
    if file != f"{texts.language}.toml":
        yield "language", f"is {texts.language!r}", f"Name the file {texts.language}.toml, or correct the tag"
    expected = "rtl" if texts.language.split("-")[0] in RIGHT_TO_LEFT or "-Arab" in texts.language else "ltr"
    if texts.direction != expected:
        yield "direction", f"is {texts.direction!r}", f"{texts.language} is written {expected!r}"


def _covers(table: str, given: Mapping[str, object], wanted: Iterable[str]) -> Iterator[Flaw]:
    wanted = list(wanted)
    for key in wanted:
        if key not in given:
            yield f"{table} / {key}", "has no text", f"Add it under [{table}]"
    for key in given:
        if key not in wanted:
            yield f"{table} / {key}", f"unknown {table}", suggestion(key, wanted, "Remove it, nothing asks for it")


def _labels(texts: TextsFile, structure: QuestionsFile) -> Iterator[Flaw]:
    for key, labels in texts.scale.items():
        points = structure.scales[key].points if key in structure.scales else len(labels)
        if len(labels) != points:
            yield f"scale / {key}", f"has {len(labels)} labels for {points} points", "Write one label for each point"
        for label in doubles(labels):
            yield f"scale / {key}", f"label {label!r} is there twice", "Give each point its own label"


def doubles(keys: Iterable[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]
