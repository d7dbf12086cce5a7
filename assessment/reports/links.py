"""The link by which members read a sealed round's results: made, shown once, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment import clock, tokens
from assessment.alliance.commitments import Told, told_members
from assessment.alliance.values import Person, Role
from assessment.rounds.values import RoundError
from assessment.storage import alliance as alliances
from assessment.storage import audit, results_links
from assessment.storage import rounds as round_rows
from assessment.storage.engine import Store
from assessment.storage.own_titles import own_titles
from assessment.storage.tables import Round, State

PATH = "/results"
SHARERS = (Role.OWNER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link leads to: a round of an alliance, its own titles by place, and what was promised since.

    `sample` marks an invented one.
    """

    round_id: str
    alliance_name: str
    sample: bool
    commitments: tuple[Told, ...]
    own_titles: tuple[tuple[str, str], ...] = ()


def share(store: Store, round_id: str, person: Person) -> str:
    """Make the link of a sealed round and return its token, which is kept nowhere; an earlier link ends.

    Raise RoundError for a round that is not sealed, not there, or not theirs to share.
    """
    token = tokens.new_token()
    with store.write() as session:
        round_ = _theirs(session, round_id, person)
        results_links.put_link(session, round_.id, tokens.digest(token), clock.now())
        audit.note(session, person.account_id, "results link made", round_.name)
    return token


def withdraw(store: Store, round_id: str, person: Person) -> None:
    """End the link of a round: from now on its address shows nothing. Raise RoundError as `share`."""
    with store.write() as session:
        round_ = _theirs(session, round_id, person)
        results_links.delete_link(session, round_.id)
        audit.note(session, person.account_id, "results link withdrawn", round_.name)


def shared_since(store: Store, alliance_id: str) -> Mapping[str, datetime]:
    """Return since when rounds of an alliance are shared, by their ids; what is not shared is missing."""
    with store.read() as session:
        return results_links.linked_since(session, alliance_id)


def find(store: Store, typed: str) -> Shared | None:
    """Return what a link leads to; None, without saying why, for anything that is no link of today."""
    token = tokens.read_token(typed)
    if token is None:
        return None
    with store.read() as session:
        round_ = results_links.linked_round(session, tokens.digest(token))
        if round_ is None:
            return None
        alliance = alliances.find_alliance(session, round_.alliance_id)
        name = alliance.name if alliance else ""
        titles = tuple(sorted(own_titles(session, round_.id).items()))
        told = told_members(session, round_.alliance_id)
        return Shared(round_.id, name, alliances.peek(session).sample, told, titles)


def _theirs(session: Session, round_id: str, person: Person) -> Round:
    round_ = round_rows.lock_round(session, round_id)
    if round_ is None or round_.alliance_id != person.alliance_id or person.role not in SHARERS:
        raise RoundError("Only coordinators of this alliance share the results of its rounds.")
    if round_.state is not State.SEALED:
        raise RoundError("This round has no results yet: seal it first, then share them.")
    return round_
