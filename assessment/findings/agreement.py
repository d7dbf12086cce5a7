"""Where we see it alike, where we are split: from published columns only (statistics 1.4, rule R17).

A column that merges two answers does not tell how people spread inside it. So spread has two ends: everyone at the
inner edge of the column, or everyone at its outer edge; "alike" must hold for the larger, "differently" for the
smaller.
"""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Column, Columns
from assessment.findings.results import Results
from assessment.findings.words import share_of
from assessment.questionnaire.values import Question
from assessment.statistics.agreement import Agreement, leik, split
from assessment.statistics.settings import JUDGEMENT, Judgement

CLOSEST_SHOWN, FURTHEST_SHOWN = 3, 6


class Spread(NamedTuple):
    """Leik's D of one question between its two ends, 0 (all the same) to 1 (half at each end), and its word."""

    question: Question
    least: float
    most: float
    word: Agreement


def spread(question: Question, columns: Columns, judged: Judgement = JUDGEMENT) -> Spread:
    """Put the spread of one rating's published columns into a word; "split" overrides the others."""
    points = question.options
    least, most = (float(leik(_counts(columns, points, outer))) for outer in (False, True))
    if split(_counts(columns, points, outer=False), judged):
        word = Agreement.SPLIT
    elif least > judged.different_above:
        word = Agreement.DIFFERENT
    else:
        word = Agreement.ALIKE if most < judged.alike_below else Agreement.SOME
    return Spread(question, least, most, word)


def spreads(results: Results) -> tuple[Spread, ...]:
    """Return the spread of every rating whose columns are shown, in the questionnaire's order."""
    return tuple(spread(q, r.columns, results.judged) for q, r in results.questions if q.scale and r.columns)


def closest(found: tuple[Spread, ...]) -> tuple[Spread, ...]:
    """Return the questions that we see most alike, the clearest first; never one that we see differently."""
    near = (s for s in found if s.word not in {Agreement.SPLIT, Agreement.DIFFERENT})
    return tuple(sorted(near, key=lambda s: s.most))[:CLOSEST_SHOWN]


def furthest(found: tuple[Spread, ...]) -> tuple[Spread, ...]:
    """Return the questions that we see most differently: split ones first, then by spread; never one seen alike."""
    apart = (s for s in found if s.word is not Agreement.ALIKE)
    return tuple(sorted(apart, key=lambda s: (s.word is not Agreement.SPLIT, -s.least)))[:FURTHEST_SHOWN]


def steps(found: Spread) -> str:
    """Return how far people are from the middle answer, on average: D (m - 1) / 2 steps, "about" for a range."""
    low, high = (d * (found.question.options - 1) / 2 for d in (found.least, found.most))
    about = "" if low == high else "about "
    return f"on average {about}{(low + high) / 2:.1f} steps from the middle answer"


def camps_sentence(results: Results, question: Question) -> str:
    """Return what the two camps of a question say: "38 % say …, 41 % say …"; empty where columns are not shown."""
    result = results.release.result(question.id)
    if result is None or result.columns is None or question.scale is None:
        return ""
    labels = results.texts.counted(question)
    low, high = (_camp(result.columns, question.options, side) for side in (-1, 1))
    said = [f"{_share(camp, result.columns)} say “{_named(camp, labels)}”" for camp in (low, high) if camp]
    return ", ".join(said) + "." if said else ""


def _counts(columns: Columns, points: int, outer: bool) -> list[float]:
    """Put each column's people on one of its codes: the farthest from the middle of the scale, or the nearest."""
    counts = [0.0] * points
    middle = (points + 1) / 2
    for column in columns.columns:
        pick = max if outer else min
        counts[pick(column.codes, key=lambda code: abs(code - middle)) - 1] += column.people
    return counts


def _camp(columns: Columns, points: int, side: int) -> tuple[Column, ...]:
    middle = (points + 1) / 2
    return tuple(c for c in columns.columns if all((code - middle) * side > 0 for code in c.codes))


def _share(camp: tuple[Column, ...], columns: Columns) -> str:
    return share_of(sum(c.people for c in camp), columns.people)


def _named(camp: tuple[Column, ...], labels: tuple[str, ...]) -> str:
    codes = sorted(code for column in camp for code in column.codes)
    return "” or “".join(labels[code - 1] for code in codes)
