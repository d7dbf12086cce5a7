"""What pages, charts, exports and the room may receive: values that have passed the door.

Draft of the lead; the door's owner completes it. Suppressed is None with a reason, never 0 and never absent.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from assessment.disclosure.rules import Rules

Bound = Literal["exact", "at_most", "at_least"]


class Withheld(enum.StrEnum):
    """Why a value is not shown."""

    FEW = "few"  # fewer than k people answered it in this group
    PROTECTED = "protected"  # shown, it would let somebody compute a small group (R5-R7, R9b, R18, R19)
    ORGANISATIONS = "organisations"  # fewer than three organisations heard, or one has more than half (R2, R4)
    COLUMNS = "columns"  # fewer than nine answers, or fewer than three columns would remain (R10)
    NOT_ASKED = "not_asked"  # not part of this round's questions


class Verdict(enum.StrEnum):
    """What may be said about a change between two rounds (statistics 1.6)."""

    UP = "up"
    DOWN = "down"
    MAYBE_UP = "maybe_up"
    MAYBE_DOWN = "maybe_down"
    NONE = "none"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"


class GroupKind(enum.StrEnum):
    ALLIANCE = "alliance"
    ORGANISATION = "organisation"
    ROLE = "role"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Group:
    """The alliance, one organisation, one role or one chapter. `key` is unique in a release, "alliance" for the whole."""

    key: str
    kind: GroupKind
    name: str


@dataclass(frozen=True, slots=True)
class Average:
    """A shown average: rounded to `step`, perhaps end-coded, with its bands.

    `spread` is the published standard deviation behind the bands (R17); `band90` and `band50` say where the average of
    everybody invited would likely be, None where everyone answered, where the end is coded, or where no band is allowed.
    """

    value: float
    step: float
    bound: Bound
    spread: float | None
    band90: tuple[float, float] | None
    band50: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A shown column: the codes that it merges (1-based points or choices; "other" merges several choices) and its people."""

    codes: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The answers of the alliance to one question. `dont_know` is a share in steps of 10 %, None where withheld."""

    columns: tuple[Column, ...]
    dont_know: float | None

    @property
    def people(self) -> int:
        return sum(column.people for column in self.columns)


@dataclass(frozen=True, slots=True)
class Change:
    """The verdict against one earlier round; `before` is that round's shown average, `noticeable` the smallest noticeable change."""

    round_id: str
    verdict: Verdict
    before: float | None
    noticeable: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """One measure for one group. `people` is the number who answered as a band ("20-49"), None where withheld."""

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


@dataclass(frozen=True, slots=True)
class Facts:
    """The header of a release: who was asked, who answered, and how evenly."""

    round_id: str
    round_name: str
    sealed_on: date
    answered: int
    invited: int | None
    organisations_heard: int | None
    organisations_invited: int | None
    voice_balance: float | None
    texts: Mapping[str, int | None]


@dataclass(frozen=True)
class PublishedRelease:
    """Everything that may be known about a sealed round."""

    facts: Facts
    rules: Rules
    groups: tuple[Group, ...]
    results: tuple[Result, ...]

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Result]:
        return {(r.group, r.measure): r for r in self.results}

    def result(self, measure: str, group: str = "alliance") -> Result | None:
        """Return one result; None where the measure was not part of the round."""
        return self._by_key.get((group, measure))
