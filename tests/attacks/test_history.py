"""The long game: rounds are answered, edited, withdrawn from, sealed and exported, and everything shown is kept.

After each step nothing about fewer than k people may be computable from everything shown so far, across rounds.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assessment.disclosure.audit import audit_release, report_lines
from assessment.disclosure.codec import read_release, to_json
from assessment.disclosure.drafting import Drafting
from assessment.disclosure.exact import Earlier
from assessment.disclosure.people import progress
from assessment.disclosure.rules import Breakdown, Lens, Protection
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Verdict
from tests.attacks.test_sums import computable, published
from tests.attacks.worlds import ROLES, World, rules_for

ATTACKS = settings.get_profile("attacks")
MOVED = {Verdict.UP, Verdict.DOWN, Verdict.MAYBE_UP, Verdict.MAYBE_DOWN}
MOST_TO_ADD_UP = 14
Ballot = tuple[int, int, int]


class History(RuleBasedStateMachine):
    """An alliance of five organisations over several rounds; a ballot is (organisation, role, answer)."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Ballot] = []
        self.told: list[int] = []
        self.sealed: list[tuple[World, Earlier]] = []

    @initialize(breakdown=st.sampled_from(Breakdown), lens=st.sampled_from(Lens), points=st.sampled_from((3, 4, 5)))
    def begin(self, breakdown: Breakdown, lens: Lens, points: int) -> None:
        self.rules = rules_for(breakdown, lens)
        self.points = points

    @rule(data=st.data(), people=st.integers(1, 12))
    def answer(self, data: st.DataObject, people: int) -> None:
        ballot = st.tuples(st.integers(-1, 4), st.integers(1, len(ROLES)), st.integers(0, self.points))
        self.open += data.draw(st.lists(ballot, min_size=people, max_size=people))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        who = data.draw(st.integers(0, len(self.open) - 1))
        organisation, role, _ = self.open[who]
        self.open[who] = (organisation, role, data.draw(st.integers(0, self.points)))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        del self.open[data.draw(st.integers(0, len(self.open) - 1))]

    @rule()
    def look_at_progress(self) -> None:
        self.told.append(progress(len(self.open)))

    @precondition(lambda self: len(self.sealed) < 4 and any(o >= 0 for o, _, _ in self.open))
    @rule(again=st.booleans())
    def seal(self, again: bool) -> None:
        organisation, role, answer = zip(*self.open, strict=True)
        world = World(self.points, organisation, role, tuple((a,) for a in answer), self.rules, (0, 0, 0, 1, 1))
        made = world.seal([earlier for _, earlier in self.sealed], f"r{len(self.sealed)}")
        self.sealed.append((world, Earlier(made.release, made.statistics, world.asked)))
        self.open = list(self.open) if again else []

    @invariant()
    def progress_moves_in_steps_of_five(self) -> None:
        assert all(told % 5 == 0 for told in self.told)

    @invariant()
    def the_last_release_withstands(self) -> None:
        if not self.sealed:
            return
        world, last = self.sealed[-1]
        report = audit_release(last.release, world.asked, [e.release for _, e in self.sealed[:-1]])
        assert report.withstood, report_lines(report)

    @invariant()
    def nothing_adds_up_to_few(self) -> None:
        if not self.sealed or self.sealed[-1][0].people > MOST_TO_ADD_UP:
            return
        world = self.sealed[-1][0]
        drafting = Drafting(Tally(world.asked, world.answered(), world.rules), ())
        measure = drafting.tally.measures[0]
        who = drafting.tally.who(measure)
        here = [i for i, (answer,) in enumerate(world.answers) if answer]
        people = [(int(drafting.tally.member[i]), int(drafting.tally.answers.member[i])) for i in here]
        rows = published(who, people, drafting._plan(measure))
        assert not rows or computable(rows, len(people), world.rules.k) is None

    @invariant()
    def one_persons_move_is_no_change(self) -> None:
        if len(self.sealed) < 2:
            return
        (before, earlier), (now, last) = self.sealed[-2:]
        if self._moves(before, now) > 1:
            return
        changes = [c for r in last.release.results for c in r.changes if c.round_id == earlier.release.facts.round_id]
        assert not {change.verdict for change in changes} & MOVED

    @invariant()
    def exports_hold_what_is_shown_and_nothing_else(self) -> None:
        if not self.sealed:
            return
        release = self.sealed[-1][1].release
        plain = json.loads(json.dumps(to_json(release)))
        assert read_release(plain) == release
        assert all(_numbers(row) == 0 for row in plain["results"] if row["people"] is None)
        assert release.rules.protection is Protection.GUARDED

    @staticmethod
    def _moves(before: World, now: World) -> int:
        """How many ballots differ between two rounds, whoever they belong to."""
        old = list(zip(before.organisation, before.role, before.answers, strict=True))
        new = list(zip(now.organisation, now.role, now.answers, strict=True))
        for ballot in list(new):
            if ballot in old:
                old.remove(ballot)
                new.remove(ballot)
        return max(len(old), len(new))


def _numbers(value: Any) -> int:
    """Count the numbers inside a result."""
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    if isinstance(value, list):
        return sum(map(_numbers, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


TestHistory = History.TestCase
TestHistory.settings = settings(ATTACKS, stateful_step_count=12)
