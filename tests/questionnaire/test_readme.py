"""data/README.md explains every key of every file."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from assessment.importing.mapping import AnswersTable, FileTable, Mapping, OrganisationTable, RoundTable
from assessment.questionnaire.shape import (
    PartTable,
    QuestionsFile,
    QuestionTable,
    ReadingsFile,
    ReadingTable,
    ScaleTable,
    SectionTable,
    SectionTextTable,
    TextsFile,
)
from assessment.settings import ROOT

README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
SHAPES = [
    QuestionsFile,
    ScaleTable,
    SectionTable,
    QuestionTable,
    TextsFile,
    SectionTextTable,
    ReadingsFile,
    ReadingTable,
    PartTable,
    Mapping,
    FileTable,
    RoundTable,
    OrganisationTable,
    AnswersTable,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_of_a_file_is_explained(shape: type[BaseModel]) -> None:
    def explained(key: str) -> bool:
        forms = ("`{0}`", "`{0} =", "[{0}", "\n{0} =", ".{0}]", ".{0}.", "{{ {0} =", ", {0} =")
        return any(form.format(key) in README for form in forms)

    assert [key for key in shape.model_fields if not explained(key)] == []
