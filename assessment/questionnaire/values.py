"""Questionnaires, scales, texts and readings as frozen values.

Everything here is plain data: no file is read and no screen is known. `loading` makes these values
from `data/instruments`, `snapshot` freezes them into a round and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["rating", "choice", "text"]
Best = Literal["high", "middle", "none"]
Shape = Literal["two_by_two", "ranked", "warnings", "sequence", "counts"]

NO_ANSWER = 0
"""Code of a question that was skipped or never shown."""
DONT_KNOW = 255
"""Code of "Not my area / can't say". Never a point of a scale."""
MIN_POINTS, MAX_POINTS = 2, 11


@dataclass(frozen=True, slots=True)
class Scale:
    """Labelled points 1..points, from the negative to the positive end.

    `best` says where the good end lies: "high" (most questions), "middle" (about right), or "none"
    (a spectrum without a right place). Only "high" scales enter a dimension's average.
    """

    key: str
    points: int
    best: Best = "high"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A rating has a dimension and a scale, a choice has choices, a text has neither."""

    id: str
    kind: Kind
    section: str
    dimension: str | None = None
    scale: Scale | None = None
    choices: tuple[str, ...] = ()
    pulse: bool = False
    reverse: bool = False
    pole: Literal["inward", "outward"] | None = None
    pair: str | None = None
    use: Literal["role"] | None = None

    @property
    def options(self) -> int:
        """Number of codes that an answer may have: points, choices, or 0 for a text."""
        return self.scale.points if self.scale else len(self.choices)

    @property
    def dont_know(self) -> bool:
        """Whether "can't say" is offered: on all but texts and the description of oneself."""
        return self.kind != "text" and self.use is None


@dataclass(frozen=True, slots=True)
class Section:
    """One screen of the questionnaire."""

    key: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SectionText:
    title: str
    frame: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Every word of a questionnaire in one language; `versions` counts the rewordings of a text's id."""

    language: str
    direction: Literal["ltr", "rtl"]
    status: Literal["draft", "reviewed"]
    title: str
    dont_know: str
    scale: Mapping[str, tuple[str, ...]]
    dimension: Mapping[str, str]
    section: Mapping[str, SectionText]
    question: Mapping[str, str]
    choice: Mapping[str, str]
    versions: Mapping[str, int]

    def counted(self, question: Question) -> tuple[str, ...]:
        """Return the words of the answers 1..n as results count them: a reversed question's are turned round."""
        if question.scale is None:
            return tuple(self.choice[key] for key in question.choices)
        labels = self.scale[question.scale.key]
        return labels[::-1] if question.reverse else labels


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a reading: an average over `questions`, counts of `two_sided` and `choices` beside it.

    `discuss` is the question that people talk about it with, empty where the file has none.
    """

    key: str
    title: str
    questions: tuple[str, ...] = ()
    two_sided: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    dimension: str | None = None
    axis: str | None = None
    discuss: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The same answers read through a framework that alliances already know."""

    key: str
    title: str
    source: str
    shape: Shape
    parts: tuple[Part, ...]
    lit_below: float | None = None


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire with its texts and readings, as loaded or as frozen into a round."""

    key: str
    version: int
    minutes: int
    pulse_minutes: int
    sections: tuple[Section, ...]
    texts: Mapping[str, Texts]
    readings: tuple[Reading, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the file."""
        return tuple(q for section in self.sections for q in section.questions)

    @cached_property
    def coded(self) -> tuple[Question, ...]:
        """Ratings and choices: byte i of a ballot's answers is the answer to `coded[i]`."""
        return tuple(q for q in self.questions if q.kind != "text")

    @cached_property
    def written(self) -> tuple[Question, ...]:
        """Questions that are answered by a text."""
        return tuple(q for q in self.questions if q.kind == "text")

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of a rating or choice in a ballot's answers."""
        return {q.id: i for i, q in enumerate(self.coded)}

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Dimension keys in the order of their first question."""
        return tuple(dict.fromkeys(q.dimension for q in self.questions if q.dimension))
