"""Titles of charts in the coordinators' own words: written, and given back to what the numbers say."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from assessment.alliance.accounts import name_fault
from assessment.alliance.entries import NotThere, refuse
from assessment.alliance.values import Person, Role
from assessment.findings.titles import LONGEST, Place
from assessment.storage import audit
from assessment.storage import own_titles as rows
from assessment.storage import rounds as round_rows
from assessment.storage.engine import Store
from assessment.storage.tables import Round, State

WRITERS = (Role.OWNER, Role.COORDINATOR)


def own_titles(store: Store, round_id: str) -> Mapping[str, str]:
    """Return the titles that coordinators wrote for a round, by their places."""
    with store.read() as session:
        return rows.own_titles(session, round_id)


def rewrite(store: Store, round_id: str, place: Place, words: str, person: Person) -> None:
    """Put own words in the place of a computed title.

    Raise FieldFaults for what cannot be a title, NotThere for a round that is not theirs or not sealed.
    """
    refuse({"title": name_fault(words, LONGEST, "title")})
    with store.write() as session:
        round_ = _theirs(session, round_id, person)
        rows.put_title(session, round_.id, place, words.strip())
        audit.note(session, person.account_id, "title written", f"{round_.name}, {place}: {words.strip()}")


def restore(store: Store, round_id: str, place: Place, person: Person) -> None:
    """Show the computed title again; raise NotThere as `rewrite`."""
    with store.write() as session:
        round_ = _theirs(session, round_id, person)
        rows.delete_title(session, round_.id, place)
        audit.note(session, person.account_id, "title restored", f"{round_.name}, {place}")


def _theirs(session: Session, round_id: str, person: Person) -> Round:
    round_ = round_rows.lock_round(session, round_id)
    if round_ is None or round_.alliance_id != person.alliance_id or person.role not in WRITERS:
        raise NotThere
    if round_.state is not State.SEALED:
        raise NotThere
    return round_
