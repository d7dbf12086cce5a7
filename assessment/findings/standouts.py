"""What stands out in a round, each as a sentence with the numbers behind it and a place to look further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessment.disclosure.values import Result, Verdict
from assessment.findings.agreement import camps_sentence, furthest, spreads
from assessment.findings.overview import lens_gap, moved
from assessment.findings.results import Results
from assessment.findings.tattersall import gap_finding
from assessment.findings.words import in_sentence, number
from assessment.statistics.agreement import Agreement

MOST = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a conversation: the sentence, the numbers behind it, and the section to look at."""

    headline: str
    detail: str
    section: str | None = None


Direction = Literal["up", "down"]


def standouts(results: Results) -> tuple[Finding, ...]:
    """Return at most six findings, changes first; none where too few were heard to speak for all."""
    if not results.release.facts.speaks_for_all:
        return ()
    found = [*_changes(results), *_gap(results), *_splits(results), *_lenses(results), *_cannot_judge(results)]
    return tuple(found[:MOST])


def _changes(results: Results) -> Iterator[Finding]:
    for verdict, words in ((Verdict.UP, "went up"), (Verdict.DOWN, "went down")):
        for result in moved(results, verdict):
            yield Finding(f"{results.name(result.measure)} {words}", _from_to(results, result), result.measure)
    for verdict, words in ((Verdict.MAYBE_UP, "gone up"), (Verdict.MAYBE_DOWN, "gone down")):
        for result in moved(results, verdict):
            detail = f"{_from_to(results, result, certain=False)} Ask people if they see it too."
            yield Finding(f"{results.name(result.measure)} may have {words}", detail, result.measure)


def _from_to(results: Results, result: Result, certain: bool = True) -> str:
    change = results.change(result)
    sure = " This is more than chance." if certain else ""
    if change is None or change.before is None or result.average is None or results.previous is None:
        return sure.strip()
    before = results.earlier[results.previous]
    return f"From {number(change.before)} in {before} to {number(result.average.value)}.{sure}"


def _gap(results: Results) -> Iterator[Finding]:
    found = gap_finding(results)
    if found:
        yield Finding(found.headline, found.detail)


def _splits(results: Results) -> Iterator[Finding]:
    split = [s for s in furthest(spreads(results)) if s.word is Agreement.SPLIT]
    for found in split[:2]:
        asked = results.texts.question[found.question.id]
        detail = camps_sentence(results, found.question)
        yield Finding(f"We are split: {in_sentence(asked, results.texts)}", detail, found.question.dimension)


def _lenses(results: Results) -> Iterator[Finding]:
    for result in results.dimensions:
        pair = results.lenses(result)
        gap = lens_gap(results, result)
        if pair and gap:
            name = in_sentence(results.name(result.measure), results.texts)
            side = "lower" if gap < 0 else "higher"
            detail = (
                f"Counted by organisation the score is {number(pair[1].value)}, counted by person "
                f"{number(pair[0].value)}: {'larger' if gap < 0 else 'smaller'} organisations are more positive."
            )
            yield Finding(f"Small organisations rate {name} {side}", detail, result.measure)


def _cannot_judge(results: Results) -> Iterator[Finding]:
    for question, result in results.questions:
        share = result.columns.dont_know if result.columns else None
        if question.scale and share is not None and share >= results.judged.cannot_judge:
            asked = results.texts.question[question.id]
            detail = f"About {round(100 * share)}% chose “{results.texts.dont_know}”. That is a finding of its own."
            yield Finding(
                f"Many people could not judge: {in_sentence(asked, results.texts)}", detail, question.dimension
            )
