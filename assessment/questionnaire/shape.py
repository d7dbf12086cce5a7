"""The shape of the three kinds of questionnaire files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assessment.questionnaire.toml_files import Table
from assessment.questionnaire.values import MAX_POINTS, MIN_POINTS, Best, Kind, Shape

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=60)]
_UNSEEN = r"\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069"
Words = Annotated[str, Field(pattern=rf"^[^{_UNSEEN}]*[^\s{_UNSEEN}][^{_UNSEEN}]*$")]
Discuss = Annotated[Words, Field(max_length=110)]
"""A question to talk about: short enough to be read from the back row of a room."""
Positive = Annotated[int, Field(ge=1)]


class ScaleTable(Table):
    points: Annotated[int, Field(ge=MIN_POINTS, le=MAX_POINTS)]
    best: Best = "high"


class QuestionTable(Table):
    id: Id
    kind: Kind | None = None
    dimension: Key | None = None
    scale: Key | None = None
    choices: list[Key] | None = None
    pulse: bool = False
    reverse: bool = False
    pole: Literal["inward", "outward"] | None = None
    pair: Id | None = None
    use: Literal["role"] | None = None

    @property
    def implied_kind(self) -> Kind:
        """What is asked: as written, or a choice where there are choices, else a rating."""
        return self.kind or ("choice" if self.choices is not None else "rating")


class SectionTable(Table):
    key: Key
    questions: list[QuestionTable]


def _points_alone(value: object) -> object:
    return {"points": value} if isinstance(value, int) and not isinstance(value, bool) else value


class QuestionsFile(Table):
    """`questions.toml`: structure without words."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
    version: Positive
    minutes: Positive
    pulse_minutes: Annotated[int, Field(ge=0)] = 0
    scales: dict[Key, Annotated[ScaleTable, BeforeValidator(_points_alone)]] = Field(default_factory=dict)
    section: list[SectionTable]


class SectionTextTable(Table):
    title: Words
    frame: Words


class TextsFile(Table):
    """One file of texts per language, `en.toml`."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", max_length=10)]
    direction: Literal["ltr", "rtl"]
    status: Literal["draft", "reviewed"]
    title: Words
    dont_know: Words
    scale: dict[str, list[Words]] = Field(default_factory=dict)
    dimension: dict[str, Words] = Field(default_factory=dict)
    section: dict[str, SectionTextTable] = Field(default_factory=dict)
    question: dict[str, Words] = Field(default_factory=dict)
    choice: dict[str, Words] = Field(default_factory=dict)
    versions: dict[str, Positive] = Field(default_factory=dict)


class PartTable(Table):
    key: Key
    title: Words
    questions: list[Id] = Field(default_factory=list)
    two_sided: list[Id] = Field(default_factory=list)
    choices: list[Id] = Field(default_factory=list)
    dimension: Key | None = None
    axis: Key | None = None
    discuss: Discuss | None = None


class ReadingTable(Table):
    key: Key
    title: Words
    source: Words
    shape: Shape
    parts: list[PartTable]
    lit_below: float | None = None


class ReadingsFile(Table):
    """`readings.toml`, beside the folders of the instruments."""

    reading: list[ReadingTable] = Field(default_factory=list)
