"""Seal a round: the only place where ballots become a release, and are gone.

One transaction reads the ballots, stores what may be known, tears the texts from their ballots, deletes ballots and
codes, and marks the round sealed. A crash leaves the round open or sealed, never between.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from assessment import clock
from assessment.disclosure import codec
from assessment.disclosure.exact import Earlier, Statistic
from assessment.disclosure.people import texts_shown
from assessment.disclosure.release import Header, SealedRound, release_round
from assessment.disclosure.rules import Rules
from assessment.errors import TendError
from assessment.questionnaire.snapshot import thaw
from assessment.questionnaire.values import Questionnaire
from assessment.rounds.ballots import Ballots
from assessment.rounds.collecting import finish_purge
from assessment.rounds.planning import GONE
from assessment.rounds.published import read_release
from assessment.rounds.values import RoundError, rules_of
from assessment.statistics.answers import NOWHERE, Answers, Roster, RosterEntry
from assessment.storage import alliance as alliances
from assessment.storage import audit
from assessment.storage import ballots as ballot_rows
from assessment.storage import releases as release_rows
from assessment.storage import rounds as rows
from assessment.storage.engine import Store
from assessment.storage.tables import Round, State

log = logging.getLogger(__name__)
GRACE = timedelta(days=7)
"""A round seals itself so long after its end."""
LONGEST = timedelta(weeks=25)
"""A round without a last day ends so long after it opened: with the grace, half a year keeps answers at most."""


class Written(NamedTuple):
    """A written answer without its ballot."""

    question: str
    words: str


def seal(store: Store, round_id: str, *, by: str | None = None) -> None:
    """Seal an open round for good.

    Raise RoundError for a draft, and for a round that is sealed already; ClockWrong while the date is not to be
    believed.
    """
    with store.write() as session:
        audit.believe_clock(session)
        row = _to_seal(rows.lock_round(session, round_id))
        questionnaire, rules = thaw(row.questionnaire), rules_of(row)
        roster = _roster(session, round_id)
        answers, written = _ballots(session, round_id, questionnaire, roster)
        sealed = release_round(questionnaire, answers, rules, _header(row, written), _earlier(session, row))
        _store(session, row, sealed)
        release_rows.add_texts(session, round_id, _publishable(written, answers.people, rules))
        ballot_rows.destroy_ballots(session, round_id)
        row.state, row.sealed_at = State.SEALED, clock.now()
        alliances.instance(session).purge_due = True
        audit.note(session, by, "round sealed", row.name)
    finish_purge(store)


def seal_overdue(store: Store) -> list[str]:
    """Seal every open round whose end is more than seven days ago, clean up after a crash, and return their ids.

    A round without a last day ends 25 weeks after it opened, but in a sample, which holds nobody's answers.
    A round that cannot be sealed keeps no other from it: that is logged.
    """
    with store.read() as session:
        ended = clock.today() - GRACE
        due = rows.overdue(session, ended, None if alliances.peek(session).sample else ended - LONGEST)
    sealed = [round_id for round_id in due if _sealed_by_us(store, round_id)]
    finish_purge(store)
    return sealed


@contextmanager
def told_in_the_log(what: str) -> Iterator[None]:
    """Log whatever goes wrong inside, so that what comes after is done: for work that nobody waits for."""
    try:
        yield
    except TendError as error:
        log.error("%s: %s", what, error)
    except Exception:
        log.exception(what)


def _sealed_by_us(store: Store, round_id: str) -> bool:
    sealed = False
    # A RoundError says here that another process was quicker.
    with told_in_the_log(f"Round {round_id} is overdue and could not be sealed"), suppress(RoundError):
        seal(store, round_id)
        sealed = True
        log.info("Round %s was sealed a week after its end.", round_id)
    return sealed


def _to_seal(row: Round | None) -> Round:
    if row is None:
        raise RoundError(GONE)
    if row.state is State.SEALED:
        raise RoundError(f"This round is sealed already, since {row.sealed_at:%d %B %Y}. Its results stand.")
    if row.state is State.DRAFT:
        raise RoundError("This round is a draft. Open it first.")
    return row


def _roster(session: Session, round_id: str) -> Roster:
    entries = rows.roster(session, round_id)
    return Roster(tuple(RosterEntry(e.organisation_id, e.name, e.chapter, e.headcount) for e in entries))


def _ballots(
    session: Session, round_id: str, questionnaire: Questionnaire, roster: Roster
) -> tuple[Answers, list[Written]]:
    """Return all sent ballots as one matrix of bytes, and what was written."""
    ballots = Ballots(sum(ballot_rows.count_sent(session, round_id).values()), len(questionnaire.coded))
    place = {entry.id: index for index, entry in enumerate(roster.entries)}
    written: list[Written] = []
    for ballot in ballot_rows.read_sent(session, round_id):
        where = place[ballot.organisation_id] if ballot.organisation_id else NOWHERE
        ballots.add(where, ballot.only_total, ballot.answers)
        written += [Written(question, words) for question, words in ballot.texts.items() if words]
    written.sort()
    return ballots.counted(roster), written


def _publishable(written: list[Written], people: int, rules: Rules) -> list[Written]:
    """Return the texts that moderators may come to see (R14); the others are gone with the ballots."""
    writers = Counter(text.question for text in written)
    return [text for text in written if texts_shown(people, writers[text.question], rules.k_text)]


def _header(row: Round, written: list[Written]) -> Header:
    writers = Counter(text.question for text in written)
    return Header(row.id, row.name, clock.today(), row.phase, writers)


def _earlier(session: Session, row: Round) -> tuple[Earlier, ...]:
    """Return the alliance's sealed rounds, oldest first, with their exact sums: read here and by no screen."""
    found = []
    for before in rows.sealed_before(session, row.alliance_id):
        release = read_release(session, before.id)
        if release is None:
            raise RuntimeError(f"round {before.id} is sealed and has no release")
        sums = [
            Statistic(s.group, s.measure, s.n, s.invited, s.unit, s.total, s.squares)
            for s in release_rows.exact_sums(session, before.id)
        ]
        found.append(Earlier(release, sums, thaw(before.questionnaire)))
    return tuple(found)


def _store(session: Session, row: Round, sealed: SealedRound) -> None:
    plain = sealed.plain
    release_id = release_rows.add_release(session, row.id, clock.now(), plain["rules"], codec.header(plain))
    results = ((shown["group"], shown["measure"], shown) for shown in plain["results"])
    release_rows.add_results(session, release_id, results)
    release_rows.add_statistics(session, release_id, (statistic._asdict() for statistic in sealed.statistics))
