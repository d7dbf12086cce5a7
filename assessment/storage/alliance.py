"""The instance, its alliances and their organisations."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from assessment.storage.columns import new_id
from assessment.storage.tables import (
    Account,
    Alliance,
    Audit,
    Guess,
    Instance,
    Organisation,
    Round,
    SignIn,
)


def instance(session: Session) -> Instance:
    """Return the one row that says what this installation is; locked until the transaction ends."""
    return session.scalars(select(Instance).with_for_update()).one()


def peek(session: Session) -> Instance:
    """Return the instance's row for reading."""
    return session.scalars(select(Instance)).one()


def is_empty(session: Session) -> bool:
    """Tell whether nobody has set up an alliance here."""
    return not session.scalar(select(exists().select_from(Alliance)))


def find_alliance(session: Session, alliance_id: str) -> Alliance | None:
    """Return an alliance, None when there is none of this id."""
    return session.get(Alliance, alliance_id)


def first_alliance(session: Session) -> Alliance | None:
    """Return the alliance that was set up first; None on an empty instance."""
    return session.scalars(select(Alliance).order_by(Alliance.created_at, Alliance.id)).first()


def add_alliance(session: Session, alliance: Alliance) -> str:
    """Store an alliance and return its id."""
    alliance.id = alliance.id or new_id()
    session.add(alliance)
    session.flush()
    return alliance.id


def list_organisations(session: Session, alliance_id: str) -> list[Organisation]:
    """Return every organisation of an alliance by name, those that left too."""
    wanted = select(Organisation).where(Organisation.alliance_id == alliance_id)
    return sorted(session.scalars(wanted), key=lambda o: (o.name.casefold(), o.id))


def find_organisation(session: Session, organisation_id: str) -> Organisation | None:
    """Return an organisation, None when there is none of this id."""
    return session.get(Organisation, organisation_id)


def add_organisation(session: Session, organisation: Organisation) -> str:
    """Store an organisation and return its id."""
    organisation.id = organisation.id or new_id()
    session.add(organisation)
    session.flush()
    return organisation.id


def delete_everything(session: Session) -> None:
    """Delete every alliance with all it holds, every account, session and audit row. The instance's row stays."""
    for table in (Round, Alliance, SignIn, Account, Guess, Audit):
        session.execute(delete(table))
