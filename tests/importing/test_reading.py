"""Whatever a file holds, it is read into values that the forms' checks accept, or refused in words."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.collect.validation import check
from assessment.errors import TendError
from assessment.importing.mapping import AnswersTable, Mapping, OrganisationTable, RoundTable
from assessment.importing.reading import LISTED, Export, FaultyRows, read_export
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Questionnaire
from tests.questionnaire.small import write_small

COLUMNS = {"q1": "trust.promises", "q2": "energy.meetings", "kind": "form.now", "text": "words.keep"}
MAPPING = Mapping(
    round=RoundTable(name="Spring"), organisation=OrganisationTable(column="who"), answers=AnswersTable(columns=COLUMNS)
)
HEADER = ["who", *COLUMNS]

cells = st.one_of(
    st.sampled_from(["", "1", "2.0", "5", "6", "NA", "Often", "loose", "Reed", "1e9", "٣", "½", "1\u202e", "\x00"]),
    st.text(max_size=6),
)


@pytest.fixture(scope="module")
def small() -> Questionnaire:
    with TemporaryDirectory() as root:
        return load_questionnaire(write_small(Path(root)))


def read(content: bytes, questionnaire: Questionnaire) -> Export | str:
    with TemporaryDirectory() as root:
        path = Path(root) / "answers.csv"
        path.write_bytes(content)
        try:
            return read_export(path, MAPPING, questionnaire)
        except TendError as error:
            return str(error)


@given(rows=st.lists(st.lists(cells, min_size=5, max_size=5), max_size=6))
def test_cells_become_valid_values_or_faults(small: Questionnaire, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *rows])
    found = read(out.getvalue().encode("utf-8"), small)
    if isinstance(found, Export):
        for row in found.rows:
            assert not check(small.questions, row.values).faults
            assert row.values
        assert len(found.rows) + found.empty <= len(rows)
    else:
        assert found.endswith("Nothing was imported.") or "Nothing was imported" in found


@given(
    content=st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: ",".join(HEADER).encode() + b"\n" + tail)
)
def test_bytes_that_are_no_table_are_refused_in_words(small: Questionnaire, content: bytes) -> None:
    found = read(content, small)
    assert isinstance(found, Export) or (found and "Traceback" not in found)


def test_the_list_of_faults_is_bounded() -> None:
    error = FaultyRows("answers.csv", [f"row {number}: wrong." for number in range(1000)])
    assert len(error.faults) == 1000
    assert len(str(error).splitlines()) == LISTED + 2
    assert "and 960 more faults" in str(error)
