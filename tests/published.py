"""Published values for tests of findings and charts, made inside the door with numbers of our choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assessment.disclosure.door import door
from assessment.disclosure.rules import Rules
from assessment.disclosure.values import (
    Average,
    Bound,
    Change,
    Column,
    Columns,
    Facts,
    Gap,
    Group,
    GroupKind,
    PublishedRelease,
    Result,
    Verdict,
    Withheld,
)
from assessment.findings.results import Results
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.measures import Measure, measures
from assessment.settings import ROOT
from assessment.statistics.settings import JUDGEMENT

QUESTIONNAIRE = load_questionnaire(ROOT / "data" / "instruments" / "core")
EARLIER = {"r1": "Autumn 2025", "r2": "Spring 2026"}


def average(value: float, half: float | None = 0.1, bound: Bound = "exact") -> Average:
    """An average with a band of `half` on each side; None: nobody was missing, or the end is coded."""
    band = None if half is None or bound != "exact" else (round(value - half, 3), round(value + half, 3))
    inner = None if band is None or half is None else (round(value - half / 2, 3), round(value + half / 2, 3))
    with door():
        return Average(value, 0.1, bound, None if bound != "exact" else 0.7, band, inner)


def columns(*people: int | tuple[tuple[int, ...], int], dont_know: float | None = 0.0) -> Columns:
    """Columns of one code each, or of ((codes), people) where several were merged."""
    with door():
        made = [Column((i,), n) if isinstance(n, int) else Column(*n) for i, n in enumerate(people, 1)]
        return Columns(tuple(made), dont_know)


def change(verdict: Verdict, before: float | None = 3.0, round_id: str = "r2") -> Change:
    with door():
        return Change(round_id, verdict, before, 0.3)


def result(measure: str, value: Average | None, **other: Any) -> Result:
    """One result of the alliance; without a value it is withheld for `why`."""
    with door():
        plain = Result(
            measure=measure,
            group="alliance",
            people="100+",
            average=value,
            other_lens=None,
            columns=None,
            changes=(),
            why=None if value else Withheld.FEW,
            why_other_lens=Withheld.PROTECTED,
            why_columns=None,
        )
        return replace(plain, **other)


def facts(**other: Any) -> Facts:
    with door():
        plain = Facts("r3", "Autumn 2026", date(2026, 10, 20), 142, 188, 15, 16, 0.05, {"words.keep": 60})
        return replace(plain, **other)


def gap(value: float, half: float = 0.2) -> Gap:
    """Social change above social power, with an interval of `half` on each side."""
    with door():
        ends = (round(value - half, 3), round(value + half, 3))
        return Gap("tattersall", "tattersall/social_change", "tattersall/social_power", "100+", value, 0.7, ends)


def release(
    *results: Result, rules: Rules | None = None, gaps: tuple[Gap, ...] = (), **header: Any
) -> PublishedRelease:
    with door():
        whole = Group("alliance", GroupKind.ALLIANCE, "Harbour Alliance")
        return PublishedRelease(facts(**header), rules or Rules(), (whole,), results, (), JUDGEMENT.as_dict(), gaps)


def told(*results: Result, earlier: Mapping[str, str] = EARLIER, **header: Any) -> Results:
    """A release with its words, as screens and charts receive it."""
    return Results(release(*results, **header), QUESTIONNAIRE, QUESTIONNAIRE.texts["en"], earlier)


def whole_round(values: Mapping[str, float], counts: tuple[int, ...] = (10, 20, 40, 50, 22)) -> Results:
    """A round in which every measure is shown: averages by dimension, the same columns for every rating."""
    return told(*(_shown(measure, values) for measure in measures(QUESTIONNAIRE)))


def _shown(measure: Measure, values: Mapping[str, float]) -> Result:
    question = QUESTIONNAIRE.by_id.get(measure.id)
    value = average(values.get((question.dimension if question else None) or measure.id, 3.2))
    if question is None:
        return result(measure.id, value, other_lens=average(value.value - 0.1, None))
    if measure.choice:
        return result(measure.id, None, why=None, columns=columns(*(20 + i for i in range(measure.points))))
    return result(measure.id, value, columns=columns(10, 20, 40, 50, 22, dont_know=0.1))
