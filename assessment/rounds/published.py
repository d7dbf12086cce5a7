"""Sealed rounds as everybody reads them: releases, which never change and are kept in memory."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from assessment.alliance.values import Person
from assessment.disclosure import codec
from assessment.disclosure.rules import Attribution
from assessment.disclosure.values import ALLIANCE, GroupKind, PublishedRelease
from assessment.rounds.values import RoundError
from assessment.storage import releases as rows
from assessment.storage.engine import Store

KEPT_IN_MEMORY = 256


def published(store: Store, round_id: str) -> PublishedRelease:
    """Return all that may be known of a sealed round; raise RoundError while there is nothing.

    Not for screens: a person may see less (`published_for`).
    """
    return _read_once(store, round_id)


def published_for(store: Store, round_id: str, person: Person) -> PublishedRelease:
    """Return what one person may see of a sealed round (R15); raise RoundError while there is nothing.

    Where each organisation sees its own, a reader sees theirs and nobody else sees any: coordinators neither.
    """
    release = published(store, round_id)
    if release.rules.attribution is Attribution.VISIBLE:
        return release
    return _with_one(store, round_id, f"organisation:{person.organisation_id}")


def published_for_members(store: Store, round_id: str) -> PublishedRelease:
    """Return what everybody may see who holds a link: the whole alliance, no group; raise RoundError as `published`."""
    return codec.without_reliability(codec.narrowed(published(store, round_id), {ALLIANCE}))


def releases(store: Store, alliance_id: str) -> tuple[PublishedRelease, ...]:
    """Return the releases of an alliance's sealed rounds, oldest first."""
    with store.read() as session:
        sealed = rows.sealed_rounds(session, alliance_id)
    return tuple(published(store, round_id) for round_id in sealed)


def read_release(session: Session, round_id: str) -> PublishedRelease | None:
    """Read a round's release from its rows; None while the round is not sealed."""
    row = rows.find_release(session, round_id)
    return codec.from_rows(row.rules, row.facts, row.results) if row else None


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read_once(store: Store, round_id: str) -> PublishedRelease:
    with store.read() as session:
        found = read_release(session, round_id)
    if found is None:
        raise RoundError("This round has no results yet: they come when it is sealed.")
    return found


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _with_one(store: Store, round_id: str, own: str) -> PublishedRelease:
    """Return a release with at most one organisation in it."""
    release = published(store, round_id)
    kept = {g.key for g in release.groups if g.kind is not GroupKind.ORGANISATION or g.key == own}
    return codec.narrowed(release, kept)
