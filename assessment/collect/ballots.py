"""Use cases of a member, each in a transaction of its own: take a seat, save a section, send, withdraw.

Members' pages do the same in groups (`writing`); what is decided stands in `changes` and is the same for both.
"""

from __future__ import annotations

from typing import TypeVar

from assessment.collect import changes
from assessment.collect.asked import AskedRound
from assessment.collect.ballot import Ballot, Joining
from assessment.collect.validation import Answers
from assessment.questionnaire.values import Section
from assessment.storage.ballots import Seat
from assessment.storage.engine import Store

T = TypeVar("T")


def look_up(store: Store, typed: str) -> Seat:
    """Return what a typed code opens, without taking the seat; raise CodeRefused."""
    with store.read() as session:
        return _only(changes.look_up_all(session.connection(), [typed]))


def start(store: Store, asked: AskedRound, typed: str, key: str, joining: Joining) -> None:
    """Spend a seat and make the ballot of `key`, a new token, in one transaction; raise CodeRefused.

    Starting again with the same key spends nothing: on a bad network the first answer may have been lost, or
    "Begin" was pressed twice.
    """
    with store.write() as session:
        _only(changes.begin_all(session.connection(), [changes.Begin(asked, typed, key, joining)]))


def find(store: Store, key: str) -> Ballot:
    """Return the ballot that a key opens; raise NoBallot, or Closed when its round is no longer open."""
    with store.read() as session:
        return _only(changes.find_all(session.connection(), [key]))


def save(store: Store, asked: AskedRound, key: str, section: Section, revision: int, given: Answers) -> int:
    """Save one section and return its new revision.

    What is stored already is accepted again without a change, whatever revision it comes with: a phone that never
    saw our answer repeats itself. Other content with an old revision raises Stale; what would leave a sent ballot
    without an answer raises NothingLeft. Raise NoBallot, Closed.
    """
    return _change(store, changes.Save(key, asked, section, revision, given))


def send(store: Store, key: str) -> None:
    """Count a ballot from now on; sending twice changes nothing. Raise NothingAnswered, NoBallot, Closed."""
    _change(store, changes.Sending(key))


def withdraw(store: Store, key: str) -> None:
    """Delete a ballot for good; its seat stays spent. Raise NoBallot, Closed."""
    _change(store, changes.Withdrawal(key))


def _change(store: Store, change: changes.Change) -> int:
    with store.write() as session:
        return _only(changes.change_all(session.connection(), [change]))


def _only(outcomes: list[T | Exception]) -> T:
    (outcome,) = outcomes
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
