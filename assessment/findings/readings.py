"""The same answers through frameworks that alliances know: parts, warnings, the way from trust to power."""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Result, Verdict
from assessment.findings.results import Results
from assessment.findings.words import interval, score
from assessment.questionnaire.values import Part, Reading

OWN_SCREEN = "two_by_two"
"""The shape that has a screen of its own (success)."""
LIT, QUIET, UNSURE = "lit", "not lit", "cannot be told apart from not lit"


class Read(NamedTuple):
    """A part of a reading with its result; `result` is None where it has counts only. `state` is for warnings."""

    part: Part
    result: Result | None
    state: str


def shown_readings(results: Results) -> tuple[Reading, ...]:
    """Return the readings of the round that this screen draws, those without any asked question left out."""
    there = (r for r in results.questionnaire.readings if r.shape != OWN_SCREEN)
    return tuple(r for r in there if any(_asked(results, part) for part in r.parts))


def read(results: Results, reading: Reading) -> tuple[Read, ...]:
    """Return the parts of a reading that were asked: ranked ones by their average, others in their order."""
    found = []
    for part in reading.parts:
        if _asked(results, part):
            measure = results.holder(reading, part)
            result = results.release.result(measure) if measure else None
            found.append(Read(part, result, _state(results, reading, result)))
    return tuple(sorted(found, key=_height) if reading.shape == "ranked" else found)


def finding(results: Results, reading: Reading) -> str:
    """Return the one sentence of a reading that its shape allows; empty where there is none."""
    parts = read(results, reading)
    if not results.release.facts.speaks_for_all:
        return ""
    if reading.shape == "warnings":
        return _warnings(parts)
    if reading.shape == "sequence":
        return _sequence(results, parts)
    return _apart(results, parts) if reading.shape == "ranked" else ""


def headline(results: Results) -> str:
    """Return the title of the screen: a warning that is lit, else what the screen is."""
    for reading in shown_readings(results):
        lit = [one for one in read(results, reading) if one.state == LIT]
        if lit and results.release.facts.speaks_for_all:
            return f"A warning is lit: {lit[0].part.title[:1].lower()}{lit[0].part.title[1:]}"
    return "The same answers, read in other ways"


def row_words(results: Results, reading: Reading, one: Read) -> str:
    """Return the words beside a part: whether its warning is lit, or what changed."""
    if reading.shape == "warnings":
        return {LIT: "warning lit", QUIET: "not lit", UNSURE: "not certain"}.get(one.state, "")
    change = results.change(one.result) if one.result else None
    said = {Verdict.UP: "went up", Verdict.DOWN: "went down"}
    return said.get(change.verdict, "") if change and results.release.facts.speaks_for_all else ""


def asked_in(results: Results, part: Part) -> tuple[str, ...]:
    """Return the texts of a part's questions that were asked."""
    by_dimension = tuple(
        q.id for q in results.questionnaire.questions if part.dimension and q.dimension == part.dimension
    )
    ids = (*(by_dimension or part.questions), *part.two_sided, *part.choices)
    return tuple(results.texts.question[q] for q in ids if q in results.questionnaire.by_id)


def _asked(results: Results, part: Part) -> bool:
    return bool(asked_in(results, part))


def _state(results: Results, reading: Reading, result: Result | None) -> str:
    """Return whether a warning is lit: its whole interval must lie below the limit, or above it to be not lit."""
    if reading.lit_below is None or result is None or result.average is None:
        return ""
    points = results.points(result.measure)
    ends, limit = interval(result.average, points), results.judged.place(reading.lit_below, points)
    if ends is None:
        return UNSURE
    return LIT if ends[1] < limit else QUIET if ends[0] >= limit else UNSURE


def _warnings(parts: tuple[Read, ...]) -> str:
    lit = [one.part.title for one in parts if one.state == LIT]
    if lit:
        return " ".join(f"{title}." for title in lit)
    return "No warning is lit." if all(one.state == QUIET for one in parts) else "No warning is clearly lit."


def _sequence(results: Results, parts: tuple[Read, ...]) -> str:
    first, last = parts[0], parts[-1]
    verdicts = [results.change(one.result) if one.result else None for one in (first, last)]
    if verdicts[0] and verdicts[1] and (verdicts[0].verdict, verdicts[1].verdict) == (Verdict.DOWN, Verdict.UP):
        return f"{last.part.title} rises while {first.part.title.lower()} falls: what was won may not last."
    shown = [f"{one.part.title} {score(one.result.average)}" for one in parts if one.result and one.result.average]
    return ", then ".join(shown) + "." if shown else ""


def _apart(results: Results, parts: tuple[Read, ...]) -> str:
    shown = [one for one in parts if one.result and one.result.average]
    if len(shown) < 2 or not (top := shown[0].result) or not (bottom := shown[-1].result):
        return ""
    if top.average is None or bottom.average is None:
        return ""
    high = interval(top.average, results.points(top.measure))
    low = interval(bottom.average, results.points(bottom.measure))
    if high and low and high[0] > low[1]:
        return f"Strongest: {shown[0].part.title}. Weakest: {shown[-1].part.title}."
    return "No part stands clearly apart."


def _height(one: Read) -> float:
    return -one.result.average.value if one.result and one.result.average else 0.0
