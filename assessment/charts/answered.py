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

    `middle` is None where the scale has none or it is drawn across the line. `dont_know` is a share or None.
    """

    question: str
    label: str
    ends: str
    points: int
    segments: tuple[Segment, ...]
    middle: Segment | None
    dont_know: float | None
    note: str


class Answered(NamedTuple):
    """Everything that a figure of answered questions draws; `reach` is how far bars go left and right of the line."""

    rows: tuple[AnsweredRow, ...]
    reach: tuple[float, float]
    middle_title: str
    dont_know_title: str
    alt: str


def answered(results: Results, questions: tuple[str, ...], reach: tuple[float, float] | None = None) -> Answered:
    """Compute the bars of some ratings in the given order; `reach` keeps several figures on one scale."""
    found = [(q, r, q.scale) for q, r in results.questions if q.id in questions and q.scale]
    rows = tuple(_row(results, *one) for one in sorted(found, key=lambda one: questions.index(one[0].id)))
    apart = any(row.middle for row in rows)
    can_not_say = any(row.dont_know is not None for row in rows)
    return Answered(
        rows,
        reach or reach_of(rows),
        "In the middle" if apart else "",
        "Can't say" if can_not_say else "",
        _alt(rows),
    )


def reach_of(rows: tuple[AnsweredRow, ...]) -> tuple[float, float]:
    """Return how far the bars go to the left and to the right, with a little air."""
    left = max((-s.start for row in rows for s in row.segments), default=0.5)
    right = max((s.start + s.share for row in rows for s in row.segments), default=0.5)
    return max(left, 0.2) + 0.02, max(right, 0.2) + 0.02


def _row(results: Results, question: Question, result: Result, scale: Scale) -> AnsweredRow:
    labels = results.texts.scale[scale.key]
    ends = f"{labels[0]} … {in_sentence(labels[-1], results.texts)}"
    label, points = results.texts.question[question.id], scale.points
    if result.columns is None:
        why = reason(result.why_columns or result.why or Withheld.COLUMNS, results.release.rules.k)
        return AnsweredRow(question.id, label, ends, points, (), None, None, why)
    centred = scale.best != "high"
    segments, middle = _segments(result.columns, labels, centred)
    return AnsweredRow(question.id, label, ends, points, segments, middle, result.columns.dont_know, "")


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
