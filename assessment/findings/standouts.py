"""What stands out in a round, each as a sentence with the numbers behind it and a place to look further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessment.disclosure.values import Result, Verdict
from assessment.findings.agreement import camps_sentence, furthest, spreads
from assessment.findings.discussion import Topic, question
from assessment.findings.overview import lens_gap, moved
from assessment.findings.results import Results
from assessment.findings.tattersall import gap_finding
from assessment.findings.words import in_sentence, number
from assessment.statistics.agreement import Agreement
from assessment.statistics.success import Ahead

MOST = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a conversation: the sentence, the numbers behind it, the measure to look at, what to ask.

    `measure` is None where no single one tells it.
    """

    headline: str
    detail: str
    topic: Topic
    measure: str | None = None

    @property
    def discuss(self) -> str:
        """The question to talk about it with."""
        return question(self.topic)


Direction = Literal["up", "down"]


def standouts(results: Results) -> tuple[Finding, ...]:
    """Return at most six findings, changes first; none where too few were heard to speak for all."""
    if not results.release.facts.speaks_for_all:
        return ()
    found = [*_changes(results), *_gap(results), *_splits(results), *_lenses(results), *_cannot_judge(results)]
    return tuple(found[:MOST])


def _changes(results: Results) -> Iterator[Finding]:
    for verdict, words, topic in ((Verdict.UP, "went up", Topic.UP), (Verdict.DOWN, "went down", Topic.DOWN)):
        for result in moved(results, verdict):
            yield Finding(f"{results.name(result.measure)} {words}", _from_to(results, result), topic, result.measure)
    for verdict, words in ((Verdict.MAYBE_UP, "gone up"), (Verdict.MAYBE_DOWN, "gone down")):
        for result in moved(results, verdict):
            detail = f"{_from_to(results, result, certain=False)} Ask people if they see it too."
            headline = f"{results.name(result.measure)} may have {words}"
            yield Finding(headline, detail, Topic.MAYBE, result.measure)


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
        topic = Topic.WINS_AHEAD if found.ahead is Ahead.WINS else Topic.POWER_AHEAD
        yield Finding(found.headline, found.detail, topic)


def _splits(results: Results) -> Iterator[Finding]:
    split = [s for s in furthest(spreads(results)) if s.word is Agreement.SPLIT]
    for found in split[:2]:
        asked = results.texts.question[found.question.id]
        detail = camps_sentence(results, found.question)
        headline = f"We are split: {in_sentence(asked, results.texts)}"
        yield Finding(headline, detail, Topic.SPLIT, found.question.id)


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
            topic = Topic.SMALL_LOWER if gap < 0 else Topic.SMALL_HIGHER
            yield Finding(f"Small organisations rate {name} {side}", detail, topic, result.measure)


def _cannot_judge(results: Results) -> Iterator[Finding]:
    for asked_of, result in results.questions:
        share = result.columns.dont_know if result.columns else None
        if asked_of.scale and share is not None and share >= results.judged.cannot_judge:
            asked = results.texts.question[asked_of.id]
            detail = f"About {round(100 * share)}% chose “{results.texts.dont_know}”. That is a finding of its own."
            headline = f"Many people could not judge: {in_sentence(asked, results.texts)}"
            yield Finding(headline, detail, Topic.CANNOT_JUDGE, asked_of.id)
