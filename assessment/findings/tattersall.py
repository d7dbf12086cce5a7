"""Are wins matched by power built? The gap of Tattersall's two axes, from published averages (statistics 1.9).

People's own gaps are not published, so the two averages are compared as if different people had given them. Who
rates one axis high mostly rates the other high too: the interval here is wider than the paired one, which is cautious.
"""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Average, Result
from assessment.findings.results import Results
from assessment.findings.words import interval, number
from assessment.questionnaire.measures import alias
from assessment.questionnaire.values import Part, Reading
from assessment.statistics.change import compare
from assessment.statistics.success import Ahead, Quadrant, quadrant
from assessment.statistics.values import Interval, Summary

FEWEST_OF = {"5-9": 5, "10-19": 10, "20-49": 20, "50-99": 50, "100+": 100}
"""Lowest count of each published band (rule R9a): fewer people give a wider interval."""
CELLS_OF = {Ahead.WINS: "Wins run ahead of the power we build", Ahead.POWER: "We build power faster than we win"}


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


class Gap(NamedTuple):
    """Social change minus social power with its 90 % interval; `headline` is empty where nothing may be said aloud."""

    difference: float
    low: float
    high: float
    headline: str
    detail: str


def reading(results: Results) -> Reading | None:
    """Return the reading that is drawn as a 2x2, None where the questionnaire has none."""
    return next((r for r in results.questionnaire.readings if r.shape == "two_by_two"), None)


def cells(results: Results) -> tuple[tuple[Part, Result], ...]:
    """Return the four cells with their results, in the order of the reading."""
    found = reading(results)
    if found is None:
        return ()
    named = ((part, alias(results.questionnaire, found.key, part)) for part in found.parts)
    held = ((part, results.release.result(measure) if measure else None) for part, measure in named)
    return tuple((part, result) for part, result in held if result is not None)


def axes(results: Results) -> Axes | None:
    """Return both axes where each is shown exactly, else None."""
    shown = [_axis(results.release.result(m.id)) for m in results.measures.values() if m.kind == "axis"][:2]
    if len(shown) != 2 or shown[0] is None or shown[1] is None:
        return None
    return Axes(shown[0], shown[1], results.points(shown[0].measure))


def gap(results: Results) -> Gap | None:
    """Return the gap between the two axes, None where one is not shown exactly or has no band."""
    found = axes(results)
    if found is None or found.change.average.spread is None or found.power.average.spread is None:
        return None
    change, power = (_summary(results, axis) for axis in (found.change, found.power))
    compared = compare(power, change, found.points, results.judged)
    difference, low, high = float(compared.difference), float(compared.low), float(compared.high)
    worth = round(abs(difference), 9) >= results.judged.step(results.judged.notable, found.points)
    ahead = Ahead.NEITHER
    if worth and not low <= 0 <= high:
        ahead = Ahead.WINS if difference > 0 else Ahead.POWER
    detail = (
        f"What we win and shift stands at {number(found.change.average.value)}, "
        f"the ties and leaders we build at {number(found.power.average.value)}."
    )
    return Gap(difference, low, high, CELLS_OF.get(ahead, ""), detail)


def gap_finding(results: Results) -> Gap | None:
    """Return the gap where it may be said aloud: its interval excludes 0 and it is worth a word."""
    found = gap(results)
    return found if found and found.headline else None


def headline(results: Results) -> str:
    """Return the title: the gap if it may be said, else the quadrant, else a question."""
    found = gap_finding(results) if results.release.facts.speaks_for_all else None
    if found:
        return found.headline
    where = named_quadrant(results)
    if where is None or not results.release.facts.speaks_for_all:
        return "Are our wins matched by the power we build?"
    return "Wins and power go together: " + where.value if where is not Quadrant.BORDER else "On the border"


def subtitle(results: Results) -> str:
    """Return the numbers behind the title, and where they stand in the 2x2."""
    found, where = gap(results), named_quadrant(results)
    said = [found.detail] if found else []
    if where is not None and results.release.facts.speaks_for_all:
        border = "On the border between the fields: the bands reach over the middle."
        said.append(border if where is Quadrant.BORDER else f"That reads: {where.value}.")
    return " ".join(said)


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


def _summary(results: Results, axis: Axis) -> Summary:
    return Summary(
        FEWEST_OF[axis.people], axis.average.value, float(axis.average.spread or 0), results.release.facts.invited
    )
