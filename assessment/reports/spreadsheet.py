"""A release as one table for spreadsheets: a row for each measure and group, no cell that could run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from assessment.disclosure.values import Average, Columns, GroupKind, PublishedRelease, Result
from assessment.findings.cells import safe
from assessment.questionnaire.values import Questionnaire, Texts

HEADER = (
    "round",
    "group kind",
    "group",
    "measure",
    "words",
    "people who answered",
    "average",
    "average reads",
    "likely from",
    "likely to",
    "not shown because",
    "average by the other lens",
    "other lens reads",
    "other lens not shown because",
    "answers by point",
    "share who cannot say",
    "answers by point not shown because",
)
READS = {"exact": "about", "at_most": "at most", "at_least": "at least"}

Cell = str | float | None


def write_table(out: TextIO, release: PublishedRelease, questionnaire: Questionnaire) -> None:
    """Write the header and one row per result, in the order of groups and measures."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    texts = questionnaire.texts.get("en") or next(iter(questionnaire.texts.values()))
    words, groups = _words(questionnaire, texts), {group.key: group for group in release.groups}
    for result in release.results:
        group = groups[result.group]
        name = texts.choice.get(group.name, group.name) if group.kind is GroupKind.ROLE else group.name
        row = [release.facts.round_name, group.kind.value, name, result.measure, words.get(result.measure, "")]
        writer.writerow([_cell(value) for value in [*row, *_figures(result)]])


def _figures(result: Result) -> Iterator[Cell]:
    yield result.people
    yield from _average(result.average)
    yield from result.average.band90 if result.average and result.average.band90 else (None, None)
    yield result.why
    yield from _average(result.other_lens)
    yield result.why_other_lens
    yield _counts(result.columns)
    yield result.columns.dont_know if result.columns else None
    yield result.why_columns


def _average(average: Average | None) -> tuple[Cell, Cell]:
    return (average.value, READS[average.bound]) if average else (None, None)


def _counts(columns: Columns | None) -> str | None:
    """Return merged points and their people, "1/2: 7, 3: 12"."""
    if columns is None:
        return None
    return ", ".join(f"{'/'.join(map(str, column.codes))}: {column.people}" for column in columns.columns)


def _cell(value: Cell) -> str | float:
    """Return words made safe, numbers as they are, "" for nothing."""
    if isinstance(value, str):
        return safe(value)
    return "" if value is None else value


def _words(questionnaire: Questionnaire, texts: Texts) -> dict[str, str]:
    """Return what each measure is called, by its id."""
    found = {**texts.dimension, **texts.question}
    for reading in questionnaire.readings:
        found |= {f"{reading.key}/{part.key}": f"{reading.title}: {part.title}" for part in reading.parts}
    return found
