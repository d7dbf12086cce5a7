"""The boxes in which a round's codes and ballots lie: one for each organisation that is asked, and one for none.

A row of everybody's that named both by their random ids would be a third longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.orm import Session

from assessment.storage.tables import BallotBox, RosterEntry


def make_boxes(session: Session, round_id: str) -> None:
    """Make the boxes of a round whose roster is fixed: all at once, in the order of the organisations' ids."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        # Numbers are given one transaction after the other; whoever answers meanwhile does not wait.
        connection.exec_driver_sql("LOCK TABLE ballot_box IN SHARE ROW EXCLUSIVE MODE")
    first = (session.scalar(select(func.max(BallotBox.number))) or 0) + 1
    asked = session.scalars(select(RosterEntry.organisation_id).where(RosterEntry.round_id == round_id))
    made = [
        {"number": number, "round_id": round_id, "organisation_id": organisation_id}
        for number, organisation_id in enumerate((None, *sorted(asked)), first)
    ]
    session.execute(insert(BallotBox), made)


def boxes(session: Session, round_id: str) -> dict[int, str | None]:
    """Return the organisations of a round's boxes by their numbers, None for those in no organisation."""
    wanted = select(BallotBox.number, BallotBox.organisation_id).where(BallotBox.round_id == round_id)
    return {row[0]: row[1] for row in session.execute(wanted)}


def into_boxes(session: Session | Connection, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Return rows with the number of their box instead of `round_id` and `organisation_id`.

    Raise KeyError for an organisation that the round does not ask.
    """
    given = list(rows)
    if not given:
        return []
    wanted = select(BallotBox.round_id, BallotBox.organisation_id, BallotBox.number).where(
        BallotBox.round_id.in_({row["round_id"] for row in given})
    )
    numbers = {(row[0], row[1]): row[2] for row in session.execute(wanted)}
    return [_boxed(row, numbers) for row in given]


def destroy_boxes(session: Session, round_id: str) -> None:
    """Delete the boxes of a round, once they are empty."""
    session.execute(delete(BallotBox).where(BallotBox.round_id == round_id))


def _boxed(row: Mapping[str, Any], numbers: Mapping[tuple[str, str | None], int]) -> dict[str, Any]:
    own = {name: value for name, value in row.items() if name not in ("round_id", "organisation_id")}
    return {**own, "box": numbers[row["round_id"], row["organisation_id"]]}
