"""The averages of one measure after another: planned, rounded, withheld or repeated (R9, R11b, R18, R19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assessment.disclosure.averages import (
    COARSE,
    FINE,
    FINE_FROM,
    Mean,
    Rounded,
    bound_of,
    fixed_spread,
    has_room,
    published,
    rounded,
    shown_spread,
)
from assessment.disclosure.changes import repeated
from assessment.disclosure.composites import from_parts, parts_of
from assessment.disclosure.crossing import beside_earlier
from assessment.disclosure.exact import BY_ORGANISATION, Earlier, Statistic
from assessment.disclosure.people import band, lowest, own_spread
from assessment.disclosure.planner import Plan, plan
from assessment.disclosure.rules import Breakdown, Lens, Protection
from assessment.disclosure.scopes import Scope, together
from assessment.disclosure.tally import Tally, by_organisation_statistic
from assessment.disclosure.values import Average, Withheld
from assessment.questionnaire.measures import Measure


@dataclass(frozen=True)
class Draft:
    """One average on its way out: shown, or the reason why not; `exact` is what later rounds may be judged by."""

    average: Average | None
    why: Withheld | None
    exact: Statistic | None = None
    from_questions: bool = False
    repeats: str | None = None


@dataclass
class Drafting:
    """The averages of a round, filled measure by measure: composites after their questions.

    `people` and `organisations` hold the alliance's average through both lenses, `groups` those of the breakdown.
    """

    tally: Tally
    earlier: Sequence[Earlier]
    plans: dict[str, Plan] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    people: dict[str, Draft] = field(default_factory=dict)
    organisations: dict[str, Draft] = field(default_factory=dict)
    groups: dict[tuple[str, int], Draft] = field(default_factory=dict)

    def draft_all(self) -> None:
        """Plan every measure, then all together, then draft them in order."""
        for measure in self.tally.measures:
            self.plans[measure.id] = self._second_lens(measure, self._plan(measure))
        averaged = [m for m in self.tally.measures if not m.choice]
        self.scopes = together(self.tally, {m.id: self.plans[m.id] for m in averaged})
        for measure in averaged:
            self._draft(measure, self.plans[measure.id])

    def _plan(self, measure: Measure) -> Plan:
        # a single choice has no average by organisation that its columns could stand beside
        rules = replace(self.tally.rules, lens=Lens.PEOPLE) if measure.choice else self.tally.rules
        columns = measure.kind == "question"
        found = plan(self.tally.who(measure), rules, self.tally.holders, measure.points, columns)
        return beside_earlier(self.tally, measure, found, self.earlier) if found.shown else found

    def _second_lens(self, measure: Measure, found: Plan) -> Plan:
        """Withhold the second lens where it would be too near to the most that it could differ (R19)."""
        guarded = self.tally.rules.protection is Protection.GUARDED
        if not found.both or measure.choice or not guarded or self.tally.lenses_clear(measure):
            return found
        return found.one_lens(self.tally.rules.voice)

    def _draft(self, measure: Measure, found: Plan) -> None:
        if measure.kind == "question":
            self._draft_alliance(measure, found, True)
            self._draft_groups(measure, found, found.shown)
            return
        coded = any(average and average.bound != "exact" for average in self._of_parts(measure))
        scope = self.scopes[measure.id]
        self._draft_alliance(measure, found, scope.whole and not coded)
        self._draft_groups(measure, found, scope.groups)

    def _of_parts(self, measure: Measure) -> list[Average | None]:
        """Return the averages of a composite's questions: exact, it would tell more of one whose end is coded."""
        return [draft.average for p in parts_of(measure) for draft in (self.people[p], self.organisations[p])]

    def _draft_alliance(self, measure: Measure, found: Plan, whole: bool) -> None:
        self.people[measure.id] = Draft(None, found.people) if found.people else self._people(measure, whole)
        self.organisations[measure.id] = (
            Draft(None, found.organisations) if found.organisations else self._organisations(measure, whole)
        )

    def _people(self, measure: Measure, whole: bool) -> Draft:
        mean, invited = self.tally.mean(measure), self.tally.whole.invited[0]
        headline = self.tally.rules.voice is Lens.PEOPLE
        if not whole:
            parts = [self.people[p].average for p in parts_of(measure)]
            return self._from_parts(measure, mean, parts, invited, headline)
        deviation = self.tally.deviation(measure) if headline else None
        return self._shown(measure, mean, deviation, self.tally.statistic(measure), invited)

    def _organisations(self, measure: Measure, whole: bool) -> Draft:
        mean = self.tally.organisations_mean(measure)
        if mean is None:
            return Draft(None, Withheld.ORGANISATIONS)
        headline = self.tally.rules.voice is Lens.ORGANISATIONS
        asked = len(self.tally.answers.roster)
        if not whole:
            parts = [self.organisations[p].average for p in parts_of(measure)]
            return self._from_parts(measure, mean, parts, None, headline)
        exact = by_organisation_statistic(measure, mean, asked)
        return self._shown(measure, mean, 0.0 if headline else None, exact, None)

    def _draft_groups(self, measure: Measure, found: Plan, exact: Sequence[int]) -> None:
        """Draft the groups of a measure, and withhold them all if one, or the rest, would be end-coded (R9b)."""
        for i, why in enumerate(found.groups):
            self.groups[measure.id, i] = Draft(None, why)
        means, exactly = {i: self.tally.group_mean(measure, i) for i in found.shown}, frozenset(exact)
        if self._squeezed(measure, [means[i] for i in exact], exact):
            for i in found.shown:
                self.groups[measure.id, i] = Draft(None, Withheld.PROTECTED)
            return
        for i in found.shown:
            invited = self.tally.groups.invited[i]
            if i in exactly:
                spread, sums = self.tally.deviation(measure, i), self.tally.statistic(measure, i)
                self.groups[measure.id, i] = self._shown(measure, means[i], spread, sums, invited)
            else:
                parts = [self.groups[p, i].average for p in parts_of(measure)]
                self.groups[measure.id, i] = self._from_parts(measure, means[i], parts, invited)

    def _squeezed(self, measure: Measure, means: Sequence[Mean], exact: Sequence[int]) -> bool:
        remainder = self.tally.rest_mean(measure, tuple(exact)) if exact else None
        told = [*means, *([remainder] if remainder else []), *self._other_organisations(measure, exact)]
        points = measure.points
        return any(not has_room(mean, points) or bound_of(mean, points) != "exact" for mean in told)

    def _other_organisations(self, measure: Measure, exact: Sequence[int]) -> list[Mean]:
        """Return what the average by organisation leaves of the organisations that are not shown themselves."""
        hidden = self.plans[measure.id].organisations is not None
        if self.tally.rules.breakdown is not Breakdown.ORGANISATIONS or hidden or not exact:
            return []
        found = self.tally.organisations_mean(measure, frozenset(exact))
        return [found] if found else []

    def _shown(
        self, measure: Measure, mean: Mean, deviation: float | None, exact: Statistic, invited: int | None
    ) -> Draft:
        """Round one exact average, or show an earlier one again; without a deviation it gets no bands."""
        points, composite = measure.points, measure.kind != "question"
        if not has_room(mean, points):
            return Draft(None, Withheld.PROTECTED)
        again = self._again(measure, exact)
        fewest = mean.voices if exact.group == BY_ORGANISATION else lowest(band(mean.n))
        if again is not None:
            value = Rounded(Fraction(round(again[1].value * 10), 10), _step(again[1]), again[1].bound)
            average = published(value, again[1].spread if deviation is not None else None, fewest, invited, points)
            return Draft(average, None, exact, repeats=again[0])
        shown = rounded(mean, points)
        spread = None if deviation is None else fixed_spread(points, composite)
        if deviation is not None and exact.group != BY_ORGANISATION and own_spread(mean.n):
            spread = shown_spread(deviation, mean.n, shown, points)
        return Draft(published(shown, spread, fewest, invited, points), None, exact)

    def _again(self, measure: Measure, exact: Statistic) -> tuple[str, Average] | None:
        if self.tally.rules.protection is not Protection.GUARDED:
            return None
        return repeated(self.tally.questionnaire, measure, exact, self.earlier)

    def _from_parts(
        self,
        measure: Measure,
        mean: Mean,
        parts: Sequence[Average | None],
        invited: int | None,
        banded: bool = True,
    ) -> Draft:
        found = from_parts(parts, FINE if mean.n >= FINE_FROM else COARSE)
        if found is None:
            return Draft(None, Withheld.PROTECTED)
        spread = fixed_spread(measure.points, composite=True) if banded else None
        fewest = lowest(band(mean.n)) if mean.voices == mean.n else mean.voices
        return Draft(published(found, spread, fewest, invited, measure.points), None, from_questions=True)


def _step(average: Average) -> Fraction:
    return Fraction(round(average.step * 10), 10)
