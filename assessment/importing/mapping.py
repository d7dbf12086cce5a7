"""How another tool's columns and values become a round's questions and answers: the mapping file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection
from assessment.errors import Fault, FaultyFile
from assessment.questionnaire.toml_files import Table, read_file, suggestion
from assessment.questionnaire.values import Questionnaire

Words = Annotated[str, Field(min_length=1, max_length=120)]
# The words of an enumeration: TOML knows only texts, which strict reading alone would refuse.
Chosen = Field(strict=False)


class FileTable(Table):
    """How the exported file is written."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8-sig"


class RoundTable(Table):
    """The round that takes the answers; the rules count only where the import creates it."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    create: bool = False
    instrument: str = "core"
    short_form: bool = False
    languages: list[str] = Field(default_factory=list)
    attribution: Annotated[Attribution, Chosen] = Attribution.ALLIANCE
    breakdown: Annotated[Breakdown, Chosen] = Breakdown.NONE
    lens: Annotated[Lens, Chosen] = Lens.PEOPLE
    protection: Annotated[Protection, Chosen] = Protection.GUARDED
    k: Annotated[int, Field(ge=5)] = 5
    k_text: Annotated[int, Field(ge=10)] = 10
    phase: Annotated[str, Field(max_length=200)] | None = None


class OrganisationTable(Table):
    """Where a row says to which organisation it belongs."""

    column: str
    create: bool = False
    names: dict[str, Words] = Field(default_factory=dict)
    headcounts: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    chapters: dict[str, Words] = Field(default_factory=dict)


class AnswersTable(Table):
    """Which column answers which question, and what its values mean."""

    columns: dict[str, str]
    ignore: list[str] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=lambda: ["", "NA"])
    dont_know: list[str] = Field(default_factory=list)
    values: dict[str, dict[str, Annotated[int, Field(ge=1)]]] = Field(default_factory=dict)


class Mapping(Table):
    """A mapping file."""

    file: FileTable = Field(default_factory=FileTable)
    round: RoundTable
    organisation: OrganisationTable | None = None
    answers: AnswersTable


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raise FaultyFile with everything that is wrong in it."""
    mapping, faults = read_file(path, Mapping)
    if mapping is None:
        raise FaultyFile(faults)
    return mapping


def check_mapping(file: str, mapping: Mapping, questionnaire: Questionnaire) -> list[Fault]:
    """Return what the mapping says about questions that the round does not ask, or asks otherwise."""
    faults = []
    asked: dict[str, str] = {}
    for column, question in mapping.answers.columns.items():
        where = f"answers / columns / {column}"
        if question not in questionnaire.by_id:
            mend = suggestion(question, questionnaire.by_id, "Name a question of this round")
            faults.append(Fault(file, where, f"unknown question {question!r}", mend))
        elif question in asked:
            told = f"{question} is answered by {asked[question]!r} already"
            faults.append(Fault(file, where, told, "Give each question one column"))
        asked.setdefault(question, column)
    return faults + _check_values(file, mapping, questionnaire)


def _check_values(file: str, mapping: Mapping, questionnaire: Questionnaire) -> list[Fault]:
    options = {q.scale.key: q.options for q in questionnaire.coded if q.scale}
    options |= {q.id: q.options for q in questionnaire.coded}
    faults = []
    for key, codes in mapping.answers.values.items():
        where = f"answers / values / {key}"
        if key not in options:
            mend = suggestion(key, options, "Name a scale or a question of this round")
            faults.append(Fault(file, where, "is no scale and no question that is counted", mend))
        faults += [
            Fault(file, where, f"{value!r} means {code}", f"Use codes from 1 to {options[key]}")
            for value, code in codes.items()
            if key in options and code > options[key]
        ]
    return faults
