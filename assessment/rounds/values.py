"""What screens and commands receive about rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assessment.disclosure.rules import Rules
from assessment.errors import TendError
from assessment.storage.rounds import Asked
from assessment.storage.tables import RosterEntry, Round
from assessment.storage.tables import State as State


class RoundError(TendError):
    """Say why something cannot be done with a round in its present state."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a coordinator decides before a round opens; all of it is fixed by opening."""

    name: str
    short_form: bool = False
    languages: tuple[str, ...] = ("en",)
    rules: Rules = field(default_factory=Rules)
    phase: str | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class RosterView:
    """An organisation as asked in a round; `headcount` None where nobody knows."""

    organisation_id: str
    name: str
    chapter: str | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as screens see it. `roster` is empty while it is a draft."""

    id: str
    alliance_id: str
    state: State
    plan: RoundPlan
    created_at: datetime
    opened_at: datetime | None
    sealed_at: datetime | None
    roster: tuple[RosterView, ...]

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def invited(self) -> int | None:
        """How many people were asked; None where a headcount is unknown or nobody is on the roster."""
        known = [entry.headcount for entry in self.roster]
        counts = [count for count in known if count is not None]
        return sum(counts) if counts and len(counts) == len(known) else None


@dataclass(frozen=True, slots=True)
class OrganisationProgress:
    """Whether at least five people of an organisation have answered: nothing finer is told (R12)."""

    organisation_id: str
    name: str
    five_or_more: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All that may be known of an open round: sent ballots in steps of five (R12).

    `organisations` is empty where the round does not keep them.
    """

    at_least: int
    invited: int | None
    organisations: tuple[OrganisationProgress, ...]


@dataclass(frozen=True, slots=True)
class ImportedBallot:
    """One row of another tool's export: raw values by question id, as a form would send them."""

    values: Mapping[str, str]
    organisation_id: str | None = None
    only_total: bool = False


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong with one row (counted from 1); `question` is None for the row's organisation."""

    row: int
    question: str | None
    what: str


class FaultyImport(TendError):
    """Report every fault of an import at once; nothing of it was stored."""

    def __init__(self, faults: Sequence[ImportFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"row {f.row}, {f.question or 'organisation'}: {f.what}" for f in self.faults))


def plan_of(row: Round) -> RoundPlan:
    """Return what was decided for a stored round."""
    return RoundPlan(row.name, row.short_form, tuple(row.languages), rules_of(row), row.phase, row.ends_on)


def rules_of(row: Round) -> Rules:
    """Return the rules of a stored round."""
    return Rules(row.k, row.k_text, row.protection, row.attribution, row.breakdown, row.lens)


def view(row: Round, roster: Sequence[RosterEntry | Asked]) -> RoundView:
    """Return a round as screens see it."""
    entries = tuple(RosterView(e.organisation_id, e.name, e.chapter, e.headcount) for e in roster)
    return RoundView(
        row.id, row.alliance_id, row.state, plan_of(row), row.created_at, row.opened_at, row.sealed_at, entries
    )
