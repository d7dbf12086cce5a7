"""Retreats: what they will look at, where they stand, what was revealed. Their phones are in `phones`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assessment.storage.tables import Phone, Poll, PollVote, Retreat, RetreatCommitment


def add_retreat(session: Session, retreat: Retreat) -> str:
    """Store a retreat and return its id."""
    session.add(retreat)
    session.flush()
    return retreat.id


def find_retreat(session: Session, retreat_id: str) -> Retreat | None:
    """Return a retreat for reading, None when there is none of this id."""
    return session.get(Retreat, retreat_id)


def lock_retreat(session: Session, retreat_id: str) -> Retreat | None:
    """Return a retreat that nobody else moves, and on which nobody votes, before this transaction ends."""
    return session.scalars(select(Retreat).where(Retreat.id == retreat_id).with_for_update()).one_or_none()


def list_retreats(session: Session, alliance_id: str) -> list[Retreat]:
    """Return an alliance's retreats, the newest first."""
    wanted = select(Retreat).where(Retreat.alliance_id == alliance_id)
    return list(session.scalars(wanted.order_by(Retreat.made_at.desc(), Retreat.id)))


def delete_retreat(session: Session, retreat_id: str) -> None:
    """Delete a retreat with all it holds; its commitments stay with the alliance."""
    session.execute(delete(Retreat).where(Retreat.id == retreat_id))


def of_screen(session: Session, token: str) -> str | None:
    """Return the id of the retreat that a screen's address leads to, None for an unknown or withdrawn one."""
    return session.scalar(select(Retreat.id).where(Retreat.screen_token == token))


def takes_code(session: Session, code: str) -> bool:
    """Tell whether a room code opens a retreat already."""
    return session.scalar(select(Retreat.id).where(Retreat.code == code)) is not None


def version(session: Session, retreat_id: str) -> int | None:
    """Return how often a retreat was changed; None when it is gone."""
    return session.scalar(select(Retreat.version).where(Retreat.id == retreat_id))


def running_since(session: Session, acted_before: datetime) -> list[str]:
    """Return the ids of retreats that run and in which nothing was done since a moment."""
    running = (Retreat.started_at.is_not(None), Retreat.ended_at.is_(None), Retreat.acted_at < acted_before)
    return list(session.scalars(select(Retreat.id).where(*running)))


def draw_again(session: Session, round_id: str) -> None:
    """Let the screens of a round's running retreats be drawn anew: what they show may have been taken back."""
    running = (Retreat.round_id == round_id, Retreat.started_at.is_not(None), Retreat.ended_at.is_(None))
    locked = session.scalars(select(Retreat.id).where(*running).order_by(Retreat.id).with_for_update()).all()
    session.execute(update(Retreat).where(Retreat.id.in_(locked)).values(version=Retreat.version + 1))


def note_screen(session: Session, token: str, seen_at: datetime, awake: bool) -> bool:
    """Note that a screen shows the room now and whether it stays awake; tell whether its address is good."""
    noted = update(Retreat).where(Retreat.screen_token == token).values(screen_seen_at=seen_at, screen_awake=awake)
    return session.execute(noted.returning(Retreat.id)).first() is not None


def count_phones(session: Session, retreat_id: str) -> int:
    """Count the phones that joined. For steps of five only."""
    return session.scalar(select(func.count()).select_from(Phone).where(Phone.retreat_id == retreat_id)) or 0


def count_voted(session: Session, retreat_id: str, step_key: str) -> int:
    """Count the phones that voted on a step. For steps of five only."""
    return session.scalar(select(func.count()).select_from(PollVote).where(*_on(retreat_id, step_key))) or 0


def take_votes(session: Session, retreat_id: str, step_key: str, options: int) -> list[int]:
    """Return how many chose each option of a step, and delete the votes. The retreat is locked (`lock_retreat`)."""
    on = _on(retreat_id, step_key)
    wanted = select(PollVote.choice, func.count()).where(*on).group_by(PollVote.choice)
    counted = {row[0]: row[1] for row in session.execute(wanted)}
    session.execute(delete(PollVote).where(*on))
    return [counted.get(choice, 0) for choice in range(options)]


def forget_votes(session: Session, retreat_id: str, step_key: str) -> bool:
    """Delete the hidden votes on a step and tell whether there were any. The retreat is locked (`lock_retreat`)."""
    return bool(session.execute(delete(PollVote).where(*_on(retreat_id, step_key)).returning(PollVote.choice)).all())


def put_counts(session: Session, retreat_id: str, step_key: str, counts: Mapping[str, Any]) -> None:
    """Store what a step's votes came to."""
    session.add(Poll(retreat_id=retreat_id, step_key=step_key, counts=dict(counts)))
    session.flush()


def revealed(session: Session, retreat_id: str) -> dict[str, Mapping[str, Any]]:
    """Return the counts of the steps that were revealed, by their keys."""
    found = session.scalars(select(Poll).where(Poll.retreat_id == retreat_id))
    return {poll.step_key: poll.counts for poll in found}


def forget_phones(session: Session, retreat_id: str) -> None:
    """Delete a retreat's votes and phones."""
    session.execute(delete(PollVote).where(PollVote.retreat_id == retreat_id))
    session.execute(delete(Phone).where(Phone.retreat_id == retreat_id))


def add_commitment(session: Session, retreat_id: str, commitment_id: str) -> None:
    """Note that a commitment was made in a retreat."""
    session.add(RetreatCommitment(retreat_id=retreat_id, commitment_id=commitment_id))
    session.flush()


def commitments(session: Session, retreat_id: str) -> Sequence[str]:
    """Return the ids of the commitments that were made in a retreat."""
    wanted = select(RetreatCommitment.commitment_id).where(RetreatCommitment.retreat_id == retreat_id)
    return session.scalars(wanted).all()


def _on(retreat_id: str, step_key: str) -> tuple[Any, Any]:
    return PollVote.retreat_id == retreat_id, PollVote.step_key == step_key
