"""What the logs that coordinators keep have in common: organisations named in an entry, days, faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from assessment import clock
from assessment.alliance.values import FieldFaults
from assessment.errors import TendError
from assessment.storage import alliance as alliances

EARLIEST = date(1900, 1, 1)


class NotThere(TendError):
    """Say that an entry was removed meanwhile, or belongs to somebody else."""

    http_status = 404

    def __init__(self) -> None:
        super().__init__("This entry is not there any more. Reload the page to see the list.")


def organisation_names(session: Session, alliance_id: str) -> dict[str, str]:
    """Return the names of an alliance's organisations by id, those that left too."""
    return {row.id: row.name for row in alliances.list_organisations(session, alliance_id)}


def organisation_fault(chosen: Iterable[str | None], names: Mapping[str, str]) -> str | None:
    """Return what is wrong with chosen organisations; None stands for no organisation in particular."""
    if any(one is not None and one not in names for one in chosen):
        return "This organisation is not part of the alliance. Choose one of the list."
    return None


def past_fault(day: date) -> str | None:
    """Return what is wrong with the day of something that has happened."""
    if not EARLIEST <= day <= clock.today():
        return "Choose today or an earlier day: this log holds what has happened."
    return None


def refuse(faults: Mapping[str, str | None]) -> None:
    """Raise FieldFaults where there is a fault."""
    found = {name: fault for name, fault in faults.items() if fault}
    if found:
        raise FieldFaults(found)
