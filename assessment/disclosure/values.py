"""What pages, charts, exports and the room may receive: values that have passed the door.

Each is made by sealing a round or by reading a sealed release; making one elsewhere fails (`door`). Suppressed is None
with a reason, never 0 and never absent.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from assessment.disclosure.door import Sealed
from assessment.disclosure.rules import Rules

Bound = Literal["exact", "at_most", "at_least"]
ALLIANCE = "alliance"
"""Key of the group that holds everybody."""


class Withheld(enum.StrEnum):
    """Why a value is not shown."""

    FEW = "few"  # fewer than k people answered it in this group
    PROTECTED = "protected"  # shown, it would let somebody compute a small group (R5-R7, R9b, R18, R19)
    ORGANISATIONS = "organisations"  # fewer than three organisations heard, or one has more than half (R2, R4)
    COLUMNS = "columns"  # fewer than nine answers, or fewer than three columns would remain (R10)
    NOT_ASKED = "not_asked"  # not part of this round's questions
    NOT_STORED = "not_stored"  # this round does not store organisations: there is one lens only (R15)
    ALLIANCE_ONLY = "alliance_only"  # columns and the second lens exist for the whole alliance only (R10, R19)


class Verdict(enum.StrEnum):
    """What may be said about a change between two rounds (statistics 1.6)."""

    UP = "up"
    DOWN = "down"
    MAYBE_UP = "maybe_up"
    MAYBE_DOWN = "maybe_down"
    NONE = "none"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"
    UNHEARD = "unheard"  # in one of the rounds too few were heard to speak for the alliance (statistics 1.7)


class GroupKind(enum.StrEnum):
    ALLIANCE = "alliance"
    ORGANISATION = "organisation"
    ROLE = "role"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Group(Sealed):
    """The alliance, one organisation, one role or one chapter. `key` is the same in every round.

    Keys: "alliance", "organisation:ID", "role:CHOICE", "chapter:HASH". `name` is a role's choice, else as written.
    """

    key: str
    kind: GroupKind
    name: str


@dataclass(frozen=True, slots=True)
class Average(Sealed):
    """A shown average: rounded to `step`, perhaps end-coded, with its bands.

    `spread` is the published standard deviation behind the bands (R17), None where no band is allowed: at a coded end
    and for the second lens. `band90` and `band50` say where the average of everybody invited would likely be; None
    without a spread, and where everyone answered.
    """

    value: float
    step: float
    bound: Bound
    spread: float | None
    band90: tuple[float, float] | None
    band50: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Column(Sealed):
    """A shown column: the codes that it merges (points or choices from 1; several choices are "other"), its people."""

    codes: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Columns(Sealed):
    """The answers of the alliance to one question. `dont_know` is a share in steps of 10 %, None where withheld."""

    columns: tuple[Column, ...]
    dont_know: float | None

    @property
    def people(self) -> int:
        return sum(column.people for column in self.columns)


@dataclass(frozen=True, slots=True)
class Change(Sealed):
    """The verdict against one earlier round.

    `before` is that round's shown average, None where it was end-coded or not shown; `noticeable` the smallest
    difference that could have been noticed, None where nothing was compared.
    """

    round_id: str
    verdict: Verdict
    before: float | None
    noticeable: float | None


@dataclass(frozen=True, slots=True)
class Result(Sealed):
    """One measure for one group.

    `people` is the number who answered as a band ("20-49"), None where withheld. `why` is None exactly where `average`
    is shown, and for single choices, which are counted only. The average of a round that counts organisations is the
    organisations'; `other_lens` is always the other one. Composites have no columns, and then no reason either.
    `from_questions`: the average of the shown averages of its questions (R18). `repeats`: the round whose average is
    shown again because nothing more than one person's move lies between (R11b).
    """

    measure: str
    group: str
    people: str | None
    average: Average | None
    other_lens: Average | None
    columns: Columns | None
    changes: tuple[Change, ...]
    why: Withheld | None
    why_other_lens: Withheld | None
    why_columns: Withheld | None
    from_questions: bool = False
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Reliability(Sealed):
    """Whether a dimension's questions hang together, for coordinators (R16); two digits, or the reason in `why`."""

    dimension: str
    alpha: float | None
    low: float | None
    high: float | None
    omega: float | None
    why: Withheld | None


@dataclass(frozen=True, slots=True)
class Gap(Sealed):
    """What a reading's first axis stands above its second, for the alliance (statistics 1.9).

    `first` and `second` are measures, `value` the difference of their shown averages. `spread` is the published
    standard deviation of people's own gaps (R17), `band90` the paired interval with answer noise as between rounds,
    given also where everyone answered. A reading of which an axis is hidden or end-coded has no gap.
    """

    reading: str
    first: str
    second: str
    people: str
    value: float
    spread: float
    band90: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Facts(Sealed):
    """The header of a release: who was asked, who answered, and how evenly.

    `invited` is None where a headcount is unknown; the organisations' numbers and `voice_balance` (to 0.05) where the
    round stores none. `texts` tells how many wrote an answer, None below the threshold (R14). `speaks_for_all` is False
    where too few were heard for words and verdicts.
    """

    round_id: str
    round_name: str
    sealed_on: date
    answered: int
    invited: int | None
    organisations_heard: int | None
    organisations_invited: int | None
    voice_balance: float | None
    texts: Mapping[str, int | None]
    phase: str | None = None
    speaks_for_all: bool = True


@dataclass(frozen=True)
class PublishedRelease(Sealed):
    """Everything that may be known about a sealed round; `judgement` are the values the statistics were made with.

    `gaps` is empty in releases sealed before gaps were published.
    """

    facts: Facts
    rules: Rules
    groups: tuple[Group, ...]
    results: tuple[Result, ...]
    reliability: tuple[Reliability, ...]
    judgement: Mapping[str, float]
    gaps: tuple[Gap, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Result]:
        return {(r.group, r.measure): r for r in self.results}

    def result(self, measure: str, group: str = ALLIANCE) -> Result | None:
        """Return one result; None where the measure was not part of the round."""
        return self._by_key.get((group, measure))
