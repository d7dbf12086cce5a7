"""Links to results: at most one for a round, known by its hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.storage.kept_tables import ResultsLink
from assessment.storage.tables import Round, State


def put_link(session: Session, round_id: str, token_hash: bytes, made_at: datetime) -> None:
    """Store the link of a round; the one that it had is gone."""
    delete_link(session, round_id)
    session.add(ResultsLink(round_id=round_id, token_hash=token_hash, made_at=made_at))
    session.flush()


def delete_link(session: Session, round_id: str) -> None:
    """Delete the link of a round, where it has one."""
    session.execute(delete(ResultsLink).where(ResultsLink.round_id == round_id))


def linked_round(session: Session, token_hash: bytes) -> Round | None:
    """Return the sealed round that a link leads to, None for an unknown or withdrawn one."""
    wanted = select(Round).join(ResultsLink, ResultsLink.round_id == Round.id)
    return session.scalars(
        wanted.where(ResultsLink.token_hash == token_hash, Round.state == State.SEALED)
    ).one_or_none()


def linked_since(session: Session, alliance_id: str) -> dict[str, datetime]:
    """Return since when rounds of an alliance have a link, by the rounds' ids."""
    wanted = select(ResultsLink).join(Round, Round.id == ResultsLink.round_id).where(Round.alliance_id == alliance_id)
    return {link.round_id: link.made_at for link in session.scalars(wanted)}
