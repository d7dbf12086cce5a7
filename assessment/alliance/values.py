"""What screens receive about people who sign in and about organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.errors import TendError
from assessment.storage.people import MemberRow
from assessment.storage.tables import Organisation
from assessment.storage.tables import Role as Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. `organisation_id` is set for readers; `sample` marks the sample instance."""

    account_id: str
    alliance_id: str
    alliance_name: str
    name: str
    email: str
    role: Role
    organisation_id: str | None
    sample: bool


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation as typed by a coordinator; `headcount` None where nobody knows."""

    name: str
    short_name: str = ""
    sector: str | None = None
    chapter: str | None = None
    headcount: int | None = None
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation of the alliance; `left_on` is set once it has left."""

    id: str
    name: str
    short_name: str
    sector: str | None
    chapter: str | None
    headcount: int | None
    joined_on: date | None
    left_on: date | None


class FieldFaults(TendError):
    """Say what is wrong with a form's fields, by field name; nothing was stored."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def person(row: MemberRow, sample: bool) -> Person:
    """Return a member as screens see one."""
    account, membership, alliance = row.account, row.membership, row.alliance
    return Person(
        account.id,
        alliance.id,
        alliance.name,
        account.name,
        account.email,
        membership.role,
        membership.organisation_id,
        sample,
    )


def organisation_view(row: Organisation) -> OrganisationView:
    """Return an organisation as screens see one."""
    return OrganisationView(
        row.id, row.name, row.short_name, row.sector, row.chapter, row.headcount, row.joined_on, row.left_on
    )
