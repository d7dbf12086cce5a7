"""Verdicts of a round against every earlier one: which averages meet, and what each of them is (R11a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from assessment.disclosure.averages import nearest
from assessment.disclosure.changes import Compared, Side, judged
from assessment.disclosure.drafting import Drafting
from assessment.disclosure.exact import BY_ORGANISATION, Earlier, Statistic, comparable
from assessment.disclosure.people import band, lowest
from assessment.disclosure.rules import Lens
from assessment.disclosure.values import ALLIANCE, Average, Change, Verdict
from assessment.questionnaire.measures import Measure

Sums = Mapping[tuple[str, str], Statistic]


def changes_of(
    drafting: Drafting, earlier: Sequence[Earlier], speaks_for_all: bool
) -> dict[tuple[str, str], tuple[Change, ...]]:
    """Return the changes of every group and measure, oldest round first."""
    sums = _sums(drafting)
    found: dict[tuple[str, str], tuple[Change, ...]] = {}
    for round_ in earlier:
        heard = speaks_for_all and round_.release.facts.speaks_for_all
        for key, average_of in _series(drafting):
            pairs = [_compared(drafting, round_, key, m, a, sums, heard) for m, a in average_of]
            told = [pair for pair in pairs if pair is not None]
            for _, family in groupby(told, key=lambda one: one.measure.kind):
                together = list(family)
                for one, change in zip(together, judged(round_.release.facts.round_id, together), strict=True):
                    where = (_shown_key(key), one.measure.id)
                    found[where] = (*found.get(where, ()), change)
    return found


def _shown_key(key: str) -> str:
    return ALLIANCE if key == BY_ORGANISATION else key


def _series(drafting: Drafting) -> Iterator[tuple[str, list[tuple[Measure, Average | None]]]]:
    """List the headline averages that have a history: of the alliance and of each group."""
    averaged = [m for m in drafting.tally.measures if not m.choice]
    by_people = drafting.tally.rules.voice is Lens.PEOPLE
    headline = drafting.people if by_people else drafting.organisations
    yield ALLIANCE if by_people else BY_ORGANISATION, [(m, headline[m.id].average) for m in averaged]
    for i, unit in enumerate(drafting.tally.units):
        yield unit.key, [(m, drafting.groups[m.id, i].average) for m in averaged]


def _compared(
    drafting: Drafting,
    round_: Earlier,
    key: str,
    measure: Measure,
    average: Average | None,
    sums: Sums,
    heard: bool,
) -> Compared | None:
    """Put an average beside an earlier round's; None where that round did not ask it."""
    if measure.id not in round_.measures:
        return None
    if not comparable(drafting.tally.questionnaire, measure, round_):
        return Compared(measure, None, None, Verdict.NOT_COMPARABLE)
    before = round_.average(measure.id, key)
    if average is None or before is None:
        return Compared(measure, None, None, Verdict.TOO_FEW)
    if not heard:
        return Compared(measure, None, None, Verdict.UNHEARD)
    direct = (key, measure.id) in sums and (key, measure.id) in round_.sums
    parts = [(key, part) for part in ((measure.id,) if direct else measure.questions)]
    if not parts or any(part not in sums or part not in round_.sums for part in parts):
        return Compared(measure, None, None, Verdict.TOO_FEW)
    now, then = [sums[part] for part in parts], [round_.sums[part] for part in parts]
    points = measure.points
    means = [nearest(one.known(points), other.known(points)) for one, other in zip(now, then, strict=True)]
    sides = _side(now, [a for a, _ in means], measure, average), _side(then, [b for _, b in means], measure, before)
    return Compared(measure, *sides, None)


def _side(exact: Sequence[Statistic], means: Sequence[Fraction], measure: Measure, average: Average) -> Side:
    """Return one side, from its own sums or, where either round shows it from its questions, from theirs."""
    n = min(one.n for one in exact)
    fewest = n if exact[0].group == BY_ORGANISATION else lowest(band(n))
    shared_by = min(one.shared_by for one in exact)
    mean = sum(means, Fraction(0)) / len(means)
    return Side(mean, shared_by, average, fewest, exact[0].invited, measure.kind != "question")


def _sums(drafting: Drafting) -> Sums:
    drafts = (*drafting.people.values(), *drafting.organisations.values(), *drafting.groups.values())
    return {(d.exact.group, d.exact.measure): d.exact for d in drafts if d.exact is not None and d.average is not None}
