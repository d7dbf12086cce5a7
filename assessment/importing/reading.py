"""Read an exported file row by row into ballots, through the same checks as the web, and list every fault."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assessment.collect.validation import DONT_KNOW_VALUE, check
from assessment.errors import TendError
from assessment.importing.mapping import Mapping
from assessment.questionnaire.toml_files import suggestion
from assessment.questionnaire.values import Question, Questionnaire

LISTED = 40
"""Most faults that are listed one by one."""
WHOLE = re.compile(r"([0-9]{1,6})[.,]0*")
LONGEST_CELL = 100_000

Cells = dict[str, str]


class FaultyRows(TendError):
    """List what is wrong by row and column; of very many faults the first, and how many there are."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        lines = [f"{file}: {fault}" for fault in faults[:LISTED]]
        if len(faults) > LISTED:
            lines.append(f"{file}: and {len(faults) - LISTED:,} more faults of this kind.")
        super().__init__("\n".join([*lines, "Nothing was imported."]))


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row: the organisation's name, None where the file names none, and values as a form sends them."""

    number: int
    organisation: str | None
    values: Cells


@dataclass(frozen=True, slots=True)
class Export:
    """What an exported file holds for a round. `empty` counts rows without a single answer, which are left out."""

    rows: tuple[Row, ...]
    empty: int

    @property
    def headcounts(self) -> Counter[str]:
        """Return how many rows each named organisation has."""
        return Counter(row.organisation for row in self.rows if row.organisation)


@dataclass
class _Reader:
    mapping: Mapping
    questionnaire: Questionnaire
    faults: list[str] = field(default_factory=list)
    empty: int = 0

    def rows(self, records: Iterator[tuple[int, Cells]]) -> Iterator[Row]:
        for number, cells in records:
            values = self._values(number, cells)
            organisation = self._organisation(number, cells)
            if values:
                yield Row(number, organisation, values)
            else:
                self.empty += 1

    def _values(self, number: int, cells: Cells) -> Cells:
        columns = self.mapping.answers.columns
        values = {}
        for column, key in columns.items():
            value = self._value(self.questionnaire.by_id[key], cells[column])
            if value is not None:
                values[key] = value
        checked = check(self.questionnaire.questions, values)
        for column, key in columns.items():
            if key in checked.faults:
                self.faults.append(f"row {number}, column {column}: {_quoted(cells[column])}. {checked.faults[key]}")
        return values

    def _value(self, question: Question, cell: str) -> str | None:
        """Return what a form would have sent for this cell; None where the question was skipped."""
        table = self.mapping.answers
        plain = cell.strip()
        if plain in table.missing or not plain:
            return None
        if question.kind == "text":
            return cell
        if plain in table.dont_know:
            return DONT_KNOW_VALUE
        named = table.values.get(question.id) or table.values.get(question.scale.key if question.scale else "") or {}
        if named:  # read by its own values alone: 1 may mean another point there
            return str(named.get(plain, named.get(_whole(plain), "")))
        return self._labels(question).get(plain.casefold(), _whole(plain))

    def _labels(self, question: Question) -> dict[str, str]:
        found: dict[str, str] = {}
        for texts in self.questionnaire.texts.values():
            labels = texts.scale[question.scale.key] if question.scale else [texts.choice[c] for c in question.choices]
            found |= {label.casefold(): str(code) for code, label in enumerate(labels, 1)}
        return found | {choice: str(code) for code, choice in enumerate(question.choices, 1)}

    def _organisation(self, number: int, cells: Cells) -> str | None:
        table = self.mapping.organisation
        if table is None:
            return None
        cell = cells[table.column].strip()
        if not cell or cell in self.mapping.answers.missing:
            return None
        if table.names and _whole(cell) not in table.names and cell not in table.names:
            mend = suggestion(cell, table.names, "Add it under [organisation.names].")
            self.faults.append(f"row {number}, column {table.column}: {_quoted(cell)} is no organisation. {mend}")
            return None
        return table.names.get(cell) or table.names.get(_whole(cell)) or cell


def read_export(path: Path, mapping: Mapping, questionnaire: Questionnaire) -> Export:
    """Read a whole file; raise FaultyRows with every fault by row and column, TendError where it cannot be read."""
    reader = _Reader(mapping, questionnaire)
    try:
        with path.open(encoding=mapping.file.encoding, newline="") as lines:
            rows = tuple(reader.rows(_records(lines, path.name, mapping, reader.faults)))
    except UnicodeDecodeError as error:
        raise TendError(
            f"{path.name} is not written in {mapping.file.encoding}. Name its encoding under [file]."
        ) from error
    except LookupError as error:
        raise TendError(
            f"{mapping.file.encoding!r} is no encoding. Write utf-8, latin-1 or cp1252 under [file]."
        ) from error
    except OSError as error:
        raise TendError(f"{path} cannot be read: {error.strerror}.") from error
    if reader.faults:
        raise FaultyRows(path.name, reader.faults)
    if not rows:
        raise TendError(f"{path.name} holds no row with an answer. Nothing was imported.")
    return Export(rows, reader.empty)


def _records(lines: io.TextIOBase, file: str, mapping: Mapping, faults: list[str]) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=mapping.file.delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(file, header, mapping)
        for number, cells in enumerate(reader, 2):
            if len(cells) == len(header):
                yield number, dict(zip(header, cells, strict=True))
            elif any(cell.strip() for cell in cells):
                faults.append(f"row {number}: has {len(cells)} cells, the header has {len(header)}.")
    except csv.Error as error:
        raise TendError(f"{file}, line {reader.line_num}: is no CSV ({error}). Nothing was imported.") from error


def _check_header(file: str, header: Sequence[str], mapping: Mapping) -> None:
    wanted = [*mapping.answers.columns, *([mapping.organisation.column] if mapping.organisation else [])]
    if len(header) == 1 and len(wanted) > 1:
        raise TendError(f"{file} has a single column {header[0][:60]!r}. Name its delimiter under [file].")
    if not header:
        raise TendError(f"{file} is empty. Nothing was imported.")
    faults = [f"header: column {name!r} is there twice." for name, times in Counter(header).items() if times > 1]
    for name in wanted:
        if name not in header:
            faults.append(f"header: column {name!r} is missing. {suggestion(name, header, 'Correct the mapping.')}")
    for name in header:
        if name not in wanted and name not in mapping.answers.ignore:
            faults.append(f"header: column {name!r} is not in the mapping. Map it, or add it to ignore.")
    if faults:
        raise FaultyRows(file, faults)


def _whole(text: str) -> str:
    """Return a number as a form writes it: what tools export as 4.0 is 4. Other texts stay as they are.

    >>> _whole("4.0"), _whole("04"), _whole("3.5"), _whole("2,00")
    ('4', '4', '3.5', '2')
    """
    found = WHOLE.fullmatch(text if re.search("[.,]", text) else f"{text}.")
    return str(int(found[1])) if found else text


def _quoted(cell: str) -> str:
    shown = ascii(cell) if not cell.isprintable() else repr(cell)
    return shown if len(shown) <= 40 else f"{shown[:36]}…'"
