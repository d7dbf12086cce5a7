"""The long game on a real database: everything that any screen or file has shown is kept and added up.

`test_history` plays it on the rules alone. Here the use cases open rounds, take answers, edits and
withdrawals, seal and export. The attacker knows who belongs where and who answered, and reads what they return.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
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
    run_state_machine_as_test,
)

from assessment import clock, rounds, tokens
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft, Person, Role
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.validation import Answers
from assessment.disclosure.codec import read_release, to_json
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import ALLIANCE, PublishedRelease, Verdict
from assessment.reports.spreadsheet import write_table
from assessment.rounds.published import read_release as stored_release
from assessment.storage import alliance as alliances
from assessment.storage.engine import open_store
from assessment.storage.tables import Alliance
from tests.attacks.membership import Attacker, Ballot, in_english, isolated
from tests.attacks.worlds import ROLES, asks

ATTACKS = settings.get_profile("attacks")
MOVED = {Verdict.UP, Verdict.DOWN, Verdict.MAYBE_UP, Verdict.MAYBE_DOWN}
MOST_PEOPLE = 30


@dataclass(frozen=True)
class SealedRound:
    """A round as the model knows it, and its release as it was first read."""

    id: str
    ballots: tuple[Ballot, ...]
    release: PublishedRelease
    json: str


class LongGame(RuleBasedStateMachine):
    """An alliance of three to six organisations over some rounds."""

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
        self.agreed, self.questionnaire, self.points = Rules(**drawn), in_english(asks(points, ratings)), points
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
        batch = [ballot.imported(self.questionnaire, self.organisations) for ballot in some]
        rounds.import_ballots(self.store, self.open or "", batch)
        self.bulk += some

    @precondition(lambda self: self.open is None)
    @rule(data=st.data(), move=st.sampled_from(("afresh", "leaves", "changes", "same")))
    def open_a_round(self, data: st.DataObject, move: str) -> None:
        plan = rounds.RoundPlan(f"r{len(self.sealed)}", rules=self.agreed)
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
        known = self.agreed.attribution is not Attribution.ALLIANCE
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
            table = list(csv.DictReader(io.StringIO(written.getvalue())))
            averages = [(r.average, r.other_lens) for r in sealed.release.results]
            shown = [tuple(str(a.value) if a else "" for a in pair) for pair in averages]
            assert [(row["average"], row["average by the other lens"]) for row in table] == shown

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
            if self.agreed.attribution is not Attribution.VISIBLE:
                assert not any(g.key.startswith("organisation:") for g in seen.groups)
            assert {r.group for r in rounds.published_for_members(self.store, sealed.id).results} <= {ALLIANCE}

    @invariant()
    def nothing_about_few_people_adds_up(self) -> None:
        for sealed in self.sealed[-1:]:
            attacker = Attacker(self.questionnaire, self.organisations, sealed.ballots, sealed.release)
            assert attacker.finds(self.agreed.k) == {}
            for result in sealed.release.results:
                people, shown = len(attacker.answered(result)), (result.average, result.other_lens, result.columns)
                assert people >= self.agreed.k or (shown, result.people) == ((None, None, None), None)
                empty = {0} if self.agreed.protection is Protection.OPEN else set()
                for column in result.columns.columns if result.columns else ():
                    assert column.people >= 3 or column.people in empty

    @invariant()
    def one_persons_move_between_rounds_is_not_told(self) -> None:
        for before, now in combinations(self.sealed, 2):
            old, new = Counter(before.ballots), Counter(now.ballots)
            if max((old - new).total(), (new - old).total()) > 1:
                continue
            for result in now.release.results:
                told = [c.verdict for c in result.changes if c.round_id == before.id]
                assert not MOVED & set(told)
                earlier = before.release.result(result.measure, result.group)
                if self.agreed.protection is Protection.GUARDED and earlier and earlier.columns:
                    assert result.columns is None or result.columns == earlier.columns


def test_no_long_game_tells_anything_about_fewer_than_k_people(migrated_file: Path) -> None:
    played = settings(ATTACKS, max_examples=max(ATTACKS.max_examples // 10, 5), stateful_step_count=10)
    run_state_machine_as_test(lambda: LongGame(migrated_file), settings=played)  # type: ignore[no-untyped-call]


def test_the_attacker_finds_two_people_by_subtraction() -> None:
    assert isolated([[1] * 9, [1] * 7 + [0] * 2], 5) == (7, 8)
    assert isolated([[1] * 9, [1] * 4 + [0] * 5], 4) is None
