"""Titles that coordinators wrote over computed ones."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.storage.kept_tables import OwnTitle


def own_titles(session: Session, round_id: str) -> dict[str, str]:
    """Return the words of a round's own titles, by their places."""
    found = session.scalars(select(OwnTitle).where(OwnTitle.round_id == round_id))
    return {title.place: title.words for title in found}


def put_title(session: Session, round_id: str, place: str, words: str) -> None:
    """Store the title of a place; the one that it had is gone."""
    delete_title(session, round_id, place)
    session.add(OwnTitle(round_id=round_id, place=place, words=words))
    session.flush()


def delete_title(session: Session, round_id: str, place: str) -> None:
    """Delete the title of a place, where it has one."""
    session.execute(delete(OwnTitle).where(OwnTitle.round_id == round_id, OwnTitle.place == place))
