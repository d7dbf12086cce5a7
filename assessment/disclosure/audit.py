"""The attacker on a sealed release: what can be computed from everything that it shows.

The ballots are gone, so nothing is compared with the truth. The attacker knows the rules, the questionnaire and the
release, tries what an outsider could try, and reports each attempt with what it looked at and what it found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessment.disclosure import guesses
from assessment.disclosure.averages import SLACK, fixed_spread
from assessment.disclosure.columns import FEWEST_ANSWERS, FEWEST_COLUMNS, fine
from assessment.disclosure.people import BANDS, MANY, SEVERAL, lowest
from assessment.disclosure.rules import Lens, Protection
from assessment.disclosure.values import ALLIANCE, Average, PublishedRelease, Result
from assessment.questionnaire.measures import Measure, measures
from assessment.questionnaire.values import Questionnaire
from assessment.statistics.means import interval
from assessment.statistics.settings import judgement

CLOSE = 0.006
"""Bands are stored to two digits."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that was tried: on how many values, and every success as a sentence."""

    name: str
    tried: int
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All attempts on one release; it withstood if none found anything."""

    attempts: tuple[Attempt, ...]

    @property
    def withstood(self) -> bool:
        return not any(attempt.found for attempt in self.attempts)


@dataclass(frozen=True)
class Target:
    """A release with its questionnaire and the releases before it, oldest first."""

    release: PublishedRelease
    questionnaire: Questionnaire
    earlier: Sequence[PublishedRelease] = ()

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        return {m.id: m for m in measures(self.questionnaire)}

    @property
    def guarded(self) -> bool:
        return self.release.rules.protection is Protection.GUARDED

    def people(self, result: Result) -> tuple[int, int]:
        """Return the fewest and the most who can have answered a shown result."""
        if result.columns is not None:
            return (result.columns.people,) * 2
        low = lowest(result.people) if result.people else 0
        higher = [number - 1 for _, number in BANDS if number > low]
        most = min(higher[0], self.release.facts.answered) if higher else self.release.facts.answered
        return low, most


Finding = Iterator[str | None]
"""None for a value that was tried in vain, a sentence for a success."""


def audit_release(
    release: PublishedRelease, questionnaire: Questionnaire, earlier: Sequence[PublishedRelease] = ()
) -> AuditReport:
    """Run every attempt on a release and return what was tried and found."""
    target = Target(release, questionnaire, earlier)
    return AuditReport(tuple(_attempt(name, made(target)) for name, made in ATTEMPTS.items()))


def report_lines(report: AuditReport) -> list[str]:
    """Return the report in words, a line for each attempt and each success."""
    lines = []
    for attempt in report.attempts:
        lines.append(f"{attempt.name}: {attempt.tried} tried, {len(attempt.found)} succeeded")
        lines += [f"  {sentence}" for sentence in attempt.found]
    return [*lines, "The release withstood." if report.withstood else "The release gives too much away."]


def _attempt(name: str, tried: Finding) -> Attempt:
    outcomes = list(tried)
    return Attempt(name, len(outcomes), tuple(outcome for outcome in outcomes if outcome))


def _where(result: Result) -> str:
    return result.measure if result.group == ALLIANCE else f"{result.measure} of {result.group}"


def _small(target: Target) -> Finding:
    """R2, R3: numbers of fewer people than promised."""
    for result in target.release.results:
        if result.average is None and result.columns is None:
            continue
        low, most = target.people(result)
        few = most < target.release.rules.k
        early = result.group != ALLIANCE and target.guarded and target.release.facts.answered < SEVERAL
        yield f"{_where(result)} is shown of too few people" if few or early or low == 0 else None


def _thin(target: Target) -> Finding:
    """R10: columns of one or two people, empty ones at the guarded level, too few answers or columns."""
    for result in target.release.results:
        if result.columns is None:
            continue
        found = result.columns.columns
        options = target.measures[result.measure].points
        enough = result.columns.people >= FEWEST_ANSWERS and len(found) >= min(FEWEST_COLUMNS, options)
        sound = enough and fine(found, target.release.rules.protection)
        yield None if sound else f"{_where(result)} shows a column of too few people"


def _alike(target: Target) -> Finding:
    """R9a: exact averages so near an end that nearly everybody gave the same answer."""
    for result in target.release.results:
        average = result.average
        if average is None or average.bound != "exact" or result.from_questions or result.repeats:
            continue
        points, most = target.measures[result.measure].points, target.people(result)[1]
        reach = (points - 1 + SLACK) / most
        half = average.step / 2
        near = average.value + half <= 1 + reach or average.value - half >= points - reach
        yield f"{_where(result)} shows that nearly all answered alike" if near else None


def _answers(target: Target) -> Finding:
    """Columns and average together: answers that somebody can no longer have given."""
    for result in target.release.results:
        measure = target.measures[result.measure]
        if result.columns is None or result.average is None or measure.choice or not target.guarded:
            continue
        if result.repeats or result.average.bound != "exact" or target.release.rules.voice is not Lens.PEOPLE:
            continue
        left = guesses.possible_codes(result.columns.columns, result.average)
        promised = 3 if measure.points > 3 else 2
        yield f"{_where(result)} leaves only {len(left)} answers" if len(left) < promised else None


def _remainder(target: Target) -> Finding:
    """R5: the people in no shown group, by subtracting the shown ones."""
    for measure in target.measures:
        whole = target.release.result(measure)
        groups = [r for r in target.release.results if r.measure == measure and r.group != ALLIANCE and r.average]
        if whole is None or whole.average is None or not groups:
            continue
        low, most = target.people(whole)
        inside = [target.people(group) for group in groups]
        fewest, largest = low - sum(m for _, m in inside), most - sum(n for n, _ in inside)
        small = fewest > 0 and largest < target.release.rules.k
        early = target.guarded and target.measures[measure].kind == "question" and most < MANY
        yield f"{measure}: the people in no shown group can be computed" if small or early else None


def _lenses(target: Target) -> Finding:
    """R19: both lenses of a measure that too few answered."""
    for result in target.release.results:
        if result.average is None or result.other_lens is None:
            continue
        few = target.guarded and target.people(result)[1] < SEVERAL
        yield f"{_where(result)} is shown through both lenses of too few people" if few else None


def _bands(target: Target) -> Finding:
    """R17: bands that tell more than the shown average, spread and numbers."""
    for result in target.release.results:
        average = result.average
        by_people = result.group != ALLIANCE or target.release.rules.voice is Lens.PEOPLE
        if average is None or average.band90 is None or not by_people:
            continue
        yield None if _band_is_published(target, result, average) else f"{_where(result)} has a band of its own"


def _band_is_published(target: Target, result: Result, average: Average) -> bool:
    points = target.measures[result.measure].points
    if average.spread is None or average.band90 is None or result.people is None:
        return True
    invited = target.release.facts.invited if result.group == ALLIANCE else None
    judged = judgement(target.release.judgement)
    widest = interval(lowest(result.people), average.value, average.spread, None, points, judged)
    exact = interval(lowest(result.people), average.value, average.spread, invited, points, judged)
    inside = widest.low - CLOSE <= average.band90[0] and average.band90[1] <= widest.high + CLOSE
    same = all(abs(float(a) - b) < CLOSE for a, b in zip(exact, average.band90, strict=True))
    return same if result.group == ALLIANCE else bool(inside)


def _gaps(target: Target) -> Finding:
    """R17: gaps that are not the difference of what is shown, or rest on a spread of too few people."""
    for gap in target.release.gaps:
        shown = [target.release.result(measure) for measure in (gap.first, gap.second)]
        one, other = (r.average.value if r and r.average else math.nan for r in shown)
        own = gap.spread != fixed_spread(target.measures[gap.first].points, composite=True)
        sound = abs(one - other - gap.value) < CLOSE and not (own and lowest(gap.people) < MANY)
        yield None if sound else f"{gap.reading} has a gap that its averages do not tell"


def _rounds(target: Target) -> Finding:
    """R11: averages of small rounds whose difference is one person's move."""
    for before in target.earlier if target.guarded else ():
        for result in target.release.results:
            old = before.result(result.measure, result.group)
            if old is None or old.average is None or result.average is None or result.repeats or old.repeats:
                continue
            if result.from_questions or old.from_questions or before.rules.voice != target.release.rules.voice:
                continue
            change = next((c for c in result.changes if c.round_id == before.facts.round_id), None)
            told = change is not None and change.before is not None
            yield _one_move(target, result, old.average) if told else None


def _one_move(target: Target, result: Result, old: Average) -> str | None:
    """Tell of two averages that are shown apart although they are certainly within one person's move."""
    new = result.average
    if new is None or {new.bound, old.bound} != {"exact"} or new.value == old.value:
        return None
    widest = abs(new.value - old.value) + (new.step + old.step) / 2
    certain = widest < (target.measures[result.measure].points - 1) / target.people(result)[1]
    return f"{_where(result)} shows one person's move between two rounds" if certain else None


ATTEMPTS: Mapping[str, Callable[[Target], Finding]] = {
    "Numbers of too few people": _small,
    "Columns of one or two people": _thin,
    "Averages that tell everybody's answer": _alike,
    "Answers left by columns and average": _answers,
    "The people in no shown group": _remainder,
    "One lens minus the other": _lenses,
    "Bands that tell more than their average": _bands,
    "Gaps that tell more than their averages": _gaps,
    "How questions without columns hang together": lambda target: guesses.unbacked(target.release, target.measures),
    "One round minus another": _rounds,
}
