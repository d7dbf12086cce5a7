"""A hall of members who answer at once, and the comparison of what they were told with what the database holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.questionnaire.values import Questionnaire
from assessment.storage.boxes import boxes
from assessment.storage.engine import Store
from assessment.storage.tables import Ballot, Code
from tests.collect.world import World
from tests.survival.member import Known, Member, Refused, Step

SEATS = 100_000
WRITERS = 16
CLOSED = {410, 422}
"""What members are told once their round is sealed: their ballot is gone, their code opens nothing."""


@dataclass
class Faults:
    """What was found to be wrong, in counts: acknowledged and not there, there twice, there in part."""

    lost: int = 0
    doubled: int = 0
    half: int = 0

    def __add__(self, other: Faults) -> Faults:
        return Faults(self.lost + other.lost, self.doubled + other.doubled, self.half + other.half)

    def __str__(self) -> str:
        return f"{self.lost} lost, {self.doubled} doubled, {self.half} half"


@dataclass
class Hall:
    """Writers that keep pressing. While the gate is shut everybody stays before the next try.

    With `may_close` the round may be sealed meanwhile: who is told so goes home. `pace` is done before each step.
    """

    world: World
    address: tuple[str, int]
    writers: int = WRITERS
    seed: int = 1
    may_close: bool = False
    pace: Callable[[], object] = bool
    members: list[Member] = field(default_factory=list)

    def __post_init__(self) -> None:
        code, sections = self.world.code(SEATS), self.world.questionnaire.sections
        self.members = [Member(code, self.world.round_id, sections, self.seed * 1_000 + n) for n in range(self.writers)]
        self._gate, self._leaving = threading.Event(), threading.Event()
        self._counted = threading.Condition()
        self._total, self._waiting, self._here = 0, 0, 0
        self._wrong: list[BaseException] = []

    @contextmanager
    def answering(self) -> Iterator[Hall]:
        """Let everybody answer until this is left; then their last steps are acknowledged and nothing is pending."""
        self._here = len(self.members)
        threads = [threading.Thread(target=self._answer, args=(member,), daemon=True) for member in self.members]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._leaving.set()
            self.open_gate()
            for thread in threads:
                thread.join()
        self._complain()

    def open_gate(self) -> None:
        """Let everybody go on."""
        self._gate.set()

    def shut_gate(self) -> None:
        """Let nobody try anything new; what is on its way is."""
        self._gate.clear()

    def settle(self) -> None:
        """Shut the gate and return when nothing is on its way any more; raise what a member ran into."""
        self.shut_gate()
        with self._counted:
            self._counted.wait_for(lambda: self._waiting == self._here or self._wrong)
        self._complain()

    @property
    def acknowledged(self) -> int:
        """How many steps were acknowledged."""
        return self._total

    def wait_for(self, more: int) -> None:
        """Return once so many more steps were acknowledged; raise what a member ran into."""
        with self._counted:
            wanted = self._total + more
            self._counted.wait_for(lambda: self._total >= wanted or self._wrong or not self._here)
        self._complain()

    def wait_for_refusals(self, more: int) -> None:
        """Return once members were asked so many more times to come back in a moment."""
        with self._counted:
            wanted = self._refusals() + more
            self._counted.wait_for(lambda: self._refusals() >= wanted or self._wrong)
        self._complain()

    def _refusals(self) -> int:
        return sum(member.repeated for member in self.members)

    def _answer(self, member: Member) -> None:
        try:
            while not self._leaving.is_set():
                self.pace()
                member.press(self.address, self._pass)
                with self._counted:
                    self._total += 1
                    self._counted.notify_all()
        except BaseException as error:
            if not (self.may_close and isinstance(error, Refused) and error.status in CLOSED):
                self._wrong.append(error)
        finally:
            member.hang_up()
            with self._counted:
                self._here -= 1
                self._counted.notify_all()

    def _pass(self) -> None:
        with self._counted:
            self._waiting += 1
            self._counted.notify_all()
        self._gate.wait()
        with self._counted:
            self._waiting -= 1

    def _complain(self) -> None:
        if self._wrong:
            raise self._wrong[0]


@dataclass(frozen=True)
class Stored:
    """A ballot as stored, read section by section: a mark None where the questions of a section disagree."""

    marks: Mapping[str, tuple[int | None, int]]
    sent: bool


def compare(members: list[Member], world: World, store: Store, codes: int = 1) -> Faults:
    """Count what the database does not hold as its members were told; a step under way may be done or not.

    `codes`: of how many halls they are, each of which has a code of its own.
    """
    with store.read() as session:
        stored = _ballots(session, world)
        seats = sum(session.scalars(select(Code.seats).where(Code.box.in_(boxes(session, world.round_id)))))
    faults, spent, expected = Faults(), 0, set()
    for member in members:
        last = len(member.ballots) - 1
        for number, known in enumerate(member.ballots):
            step = member.pending if number == last and member.pending and not member.pending.begins else None
            faults += _compare(known, step, stored.get(known.key_hash))
            expected.add(known.key_hash)
        spent += len(member.ballots)
        if member.pending and member.pending.begins:
            begun = member.pending.after.key_hash
            spent += begun in stored
            expected.add(begun)
    # A seat without its ballot, or a ballot without its seat, would be half a beginning.
    faults.half += abs(codes * SEATS - seats - spent)
    faults.doubled += len(stored.keys() - expected)
    return faults


def read_ballots(world: World, store: Store) -> dict[bytes, Stored]:
    """Return every ballot of the round by its key."""
    with store.read() as session:
        return _ballots(session, world)


def _ballots(session: Session, world: World) -> dict[bytes, Stored]:
    rows = session.scalars(select(Ballot).where(Ballot.box.in_(boxes(session, world.round_id))))
    return {row.key_hash: _read(world.questionnaire, row) for row in rows}


def _compare(known: Known, step: Step | None, found: Stored | None) -> Faults:
    possible = [known] + ([step.after] if step else [])
    if found is None:
        return Faults(lost=all(one.here for one in possible))
    if not any(one.here for one in possible):
        return Faults(doubled=1)
    if any(mark is None for mark, _ in found.marks.values()):
        return Faults(half=1)
    if any(found == Stored(one.marks, one.sent) for one in possible):
        return Faults()
    saves, most = _saves(found.marks), max(_saves(one.marks) for one in possible)
    return Faults(doubled=1) if saves > most else Faults(lost=1)


def _saves(marks: Mapping[str, tuple[int | None, int]]) -> int:
    return sum(revision for _, revision in marks.values())


def _read(questionnaire: Questionnaire, row: Ballot) -> Stored:
    codes = {question.id: code for question, code in zip(questionnaire.coded, row.answers, strict=True)}
    marks: dict[str, tuple[int | None, int]] = {}
    for section, revision in zip(questionnaire.sections, row.revisions, strict=True):
        found = {_mark(row.texts.get(q.id)) if q.kind == "text" else codes[q.id] for q in section.questions}
        if found != {0} or revision:
            marks[section.key] = (found.pop() if len(found) == 1 else None, revision)
    return Stored(marks, row.sent)


def _mark(words: object) -> int:
    return int(str(words).split()[1]) if words else 0
