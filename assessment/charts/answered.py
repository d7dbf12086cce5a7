"""What did people answer? Bars that part at the middle, with the middle and "can't say" set apart (charts 2.2).

Left of the line stand the answers below the middle of the scale, right of it those above. The middle answer and
"can't say" have narrow columns of their own, so that all four totals start from a common line. Where the good place
is the middle (or nowhere) the middle answer stands across the line instead.
"""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Column, Columns, Result, Withheld
from assessment.findings.results import Results
from assessment.findings.words import FEW_FOR_PER_CENT, in_sentence, reason
from assessment.questionnaire.values import Question, Scale

DRAWN_FROM = 0.08
"""Smallest share that has its number written into it."""


class Segment(NamedTuple):
    """A piece of a bar: from `start`, `share` wide (shares of those who answered), `place` on the scale, its words."""

    start: float
    share: float
    place: float
    text: str
    words: str


class AnsweredRow(NamedTuple):
    """One question. `segments` is empty where its columns are not shown; `note` then says why.

    `apart` tells that the middle answer has a column of its own; `middle` is None where the scale has none, nobody
    chose it alone, or it is drawn across the line. `dont_know` is a share or None.
    """

    question: str
    label: str
    ends: tuple[str, str]
    points: int
    apart: bool
    segments: tuple[Segment, ...]
    middle: Segment | None
    dont_know: float | None
    note: str


class Reach(NamedTuple):
    """How far the bars of all figures go, as shares: left and right of the line, in the two columns at the right.

    0 where a column is not needed.
    """

    left: float
    right: float
    middle: float
    dont_know: float


class Answered(NamedTuple):
    """Everything that a figure of answered questions draws, all figures of a round on one scale."""

    rows: tuple[AnsweredRow, ...]
    reach: Reach
    alt: str


def answered(results: Results, questions: tuple[str, ...]) -> Answered:
    """Compute the bars of some ratings in the given order, on the scale of all ratings that are drawn alike."""
    everything = {q.id: _row(results, q, r, q.scale) for q, r in results.questions if q.scale}
    rows = tuple(everything[q] for q in questions if q in everything)
    apart = {row.apart for row in rows}
    return Answered(rows, _reach([row for row in everything.values() if row.apart in apart]), _alt(rows))


def _reach(rows: list[AnsweredRow]) -> Reach:
    left = max((-s.start for row in rows for s in row.segments), default=0.5)
    right = max((s.start + s.share for row in rows for s in row.segments), default=0.5)
    middle = max((row.middle.share for row in rows if row.middle), default=0.0)
    unknown = [row.dont_know for row in rows if row.dont_know is not None]
    return Reach(
        max(left, 0.2) + 0.02,
        max(right, 0.2) + 0.02,
        max(middle, 0.2) if middle else 0.0,
        max(*unknown, 0.16) if unknown else 0.0,
    )


def _row(results: Results, question: Question, result: Result, scale: Scale) -> AnsweredRow:
    labels = results.texts.counted(question)
    ends = labels[0], in_sentence(labels[-1], results.texts)
    label, points, apart = results.texts.question[question.id], scale.points, scale.best == "high"
    if result.columns is None:
        why = reason(result.why_columns or result.why or Withheld.COLUMNS, results.release.rules.k)
        return AnsweredRow(question.id, label, ends, points, apart, (), None, None, why)
    segments, middle = _segments(result.columns, labels, centred=not apart)
    return AnsweredRow(question.id, label, ends, points, apart, segments, middle, result.columns.dont_know, "")


def _segments(columns: Columns, labels: tuple[str, ...], centred: bool) -> tuple[tuple[Segment, ...], Segment | None]:
    """Lay the columns left and right of the line, nearest to the middle first."""
    ordered = sorted(columns.columns, key=lambda c: c.codes[0])
    centre = (len(labels) + 1) / 2
    left = [c for c in ordered if _place(c) < centre]
    right = [c for c in ordered if _place(c) > centre]
    middle = next((c for c in ordered if _place(c) == centre), None)
    half = middle.people / columns.people / 2 if middle and centred else 0.0
    made = [_segment(middle, columns, labels, -half)] if middle and centred else []
    at = -half
    for column in reversed(left):
        at -= column.people / columns.people
        made.append(_segment(column, columns, labels, at))
    at = half
    for column in right:
        made.append(_segment(column, columns, labels, at))
        at += column.people / columns.people
    apart = _segment(middle, columns, labels, 0.0) if middle and not centred else None
    return tuple(sorted(made)), apart


def _segment(column: Column, columns: Columns, labels: tuple[str, ...], start: float) -> Segment:
    share = column.people / columns.people
    few = columns.people < FEW_FOR_PER_CENT
    text = str(column.people) if few else f"{round(100 * share)}%"
    words = " or ".join(labels[code - 1] for code in column.codes)
    return Segment(start, share, _place(column), text, words)


def _place(column: Column) -> float:
    """Return where a column stands on the scale: the mean of the codes that it merges."""
    return sum(column.codes) / len(column.codes)


def _alt(rows: tuple[AnsweredRow, ...]) -> str:
    said = []
    for row in rows:
        parts = [f"{s.text} {s.words}" for s in (*row.segments, *([row.middle] if row.middle else []))]
        said.append(f"{row.label} {', '.join(parts) or row.note}.")
    return "Bars of answers. " + " ".join(said)
