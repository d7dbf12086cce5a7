"""Releases and what judges later rounds by them. Written once while sealing, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, insert, select
from sqlalchemy.orm import Session

from assessment.storage.columns import new_id
from assessment.storage.tables import Release, Result, Round, State, Statistic, Written

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A stored release: header, rules, and (group, `shown` as JSON text) in the order of groups and measures."""

    round_id: str
    alliance_id: str
    sealed_at: datetime
    rules: Mapping[str, Any]
    facts: Mapping[str, Any]
    results: tuple[tuple[str, str], ...]


def add_release(
    session: Session, round_id: str, sealed_at: datetime, rules: Mapping[str, Any], facts: Mapping[str, Any]
) -> str:
    """Store a release's header and return its id."""
    release = Release(id=new_id(), round_id=round_id, sealed_at=sealed_at, rules=dict(rules), facts=dict(facts))
    session.add(release)
    session.flush()
    return release.id


def add_results(session: Session, release_id: str, shown: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Store (group, measure, what may be shown of it or why not)."""
    rows = [
        {"release_id": release_id, "group_key": group, "measure": measure, "shown": dict(value)}
        for group, measure, value in shown
    ]
    _insert(session, Result, rows)


def add_statistics(session: Session, release_id: str, exact: Iterable[Mapping[str, Any]]) -> None:
    """Store exact sums: the columns of `tables.Statistic` but the release."""
    rows = [{"group_key" if key == "group" else key: value for key, value in row.items()} for row in exact]
    _insert(session, Statistic, [{**row, "release_id": release_id} for row in rows])


def add_texts(session: Session, round_id: str, written: Iterable[tuple[str, str]]) -> None:
    """Store (question, words) under fresh random ids, in the order of those ids."""
    rows = [{"id": new_id(), "round_id": round_id, "question_id": q, "words": words} for q, words in written]
    _insert(session, Written, sorted(rows, key=lambda row: str(row["id"])))


def find_release(session: Session, round_id: str) -> ReleaseRow | None:
    """Return a round's release; None while it is not sealed."""
    wanted = select(Release, Round.alliance_id).join(Round, Round.id == Release.round_id)
    row = session.execute(wanted.where(Release.round_id == round_id)).one_or_none()
    if row is None:
        return None
    release, alliance_id = row
    # as text: whoever reads it parses all of it at once; past the session, which makes each of ten thousand rows anew
    wanted_results = select(Result.group, cast(Result.shown, Text)).where(Result.release_id == release.id)
    in_order = session.connection().execute(wanted_results.order_by(Result.group, Result.measure))
    shown = tuple((group, text) for group, text in in_order.all())
    return ReleaseRow(round_id, alliance_id, release.sealed_at, release.rules, release.facts, shown)


def sealed_rounds(session: Session, alliance_id: str) -> list[str]:
    """Return the ids of an alliance's sealed rounds, oldest first."""
    wanted = (
        select(Release.round_id)
        .join(Round, Round.id == Release.round_id)
        .where(Round.alliance_id == alliance_id, Round.state == State.SEALED)
    )
    return list(session.scalars(wanted.order_by(Release.sealed_at, Release.round_id)))


def exact_sums(session: Session, round_id: str) -> list[Statistic]:
    """Return the exact sums of a sealed round. While sealing another one only: no screen may call this."""
    wanted = select(Statistic).join(Release, Release.id == Statistic.release_id).where(Release.round_id == round_id)
    return list(session.scalars(wanted))


def _insert(session: Session, table: type[Result | Statistic | Written], rows: list[dict[str, Any]]) -> None:
    # past the session, which would keep books of each of ten thousand rows
    for start in range(0, len(rows), CHUNK):
        session.connection().execute(insert(table.metadata.tables[table.__tablename__]), rows[start : start + CHUNK])
