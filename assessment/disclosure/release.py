"""Sealing a round: from everybody's answers to what may be known, as a pure function (rules R1-R19).

The ballots go in as a matrix in any order; the release that comes out is the same for every order. Nothing of what
is not published leaves this module, but for the exact sums that later rounds are judged by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assessment.disclosure import reliability
from assessment.disclosure.codec import to_json
from assessment.disclosure.comparing import changes_of
from assessment.disclosure.door import door
from assessment.disclosure.drafting import Draft, Drafting
from assessment.disclosure.exact import Earlier, Statistic
from assessment.disclosure.facts import Header, facts_of
from assessment.disclosure.gaps import gaps_of
from assessment.disclosure.people import SEVERAL, band
from assessment.disclosure.rules import Lens, Protection, Rules
from assessment.disclosure.showing import columns_of
from assessment.disclosure.tally import Tally, attributed
from assessment.disclosure.values import ALLIANCE, Change, Group, GroupKind, PublishedRelease, Result, Withheld
from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire
from assessment.statistics.answers import Answers
from assessment.statistics.settings import JUDGEMENT

__all__ = ["Earlier", "Header", "SealedRound", "Statistic", "release_round"]


@dataclass(frozen=True)
class SealedRound:
    """What sealing leaves of a round: the release, and the exact sums of what it published for later rounds."""

    release: PublishedRelease
    statistics: tuple[Statistic, ...]

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        """The release as plain JSON values."""
        return to_json(self.release)

    @property
    def json(self) -> str:
        """Return the release as canonical JSON text: the same bytes for the same set of ballots."""
        return json.dumps(self.plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def release_round(
    questionnaire: Questionnaire,
    answers: Answers,
    rules: Rules,
    header: Header,
    earlier: Sequence[Earlier] = (),
) -> SealedRound:
    """Turn a round's sent ballots into its release.

    `answers` holds the codes, the roster and each person's organisation; `earlier` the alliance's sealed rounds,
    oldest first. Raises ValueError where answers do not fit the questionnaire.
    """
    with door():
        rules = counted_by(rules, answers.people)
        tally = Tally(questionnaire, attributed(answers, rules), rules)
        drafting = Drafting(tally, earlier)
        drafting.draft_all()
        facts = facts_of(tally, header)
        changes = changes_of(drafting, earlier, facts.speaks_for_all)
        alliance = _alliance(drafting, earlier, changes)
        release = PublishedRelease(
            facts,
            rules,
            (Group(ALLIANCE, GroupKind.ALLIANCE, ""), *(Group(u.key, u.kind, u.name) for u in tally.units)),
            (*alliance, *_groups(drafting, changes)),
            reliability.of_dimensions(tally, {result.measure: result.columns for result in alliance}),
            JUDGEMENT.as_dict(),
            gaps_of(drafting, earlier),
        )
        return SealedRound(release, _statistics(drafting))


def counted_by(rules: Rules, answered: int) -> Rules:
    """Count people where too few answered for organisations to count one each, at the guarded level (R19)."""
    if rules.protection is Protection.OPEN or answered >= SEVERAL:
        return rules
    return replace(rules, lens=Lens.PEOPLE)


Changes = Mapping[tuple[str, str], tuple[Change, ...]]


def _alliance(drafting: Drafting, earlier: Sequence[Earlier], changes: Changes) -> list[Result]:
    return [_result(drafting, measure, earlier, changes) for measure in drafting.tally.measures]


def _result(drafting: Drafting, measure: Measure, earlier: Sequence[Earlier], changes: Changes) -> Result:
    plan = drafting.plans[measure.id]
    columns, why_columns = columns_of(drafting.tally, measure, plan, earlier)
    people = band(drafting.tally.who(measure).people) if plan.alliance is None else None
    if measure.choice:
        return Result(measure.id, ALLIANCE, people, None, None, columns, (), plan.alliance, None, why_columns)
    pair = drafting.people[measure.id], drafting.organisations[measure.id]
    headline, other = pair if drafting.tally.rules.voice is Lens.PEOPLE else (pair[1], pair[0])
    told = changes.get((ALLIANCE, measure.id), ())
    return Result(
        measure.id,
        ALLIANCE,
        people,
        headline.average,
        other.average,
        columns,
        told,
        headline.why,
        other.why,
        why_columns,
        headline.from_questions or other.from_questions,
        headline.repeats,
    )


def _groups(drafting: Drafting, changes: Changes) -> list[Result]:
    tally = drafting.tally
    return [
        _group(unit.key, measure, drafting.groups[measure.id, i], tally.groups.people[i, place], changes)
        for i, unit in enumerate(tally.units)
        for place, measure in enumerate(tally.measures)
        if not measure.choice
    ]


def _group(key: str, measure: Measure, draft: Draft, people: int, changes: Changes) -> Result:
    """Return one group's result; how many answered is told only where the average is."""
    shown = band(int(people)) if draft.average else None
    told = changes.get((key, measure.id), ())
    only = Withheld.ALLIANCE_ONLY
    return Result(
        measure.id, key, shown, draft.average, None, None, told, draft.why, only,
        only if measure.kind == "question" else None, draft.from_questions, draft.repeats,
    )  # fmt: skip


def _statistics(drafting: Drafting) -> tuple[Statistic, ...]:
    drafts = (*drafting.people.values(), *drafting.organisations.values(), *drafting.groups.values())
    return tuple(d.exact for d in drafts if d.exact is not None and d.average is not None)
