"""A round as a member meets it: its questions, its promises, who was asked. Fixed when the round opens."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.alliance.commitments import Told, told_members
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.snapshot import thaw
from assessment.questionnaire.values import Questionnaire, Section, Texts
from assessment.storage.engine import StorageError, Store
from assessment.storage.tables import Alliance, Instance, RosterEntry, Round, State

ROUNDS_IN_MEMORY = 64
FRESH_FOR = 60.0
"""Seconds for which a round in memory is taken as it is: only the alliance's name and promises can change."""
SHORTEST = 3
"""Fewest characters that stand for an organisation on the first page."""
SAMPLE_FRESH_FOR = 1.0
"""Seconds for which an instance is taken to be a sample, or none: a hall that opens /join asks once."""


@dataclass(frozen=True, eq=False)
class AskedRound:
    """Everything about a round that its pages say.

    `roster`: ids and names of the organisations that were asked; `promised`: what the alliance said it would do.
    """

    id: str
    name: str
    alliance: str
    sample: bool
    questionnaire: Questionnaire
    languages: tuple[str, ...]
    rules: Rules
    roster: tuple[tuple[str, str], ...]
    ends_on: date | None
    promised: tuple[Told, ...] = ()

    @property
    def attributed(self) -> bool:
        """Whether ballots say to which organisation they belong (R15)."""
        return self.rules.attribution is not Attribution.ALLIANCE

    @property
    def grouped(self) -> bool:
        """Whether "count me only in the total" would change anything."""
        return self.attributed or self.rules.breakdown is not Breakdown.NONE

    def organisation(self, organisation_id: str | None) -> str | None:
        """Return the name of an organisation of the roster, None when it is not in it."""
        return dict(self.roster).get(organisation_id or "")

    @cached_property
    def choices(self) -> Mapping[str, tuple[str, str]]:
        """Organisations to pick from, as (id, name) by the shortest beginnings of their ids that tell them apart.

        Random ids of 20 characters would make up a quarter of the first page of a large alliance.
        """
        ids = [organisation_id for organisation_id, _ in self.roster]
        longest = max(map(len, ids), default=1)
        fits = next((n for n in range(SHORTEST, longest) if len({own[:n] for own in ids}) == len(ids)), longest)
        return {own[:fits]: (own, name) for own, name in self.roster}

    def chosen(self, choice: str) -> str | None:
        """Return the id of the organisation that was picked, None for none of the roster."""
        return self.choices[choice][0] if choice in self.choices else None

    def section(self, key: str) -> Section | None:
        """Return a section by its key."""
        return self._sections.get(key)

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.questionnaire.sections}

    def texts(self, language: str) -> Texts:
        """Return the words of a language that the round offers."""
        return self.questionnaire.texts[language]


class AskedRounds:
    """Rounds by id, kept in memory: a page can still be shown while the database cannot be read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[str, tuple[float, AskedRound]] = OrderedDict()
        self._lock, self._reading = Lock(), Lock()
        self._sample, self._sample_read = False, float("-inf")

    def get(self, round_id: str) -> AskedRound:
        """Return a round; raise KeyError for one that does not exist, StorageError when it was never read before.

        A hall that asks at once reads it once.
        """
        with self._reading:
            return self.fresh(round_id) or self._again(round_id)

    def fresh(self, round_id: str) -> AskedRound | None:
        """Return a round from memory where it was read a short time ago."""
        known = self._known.get(round_id)
        return known[1] if known and time.monotonic() - known[0] < FRESH_FOR else None

    def remembered(self, round_id: str) -> AskedRound | None:
        """Return a round from memory alone."""
        known = self._known.get(round_id)
        return known[1] if known else None

    def state(self, round_id: str) -> State | None:
        """Return a round's state as it is now, None for a round that does not exist."""
        with self._store.read() as session:
            return session.scalar(select(Round.state).where(Round.id == round_id))

    def sample(self) -> bool:
        """Tell whether this whole instance is a sample, as it was a second ago at most."""
        with self._reading:
            known = self.sample_fresh()
            if known is None:
                with self._store.read() as session:
                    known = _sample(session)
                self._sample, self._sample_read = known, time.monotonic()
            return known

    def sample_fresh(self) -> bool | None:
        """Tell whether this whole instance is a sample, None where that was asked too long ago."""
        return self._sample if time.monotonic() - self._sample_read <= SAMPLE_FRESH_FOR else None

    def sample_remembered(self) -> bool:
        """Tell whether this instance is a sample, for pages that must be shown whatever the database does."""
        try:
            return self.sample()
        except StorageError:
            return self._sample

    def _again(self, round_id: str) -> AskedRound:
        try:
            asked = self._read(round_id)
        except StorageError:
            known = self.remembered(round_id)
            if known:
                return known
            raise
        with self._lock:
            self._known[round_id] = (time.monotonic(), asked)
            while len(self._known) > ROUNDS_IN_MEMORY:
                self._known.popitem(last=False)
        return asked

    def _read(self, round_id: str) -> AskedRound:
        with self._store.read() as session:
            found = session.get(Round, round_id)
            if found is None:
                raise KeyError(round_id)
            alliance = session.get_one(Alliance, found.alliance_id)
            promised = told_members(session, found.alliance_id)
            asked = _asked(found, alliance.name, _sample(session), _roster(session, round_id))
        return replace(asked, promised=promised)


def _sample(session: Session) -> bool:
    return bool(session.scalar(select(Instance.sample)))


def _roster(session: Session, round_id: str) -> tuple[tuple[str, str], ...]:
    wanted = select(RosterEntry.organisation_id, RosterEntry.name).where(RosterEntry.round_id == round_id)
    rows = [(row.organisation_id, row.name) for row in session.execute(wanted)]
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))


def _asked(found: Round, alliance: str, sample: bool, roster: tuple[tuple[str, str], ...]) -> AskedRound:
    questionnaire = thaw(found.questionnaire)
    rules = Rules(
        k=found.k,
        k_text=found.k_text,
        protection=found.protection,
        attribution=found.attribution,
        breakdown=found.breakdown,
        lens=found.lens,
    )
    offered = tuple(language for language in found.languages if language in questionnaire.texts)
    languages = offered or tuple(questionnaire.texts)[:1]
    return AskedRound(found.id, found.name, alliance, sample, questionnaire, languages, rules, roster, found.ends_on)
