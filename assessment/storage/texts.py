"""Written answers of sealed rounds: their moderation, their themes, how long they stay."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, not_, or_, select
from sqlalchemy.orm import Session

from assessment.storage.columns import new_id
from assessment.storage.tables import Round, TextState, TextTheme, Theme, Written


def of_round(session: Session, alliance_id: str, round_id: str, states: Collection[TextState]) -> list[Written]:
    """Return an alliance's texts of one round in some states, in the order of their random ids."""
    wanted = select(Written).join(Round, Round.id == Written.round_id)
    mine = wanted.where(Round.alliance_id == alliance_id, Written.round_id == round_id, Written.state.in_(states))
    return list(session.scalars(mine.order_by(Written.id)))


def lock_text(session: Session, alliance_id: str, text_id: str) -> tuple[Written, str] | None:
    """Return an alliance's text with the name of its round, held until the transaction ends; None for another's."""
    wanted = select(Written, Round.name).join(Round, Round.id == Written.round_id)
    mine = wanted.where(Written.id == text_id, Round.alliance_id == alliance_id)
    found = session.execute(mine.with_for_update(of=Written)).one_or_none()
    return (found[0], found[1]) if found else None


def themes_of(session: Session, round_id: str) -> dict[str, list[str]]:
    """Return the ids of themes by the id of a round's text; texts without one are left out."""
    wanted = select(TextTheme.text_id, TextTheme.theme_id).join(Written, Written.id == TextTheme.text_id)
    found: dict[str, list[str]] = {}
    for text_id, theme_id in session.execute(wanted.where(Written.round_id == round_id)):
        found.setdefault(text_id, []).append(theme_id)
    return found


def set_themes(session: Session, text_id: str, theme_ids: Collection[str]) -> None:
    """Replace the themes of a text."""
    session.execute(delete(TextTheme).where(TextTheme.text_id == text_id))
    session.add_all(TextTheme(text_id=text_id, theme_id=theme_id) for theme_id in sorted(set(theme_ids)))
    session.flush()


def list_themes(session: Session, alliance_id: str) -> list[Theme]:
    """Return an alliance's codebook by name."""
    found = session.scalars(select(Theme).where(Theme.alliance_id == alliance_id))
    return sorted(found, key=lambda theme: (theme.name.casefold(), theme.id))


def find_theme(session: Session, alliance_id: str, theme_id: str) -> Theme | None:
    """Return a theme of an alliance, None for another's."""
    return session.scalars(
        select(Theme).where(Theme.id == theme_id, Theme.alliance_id == alliance_id).with_for_update()
    ).one_or_none()


def add_theme(session: Session, alliance_id: str, name: str) -> str:
    """Store a theme and return its id."""
    theme = Theme(id=new_id(), alliance_id=alliance_id, name=name)
    session.add(theme)
    session.flush()
    return theme.id


def delete_theme(session: Session, theme_id: str) -> None:
    """Delete a theme; texts lose it and stay."""
    session.execute(delete(Theme).where(Theme.id == theme_id))


def delete_old(session: Session, unshown_before: datetime, shown_before: datetime) -> int:
    """Delete texts of rounds sealed before two moments and return how many; what is kept on purpose stays."""
    long_sealed, sealed = (
        select(Round.id).where(Round.sealed_at < moment) for moment in (shown_before, unshown_before)
    )
    unshown = Written.round_id.in_(sealed) & (Written.state != TextState.SHOWN)
    shown = Written.round_id.in_(long_sealed) & (Written.state == TextState.SHOWN) & not_(Written.kept)
    going = or_(unshown, shown)
    count = session.scalar(select(func.count()).select_from(Written).where(going)) or 0
    if count:
        session.execute(delete(Written).where(going))
    return count
