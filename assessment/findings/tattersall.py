"""Are wins matched by power built? The gap of Tattersall's two axes, from published averages (statistics 1.9).

People's own gaps are not published, so the two averages are compared as if different people had given them. Who
rates one axis high mostly rates the other high too: the interval here is wider than the paired one, which is cautious.
"""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Average, Result
from assessment.findings.results import Results
from assessment.findings.words import number
from assessment.statistics.change import compare
from assessment.statistics.values import Summary

FEWEST_OF = {"5-9": 5, "10-19": 10, "20-49": 20, "50-99": 50, "100+": 100}
"""Lowest count of each published band (rule R9a): fewer people give a wider interval."""


class Gap(NamedTuple):
    """Social change minus social power with its 90 % interval, and what may be said about it."""

    change: float
    power: float
    difference: float
    low: float
    high: float
    headline: str
    detail: str


def gap(results: Results) -> Gap | None:
    """Return the gap between the two axes of the 2x2 reading, None where one of them is not shown exactly."""
    axes = [results.release.result(m.id) for m in results.measures.values() if m.kind == "axis"][:2]
    sides = [_summary(results, r) for r in axes if r is not None]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    change, power = sides[0], sides[1]
    found = compare(power, change, results.points(str(axes[0] and axes[0].measure)), results.judged)
    numbers = float(change.mean), float(power.mean), float(found.difference), float(found.low), float(found.high)
    return Gap(*numbers, _headline(*numbers[2:], results.judged.notable), _detail(*numbers[:2]))


def gap_finding(results: Results) -> Gap | None:
    """Return the gap where it may be said aloud: its interval excludes 0 and it is worth a word."""
    found = gap(results)
    return found if found and found.headline else None


def _summary(results: Results, result: Result) -> Summary | None:
    average: Average | None = result.average
    if average is None or average.bound != "exact" or average.spread is None or result.people is None:
        return None
    return Summary(FEWEST_OF[result.people], average.value, average.spread, results.release.facts.invited)


def _headline(difference: float, low: float, high: float, notable: float) -> str:
    if abs(difference) < notable - 1e-9 or low <= 0 <= high:
        return ""
    return "Wins run ahead of the power we build" if difference > 0 else "We build power faster than we win"


def _detail(change: float, power: float) -> str:
    return f"What we win and shift stands at {number(change)}, the ties and leaders we build at {number(power)}."
