"""Are wins matched by power built? Tattersall's two axes, and the gap between them as published (statistics 1.9)."""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Average, Gap, Result
from assessment.findings.results import Results
from assessment.findings.words import interval, number
from assessment.questionnaire.values import Part, Reading
from assessment.statistics.success import Ahead, Quadrant, quadrant
from assessment.statistics.values import Interval

CELLS_OF = {Ahead.WINS: "Wins run ahead of the power we build", Ahead.POWER: "We build power faster than we win"}

TOGETHER = {Quadrant.WINNING_AND_GROWING, Quadrant.STARTING_OR_STUCK}


class Axis(NamedTuple):
    """One axis of the 2x2, shown exactly."""

    measure: str
    average: Average
    people: str


class Axes(NamedTuple):
    """Social change and social power of one round."""

    change: Axis
    power: Axis
    points: int


class GapFinding(NamedTuple):
    """What may be said of the gap: a title, the numbers behind it, and which axis is ahead."""

    headline: str
    detail: str
    ahead: Ahead


def reading(results: Results) -> Reading | None:
    """Return the reading that is drawn as a 2x2, None where the questionnaire has none."""
    return next((r for r in results.questionnaire.readings if r.shape == "two_by_two"), None)


def cells(results: Results) -> tuple[tuple[Part, Result], ...]:
    """Return the four cells with their results, in the order of the reading."""
    found = reading(results)
    if found is None:
        return ()
    named = ((part, results.holder(found, part)) for part in found.parts)
    held = ((part, results.release.result(measure) if measure else None) for part, measure in named)
    return tuple((part, result) for part, result in held if result is not None)


def axes(results: Results) -> Axes | None:
    """Return both axes where each is shown exactly, else None."""
    shown = [_axis(results.release.result(m.id)) for m in results.measures.values() if m.kind == "axis"][:2]
    if len(shown) != 2 or shown[0] is None or shown[1] is None:
        return None
    return Axes(shown[0], shown[1], results.points(shown[0].measure))


def gap(results: Results) -> Gap | None:
    """Return the published gap of the two axes, None where an axis is not shown exactly or in old releases."""
    found = axes(results)
    if found is None:
        return None
    pair = found.change.measure, found.power.measure
    return next((g for g in results.release.gaps if (g.first, g.second) == pair), None)


def gap_finding(results: Results) -> GapFinding | None:
    """Return the gap where it may be said aloud: its interval excludes 0 and it is worth a word."""
    found, shown = gap(results), axes(results)
    if found is None or shown is None:
        return None
    if not _worth(results, found.value, shown) or found.band90[0] <= 0 <= found.band90[1]:
        return None
    ahead = Ahead.WINS if found.value > 0 else Ahead.POWER
    return GapFinding(CELLS_OF[ahead], detail(results), ahead)


def detail(results: Results) -> str:
    """Return both averages, and the gap with where everybody's would likely lie; empty without averages."""
    shown, found = axes(results), gap(results)
    if shown is None:
        return ""
    stands = (
        f"What we win and shift stands at {number(shown.change.average.value)}, "
        f"the ties and leaders we build at {number(shown.power.average.value)}."
    )
    if found is None:
        return stands
    low, high = sorted(abs(end) for end in found.band90)
    if found.band90[0] <= 0 <= found.band90[1]:
        return f"{stands} That may be no gap at all."
    return f"{stands} Had everybody answered, the gap would likely be {number(low)} to {number(high)}."


def headline(results: Results) -> str:
    """Return the title: the gap if it may be said, else the quadrant, else a question.

    That both go together is said where the whole band of the gap is too small for a word, in a field where both are
    high or both are low: that no gap can be told does not make them equal.
    """
    found = gap_finding(results) if results.release.facts.speaks_for_all else None
    if found:
        return found.headline
    where = named_quadrant(results)
    if where in {None, Quadrant.BORDER} or not results.release.facts.speaks_for_all:
        return "Are our wins matched by the power we build?"
    shown, known = axes(results), gap(results)
    together = where in TOGETHER and shown and known and not any(_worth(results, end, shown) for end in known.band90)
    return f"Wins and power go together: {where}" if together else f"Where we stand: {where}"


def subtitle(results: Results) -> str:
    """Return the numbers behind the title, and where they stand in the 2x2."""
    said, where = [one for one in (detail(results),) if one], named_quadrant(results)
    if where is not None and results.release.facts.speaks_for_all:
        border = "On the border between the fields: the bands reach over the middle."
        said.append(border if where is Quadrant.BORDER else f"That reads: {where.value}.")
    return " ".join(said)


def _worth(results: Results, gap: float, shown: Axes) -> bool:
    return round(abs(gap), 9) >= results.judged.step(results.judged.notable, shown.points)


def named_quadrant(results: Results) -> Quadrant | None:
    """Return the field of the 2x2 where both whole intervals lie in it, BORDER where not, None without intervals."""
    found = axes(results)
    if found is None:
        return None
    ends = [interval(axis.average, found.points) for axis in (found.change, found.power)]
    if ends[0] is None or ends[1] is None:
        return None
    return quadrant(Interval(*ends[0]), Interval(*ends[1]), found.points, results.judged)


def _axis(result: Result | None) -> Axis | None:
    if result is None or result.average is None or result.average.bound != "exact" or result.people is None:
        return None
    return Axis(result.measure, result.average, result.people)
