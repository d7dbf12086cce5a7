"""Seats, saves, sending and withdrawing, on both databases."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from assessment.collect import ballots
from assessment.collect.asked import AskedRound, AskedRounds
from assessment.collect.ballot import CodeRefused, Joining, NoBallot, NothingAnswered, NothingLeft, Stale
from assessment.collect.validation import Answers
from assessment.storage import ballots as rows
from assessment.storage.tables import Ballot, Code, State
from assessment.tokens import new_token, short_digest
from tests.collect.world import ATTRIBUTED, World, make_world


@pytest.fixture
def asked(world: World) -> AskedRound:
    return AskedRounds(world.store).get(world.round_id)


def begin(world: World, asked: AskedRound, code: str | None = None, joining: Joining | None = None) -> str:
    key = new_token()
    ballots.start(world.store, asked, code or world.code(), key, joining or Joining())
    return key


def some(asked: AskedRound, code: int) -> Answers:
    return Answers({q.id: code for q in asked.questionnaire.sections[0].questions}, {})


def seats(world: World) -> int:
    with world.store.read() as session:
        return session.scalar(select(func.coalesce(func.sum(Code.seats), 0))) or 0


def test_a_seat_is_taken_once_and_the_code_is_gone(world: World, asked: AskedRound) -> None:
    code = world.code()
    begin(world, asked, code)
    assert seats(world) == 0
    with pytest.raises(CodeRefused):
        begin(world, asked, code)
    assert len(world.ballots()) == 1


def test_a_shared_code_seats_as_many_as_it_has(world: World, asked: AskedRound) -> None:
    code = world.code(seats=3)
    for left in (2, 1, 0):
        begin(world, asked, code)
        assert seats(world) == left
    with pytest.raises(CodeRefused):
        begin(world, asked, code)


def test_people_who_press_at_once_never_share_a_seat(world: World, asked: AskedRound) -> None:
    code = world.code(seats=5)

    def press(_: int) -> bool:
        try:
            begin(world, asked, code)
        except CodeRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as hall:
        seated = list(hall.map(press, range(12)))
    assert sum(seated) == len(world.ballots()) == 5
    assert seats(world) == 0


def test_beginning_again_with_the_same_key_spends_nothing(world: World, asked: AskedRound) -> None:
    code, key = world.code(seats=2), new_token()
    ballots.start(world.store, asked, code, key, Joining())
    ballots.start(world.store, asked, code, key, Joining())
    assert (seats(world), len(world.ballots())) == (1, 1)


@pytest.mark.parametrize("people", [1, 20])
def test_begin_pressed_twice_at_once_makes_one_ballot(world: World, asked: AskedRound, people: int) -> None:
    for _ in range(8):
        code, key, together = world.code(seats=people), new_token(), Barrier(2)
        before = seats(world), len(world.ballots())

        def press(_: int, code: str = code, key: str = key, together: Barrier = together) -> None:
            together.wait()
            ballots.start(world.store, asked, code, key, Joining())

        with ThreadPoolExecutor(2) as thumbs:
            assert list(thumbs.map(press, range(2))) == [None, None]
        assert (seats(world), len(world.ballots())) == (before[0] - 1, before[1] + 1)


def test_an_unknown_code_takes_nothing(world: World, asked: AskedRound) -> None:
    with pytest.raises(CodeRefused):
        begin(world, asked, new_token())
    assert world.ballots() == []


def test_the_organisation_is_not_stored_where_the_round_does_not_attribute(world: World, asked: AskedRound) -> None:
    begin(world, asked, world.code(organisation="org1"), Joining("org2"))
    assert world.ballots()[0].lies_in.organisation_id is None


@pytest.mark.parametrize(
    ("code_organisation", "joining", "stored"),
    [
        ("org1", Joining(), "org1"),
        ("org1", Joining("org2"), "org1"),
        (None, Joining("org2"), "org2"),
        ("org1", Joining(only_total=True), None),
        (None, Joining("org2", only_total=True), None),
    ],
)
def test_attribution_stores_what_was_chosen(
    sqlite_url: str, code_organisation: str | None, joining: Joining, stored: str | None
) -> None:
    world = make_world(sqlite_url, ATTRIBUTED)
    asked = AskedRounds(world.store).get(world.round_id)
    begin(world, asked, world.code(organisation=code_organisation), joining)
    ballot = world.ballots()[0]
    assert (ballot.lies_in.organisation_id, ballot.only_total) == (stored, joining.only_total)


def test_a_save_is_one_byte_a_question(world: World, asked: AskedRound) -> None:
    key = begin(world, asked)
    section = asked.questionnaire.sections[0]
    assert ballots.save(world.store, asked, key, section, 0, some(asked, 4)) == 1
    stored = world.ballots()[0]
    assert stored.answers == b"\x04" * 6 + bytes(len(asked.questionnaire.coded) - 6)
    assert stored.revisions == b"\x01" + bytes(len(asked.questionnaire.sections) - 1)
    assert not stored.sent


def test_a_repeated_save_is_accepted_once(world: World, asked: AskedRound) -> None:
    key, section = begin(world, asked), asked.questionnaire.sections[0]
    first = ballots.save(world.store, asked, key, section, 0, some(asked, 4))
    again = ballots.save(world.store, asked, key, section, 0, some(asked, 4))
    assert first == again == world.ballots()[0].revisions[0] == 1


def test_a_stale_save_carries_what_is_stored(world: World, asked: AskedRound) -> None:
    key, section = begin(world, asked), asked.questionnaire.sections[0]
    ballots.save(world.store, asked, key, section, 0, some(asked, 4))
    with pytest.raises(Stale) as stale:
        ballots.save(world.store, asked, key, section, 0, some(asked, 2))
    assert (stale.value.stored, stale.value.revision) == (some(asked, 4), 1)
    assert ballots.save(world.store, asked, key, section, 1, some(asked, 2)) == 2


def test_revisions_wrap_without_meaning_never_saved(world: World, asked: AskedRound) -> None:
    key, section = begin(world, asked), asked.questionnaire.sections[0]
    with world.store.write() as session:
        revisions = b"\xff" + bytes(len(asked.questionnaire.sections) - 1)
        session.execute(update(Ballot).where(Ballot.key_hash == short_digest(key)).values(revisions=revisions))
    assert ballots.save(world.store, asked, key, section, 255, some(asked, 3)) == 1


def test_sections_do_not_touch_each_other(world: World, asked: AskedRound) -> None:
    key = begin(world, asked)
    one, words = asked.questionnaire.sections[0], asked.questionnaire.sections[-2]
    ballots.save(world.store, asked, key, one, 0, some(asked, 5))
    written = Answers({}, {q.id: "we listen" if n == 0 else "" for n, q in enumerate(words.questions)})
    ballots.save(world.store, asked, key, words, 0, written)
    found = ballots.find(world.store, key)
    assert found.of(asked.questionnaire, one) == some(asked, 5)
    assert found.texts == {words.questions[0].id: "we listen"}


def test_only_a_sent_ballot_counts(world: World, asked: AskedRound) -> None:
    key = begin(world, asked)
    with pytest.raises(NothingAnswered):
        ballots.send(world.store, key)
    ballots.save(world.store, asked, key, asked.questionnaire.sections[0], 0, some(asked, 1))
    with world.store.read() as session:
        assert rows.count_sent(session, world.round_id) == {}
    ballots.send(world.store, key)
    ballots.send(world.store, key)
    with world.store.read() as session:
        assert rows.count_sent(session, world.round_id) == {None: 1}
        assert [sent.answers[:6] for sent in rows.read_sent(session, world.round_id)] == [b"\x01" * 6]


def test_the_last_answer_of_a_sent_ballot_stays(world: World, asked: AskedRound) -> None:
    key, section, words = begin(world, asked), asked.questionnaire.sections[0], asked.questionnaire.sections[-2]
    ballots.save(world.store, asked, key, section, 0, some(asked, 4))
    ballots.save(world.store, asked, key, section, 1, some(asked, 0))
    ballots.save(world.store, asked, key, section, 2, some(asked, 4))
    ballots.send(world.store, key)
    with pytest.raises(NothingLeft):
        ballots.save(world.store, asked, key, section, 3, some(asked, 0))
    assert (world.ballots()[0].sent, world.ballots()[0].answers[:6]) == (True, b"\x04" * 6)
    ballots.save(world.store, asked, key, words, 0, Answers({}, {words.questions[0].id: "we listen"}))
    assert ballots.save(world.store, asked, key, section, 3, some(asked, 0)) == 4


def test_a_withdrawn_ballot_is_gone_and_its_seat_stays_spent(world: World, asked: AskedRound) -> None:
    key = begin(world, asked, world.code(seats=2))
    ballots.withdraw(world.store, key)
    assert (world.ballots(), seats(world)) == ([], 1)
    with pytest.raises(NoBallot):
        ballots.find(world.store, key)


def test_a_closed_round_takes_nothing(world: World, asked: AskedRound) -> None:
    key, code = begin(world, asked), world.code()
    world.close()
    with pytest.raises(CodeRefused):
        ballots.look_up(world.store, code)
    with pytest.raises(NoBallot):
        ballots.save(world.store, asked, key, asked.questionnaire.sections[0], 0, some(asked, 4))
    assert AskedRounds(world.store).state(world.round_id) is State.SEALED


def test_neither_key_nor_code_is_in_the_database_file(sqlite_url: str) -> None:
    world = make_world(sqlite_url)
    asked = AskedRounds(world.store).get(world.round_id)
    code, key = world.code(), new_token()
    ballots.start(world.store, asked, code, key, Joining())
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as raw:
        dump = "\n".join(raw.iterdump())
    assert "CREATE TABLE" in dump
    assert code not in dump
    assert key not in dump
