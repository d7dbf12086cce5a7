"""The long game on a real database: everything that any screen or file has shown is kept and added up.

`test_history` plays it on the rules alone. Here rounds are opened, answered, edited, withdrawn from, sealed and exported
by the use cases, and the attacker, who knows who belongs where and who answered, reads what they return.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from assessment import clock, rounds, tokens
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft, Person, Role
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.validation import Answers
from assessment.commands.spreadsheet import write_table
from assessment.disclosure.codec import read_release, to_json
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import ALLIANCE, PublishedRelease, Verdict
from assessment.questionnaire.values import Questionnaire, SectionText, Texts
from assessment.rounds.published import read_release as stored_release
from assessment.storage import alliance as alliances
from assessment.storage.engine import open_store
from assessment.storage.tables import Alliance
from tests.attacks.worlds import ROLES, asks

ATTACKS = settings.get_profile("attacks")
MOVED = {Verdict.UP, Verdict.DOWN, Verdict.MAYBE_UP, Verdict.MAYBE_DOWN}
MOST_PEOPLE, MOST_ROUNDS = 30, 3


@dataclass(frozen=True, order=True)
class Ballot:
    """What somebody sent: their organisation (-1: none stored) and codes, the role last."""

    organisation: int
    codes: tuple[int, ...]


@dataclass(frozen=True)
class SealedRound:
    """A round as the model knows it, and its release as it was first read."""

    id: str
    ballots: tuple[Ballot, ...]
    release: PublishedRelease
    json: str


def asked(points: int, ratings: int) -> Questionnaire:
    """A questionnaire of one section with English words."""
    bare = asks(points, ratings)
    words = {q.id: q.id for q in bare.questions}
    labels = {"degree": tuple(map(str, range(1, points + 1)))}
    named = {d: d for d in bare.dimensions}
    sections = {"all": SectionText("All", "Together")}
    choices = {role: role for role in ROLES}
    texts = Texts("en", "ltr", "reviewed", "Small", "Can't say", labels, named, sections, words, choices, {})
    return replace(bare, texts={"en": texts})


class LongGame(RuleBasedStateMachine):
    """An alliance of three to six organisations over up to three rounds."""

    def __init__(self, migrated: Path) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        shutil.copy(migrated, Path(self.folder.name) / "tend.db")
        self.store = open_store(f"sqlite:///{Path(self.folder.name) / 'tend.db'}")
        self.open: str | None = None
        self.bulk: list[Ballot] = []
        self.keys: dict[str, Ballot] = {}
        self.sealed: list[SealedRound] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(
        h=st.integers(3, 6),
        points=st.sampled_from((3, 4, 5, 11)),
        ratings=st.integers(1, 3),
        protection=st.sampled_from(Protection),
        attribution=st.sampled_from(Attribution),
        breakdown=st.sampled_from(Breakdown),
        lens=st.sampled_from(Lens),
    )
    def found(self, h: int, points: int, ratings: int, **drawn: Any) -> None:
        if drawn["attribution"] is Attribution.ALLIANCE:
            drawn["lens"] = Lens.PEOPLE
            if drawn["breakdown"] in {Breakdown.ORGANISATIONS, Breakdown.CHAPTERS}:
                drawn["breakdown"] = Breakdown.NONE
        self.rules, self.questionnaire, self.points = Rules(**drawn), asked(points, ratings), points
        with self.store.write() as session:
            self.alliance = alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))
        drafts = [OrganisationDraft(f"O{i}", chapter="AB"[i % 2], headcount=MOST_PEOPLE) for i in range(h)]
        self.organisations = organisations.add(self.store, self.alliance, drafts)

    @property
    def sent(self) -> list[Ballot]:
        return [*self.bulk, *self.keys.values()]

    def ballot(self) -> st.SearchStrategy[Ballot]:
        """Any answers, many of them skipped, in any organisation or none."""
        rating = st.sampled_from((*range(1, self.points + 1), 1, self.points, 0, 255))
        codes = st.tuples(*[rating] * (len(self.questionnaire.coded) - 1), st.integers(1, len(ROLES)))
        where = st.sampled_from((*range(len(self.organisations)), 0, 0, 1, -1))
        return st.builds(Ballot, where, codes)

    def bring(self, some: list[Ballot]) -> None:
        """Store ballots as a file would bring them."""
        batch = [
            rounds.ImportedBallot(
                {
                    q.id: "dk" if code == 255 else str(code)
                    for q, code in zip(self.questionnaire.coded, b.codes, strict=True)
                    if code
                },
                self.organisations[b.organisation] if b.organisation >= 0 else None,
                b.organisation < 0,
            )
            for b in some
        ]
        rounds.import_ballots(self.store, self.open or "", batch)
        self.bulk += some

    @precondition(lambda self: self.open is None and len(self.sealed) < MOST_ROUNDS)
    @rule(data=st.data(), move=st.sampled_from(("afresh", "leaves", "changes", "same")))
    def open_a_round(self, data: st.DataObject, move: str) -> None:
        plan = rounds.RoundPlan(f"r{len(self.sealed)}", rules=self.rules)
        self.open = rounds.create_round(self.store, self.alliance, plan, self.questionnaire)
        rounds.open_round(self.store, self.open)
        self.bulk, self.keys = [], {}
        again = list(self.sealed[-1].ballots) if self.sealed and move != "afresh" else []
        if again and move != "same":
            gone = again.pop(data.draw(st.integers(0, len(again) - 1)))
            if move == "changes":
                again.append(replace(data.draw(self.ballot()), organisation=gone.organisation))
        self.bring(again or data.draw(st.lists(self.ballot(), min_size=9, max_size=26)))

    @precondition(lambda self: self.open and len(self.sent) < MOST_PEOPLE)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        given, key = data.draw(self.ballot()), tokens.new_token()
        where = self.organisations[given.organisation] if given.organisation >= 0 else None
        (code,) = rounds.add_codes(self.store, self.open, where, 1)
        here = AskedRounds(self.store).get(self.open)
        ballots.start(self.store, here, code, key, ballots.Joining(None, given.organisation < 0))
        self.save(key, given, 0)
        ballots.send(self.store, key)
        self.keys[key] = given

    def save(self, key: str, given: Ballot, revision: int) -> None:
        codes = {q.id: code for q, code in zip(self.questionnaire.coded, given.codes, strict=True)}
        section, here = self.questionnaire.sections[0], AskedRounds(self.store).get(self.open or "")
        ballots.save(self.store, here, key, section, revision, Answers(codes, {}))

    @precondition(lambda self: self.open and self.keys)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.keys)))
        given = replace(data.draw(self.ballot()), organisation=self.keys[key].organisation)
        kept = ballots.find(self.store, key)
        self.save(key, given, kept.revisions[0])
        self.keys[key] = given

    @precondition(lambda self: self.open and self.keys)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.keys)))
        ballots.withdraw(self.store, key)
        del self.keys[key]

    @precondition(lambda self: self.open)
    @rule()
    def seal(self) -> None:
        assert self.open
        rounds.seal(self.store, self.open)
        release = rounds.published(self.store, self.open)
        self.sealed.append(SealedRound(self.open, tuple(self.sent), release, json.dumps(to_json(release))))
        self.open = None

    @invariant()
    def an_open_round_tells_steps_of_five_and_no_result(self) -> None:
        if self.open is None:
            return
        told, counts = rounds.progress(self.store, self.open), Counter(b.organisation for b in self.sent)
        assert told.at_least == len(self.sent) // 5 * 5
        known = self.rules.attribution is not Attribution.ALLIANCE
        five = tuple(counts[i] >= 5 for i in range(len(self.organisations)) if known)
        assert tuple(o.five_or_more for o in told.organisations) == five
        with pytest.raises(rounds.RoundError):
            rounds.published(self.store, self.open)
        assert [r.facts.round_id for r in rounds.releases(self.store, self.alliance)] == [s.id for s in self.sealed]

    @invariant()
    def releases_never_change_and_files_hold_them_alone(self) -> None:
        for sealed in self.sealed[-1:]:
            with self.store.read() as session:
                assert stored_release(session, sealed.id) == sealed.release
            assert read_release(json.loads(sealed.json)) == sealed.release
            written = io.StringIO()
            write_table(written, sealed.release, self.questionnaire)
            assert len(written.getvalue().splitlines()) == 1 + len(sealed.release.results)

    @invariant()
    def everybody_sees_as_much_as_was_promised(self) -> None:
        someone = (
            Person("a", self.alliance, "Harbour", "Ada", "a@b.invalid", Role.COORDINATOR, None, False)
            if self.sealed
            else None
        )
        for sealed in self.sealed[-1:]:
            assert someone
            seen = rounds.published_for(self.store, sealed.id, someone)
            if self.rules.attribution is not Attribution.VISIBLE:
                assert not any(g.key.startswith("organisation:") for g in seen.groups)
            assert {r.group for r in rounds.published_for_members(self.store, sealed.id).results} <= {ALLIANCE}
