"""A release together with the words of its round: what every finding and every chart is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessment.disclosure.rules import Lens
from assessment.disclosure.values import Average, Change, PublishedRelease, Result
from assessment.questionnaire.measures import Measure, alias, measures
from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Texts
from assessment.statistics.settings import Judgement, judgement


@dataclass(frozen=True)
class Results:
    """One sealed round as it may be told. `earlier` names the sealed rounds before it, oldest first, by their ids.

    `own_titles` are the coordinators' words in the place of computed titles (`findings.titles`).
    """

    release: PublishedRelease
    questionnaire: Questionnaire
    texts: Texts
    earlier: Mapping[str, str] = field(default_factory=dict)
    own_titles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        return {m.id: m for m in measures(self.questionnaire)}

    def holder(self, reading: Reading, part: Part) -> str | None:
        """Return the id of the measure that holds the average of a reading's part; None when it has counts only."""
        return alias(self.questionnaire, self.measures.values(), reading.key, part)

    @cached_property
    def judged(self) -> Judgement:
        """The judgement values that the release was made with: it is read as it was made."""
        return judgement(self.release.judgement)

    @cached_property
    def dimensions(self) -> tuple[Result, ...]:
        """Averaged dimensions, the highest first, those not shown last; ties in the questionnaire's order."""
        asked = [m.id for m in self.measures.values() if m.kind == "dimension"]
        found = [r for r in map(self.release.result, asked) if r is not None]
        return tuple(sorted(found, key=lambda r: -r.average.value if r.average else 0.0))

    @cached_property
    def questions(self) -> tuple[tuple[Question, Result], ...]:
        """Every coded question of the round with its result, in the questionnaire's order."""
        found = ((q, self.release.result(q.id)) for q in self.questionnaire.coded)
        return tuple((q, r) for q, r in found if r is not None)

    @cached_property
    def previous(self) -> str | None:
        """Id of the sealed round just before this one, None for the first."""
        return list(self.earlier)[-1] if self.earlier else None

    def points(self, measure: str) -> int:
        """Return the points of a measure's scale."""
        return self.measures[measure].points

    def name(self, measure: str) -> str:
        """Return what a measure is called: a dimension's title or a question's text."""
        return self.texts.dimension.get(measure) or self.texts.question.get(measure) or self._part(measure)

    def change(self, result: Result) -> Change | None:
        """Return the verdict against the round just before, None where there is none."""
        return next((c for c in result.changes if c.round_id == self.previous), None)

    def lenses(self, result: Result) -> tuple[Average, Average] | None:
        """Return the averages by person and by organisation where both are shown, exactly."""
        if result.average is None or result.other_lens is None:
            return None
        pair = (result.average, result.other_lens)
        if {a.bound for a in pair} != {"exact"}:
            return None
        return pair if self.release.rules.lens is Lens.PEOPLE else (pair[1], pair[0])

    def _part(self, measure: str) -> str:
        key, _, part = measure.partition("/")
        found = (p.title for r in self.questionnaire.readings if r.key == key for p in r.parts if p.key == part)
        return next(found, part.replace("_", " ").capitalize())
