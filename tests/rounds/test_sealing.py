"""Sealing: one release, no ballots, no way back; and the same release for the same set of ballots."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text

from assessment import clock, rounds, tokens
from assessment.collect import ballots as desk
from assessment.collect.asked import AskedRounds
from assessment.collect.validation import Answers
from assessment.disclosure.codec import to_json
from assessment.disclosure.rules import Breakdown, Rules
from assessment.errors import TendError
from assessment.rounds import sealing
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.errors import Busy, Full, StorageError
from assessment.storage.tables import (
    Ballot,
    Code,
    Instance,
    Release,
    Round,
    State,
    Statistic,
    TextState,
    Written,
)
from tests.rounds.world import World, make_world

SENTENCES = [f"We should meet at the quay on day {number}." for number in range(6)]


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def sealed(world: World, people: int = 60, name: str = "Spring", seed: int = 1) -> str:
    round_id = world.open(name)
    world.answer(round_id, people, seed)
    rounds.seal(world.store, round_id)
    return round_id


def test_a_sealed_round_has_a_release_and_no_ballots_or_codes(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    rounds.add_codes(store, round_id, None, 7)
    world.answer(round_id, 60)
    rounds.seal(store, round_id)
    view = rounds.round_view(store, round_id)
    assert (view.state, view.sealed_at is not None) == (State.SEALED, True)
    assert [count(store, table) for table in (Ballot, Code, Release)] == [0, 0, 1]
    assert rounds.published(store, round_id).facts.answered == 60


def test_a_round_is_sealed_once(store: Store) -> None:
    world = make_world(store)
    round_id = sealed(world)
    with pytest.raises(rounds.RoundError, match="sealed already"):
        rounds.seal(store, round_id)
    with pytest.raises(rounds.RoundError, match="sealed"):
        world.answer(round_id, 5)
    with pytest.raises(rounds.RoundError, match="sealed"):
        rounds.add_codes(store, round_id, None, 1)
    assert count(store, Release) == 1


def test_an_open_round_has_no_results(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 60)
    with pytest.raises(rounds.RoundError, match="no results yet"):
        rounds.published(store, round_id)
    assert rounds.releases(store, world.alliance_id) == ()


@pytest.mark.parametrize("people", [0, 1, 4, 5])
def test_a_round_that_hardly_anybody_answered_can_be_sealed(store: Store, people: int) -> None:
    world = make_world(store)
    release = rounds.published(store, sealed(world, people))
    shown = [result for result in release.results if result.average]
    assert release.facts.answered == people
    assert bool(shown) is (people >= 5)


def test_drafts_do_not_enter_a_release_and_are_gone(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 60)
    with store.write() as session:
        for ballot in session.scalars(select(Ballot).limit(7)):
            ballot.sent = False
    rounds.seal(store, round_id)
    assert rounds.published(store, round_id).facts.answered == 53
    assert count(store, Ballot) == 0


def test_what_is_read_back_is_what_was_sealed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    real = sealing.release_round
    monkeypatch.setattr(sealing, "release_round", lambda *given: kept.append(real(*given)) or kept[-1])
    round_id = sealed(make_world(store))
    read, made = to_json(rounds.published(store, round_id)), to_json(kept[0].release)

    def by_place(plain: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
        return sorted(plain.pop("results"), key=lambda row: (row["group"], row["measure"]))

    assert by_place(read) == by_place(made)
    assert read == made


def test_releases_come_oldest_first_and_change_is_told_in_the_newer_one(store: Store) -> None:
    world = make_world(store)
    first, second = sealed(world, name="Spring"), sealed(world, name="Autumn", seed=2)
    older, newer = rounds.releases(store, world.alliance_id)
    assert [older.facts.round_id, newer.facts.round_id] == [first, second]
    result = newer.result(world.question().id)
    assert result is not None
    assert [change.round_id for change in result.changes] == [first]


def test_every_published_average_has_exact_sums_for_later_rounds(store: Store) -> None:
    world = make_world(store)
    release = rounds.published(store, sealed(world))
    with store.read() as session:
        kept = {(row.group, row.measure) for row in session.scalars(select(Statistic))}
    shown = {(result.group, result.measure) for result in release.results if result.average}
    assert shown <= kept


@pytest.mark.parametrize(("people", "writers", "kept"), [(60, 5, 5), (60, 4, 0), (9, 6, 0), (10, 5, 5)])
def test_texts_are_kept_for_moderators_where_ten_answered_and_five_wrote(
    store: Store, people: int, writers: int, kept: int
) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, people, words=SENTENCES[:writers])
    rounds.seal(store, round_id)
    with store.read() as session:
        found = list(session.scalars(select(Written)))
    assert sorted(row.words for row in found) == sorted(SENTENCES[:kept])
    assert {row.state for row in found} <= {TextState.WAITING}


def test_the_order_of_submission_changes_nothing(store: Store) -> None:
    released = []
    for turn in (1, -1):
        world = make_world(store)
        round_id = world.open(rules=Rules(breakdown=Breakdown.ROLES))
        for ballot in world.ballots(40, words=SENTENCES)[::turn]:
            rounds.import_ballots(store, round_id, [ballot])
        rounds.seal(store, round_id)
        released.append(to_json(rounds.published(store, round_id)) | {"facts": None})
    assert released[0] == released[1]


def test_an_error_while_computing_leaves_the_round_open_with_every_ballot(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 60)
    with monkeypatch.context() as broken:
        broken.setattr(sealing, "_store", fail)
        with pytest.raises(ZeroDivisionError):
            rounds.seal(store, round_id)
    assert (rounds.round_view(store, round_id).state, count(store, Ballot)) == (State.OPEN, 60)
    rounds.seal(store, round_id)
    assert rounds.published(store, round_id).facts.answered == 60


def test_cleaning_that_is_put_off_is_made_good(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: Store) -> None:
        raise Busy("The database is busy.")

    world = make_world(store)
    with monkeypatch.context() as crowded:
        crowded.setattr(Store, "purge", busy)
        round_id = sealed(world)
    assert rounds.round_view(store, round_id).state is State.SEALED
    assert purge_due(store)
    assert rounds.seal_overdue(store) == []
    assert not purge_due(store)


def test_what_is_destroyed_while_the_files_are_cleaned_is_cleaned_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(store)
    first, second = world.open("Spring"), world.open("Autumn")
    purge, began = Store.purge, list[bool]()

    def slow(self: Store) -> None:
        began.append(True)
        if len(began) == 2:
            raise Busy("Somebody else is cleaning.")
        purge(self)
        if len(began) == 1:
            rounds.destroy_round(store, second)

    monkeypatch.setattr(Store, "purge", slow)
    rounds.destroy_round(store, first)
    assert purge_due(store)
    rounds.finish_purge(store)
    assert not purge_due(store)


def purge_due(store: Store) -> bool:
    with store.read() as session:
        return session.scalars(select(Instance.purge_due)).one()


@pytest.mark.parametrize(("days", "seals"), [(7, False), (8, True)])
def test_a_round_seals_itself_seven_days_after_its_end(
    store: Store, monkeypatch: pytest.MonkeyPatch, days: int, seals: bool
) -> None:
    world = make_world(store)
    end = clock.today() + timedelta(days=1)
    ends, endless = world.open("Ends", ends_on=end), world.open("Endless")
    monkeypatch.setattr(clock, "today", lambda: end + timedelta(days=days))
    assert rounds.seal_overdue(store) == ([ends] if seals else [])
    assert rounds.round_view(store, endless).state is State.OPEN


@pytest.mark.parametrize(("days", "sample", "seals"), [(182, False, False), (183, False, True), (9_999, True, False)])
def test_a_round_without_an_end_seals_itself_half_a_year_after_it_opened_but_in_a_sample(
    store: Store, monkeypatch: pytest.MonkeyPatch, days: int, sample: bool, seals: bool
) -> None:
    world = make_world(store)
    round_id, opened = world.open(), clock.today()
    with store.write() as session:
        session.scalars(select(Instance)).one().sample = sample
    monkeypatch.setattr(clock, "today", lambda: opened + timedelta(days=days))
    assert rounds.seal_overdue(store) == ([round_id] if seals else [])


def test_sealing_one_round_leaves_another_ones_ballots_alone(store: Store) -> None:
    world = make_world(store)
    other = world.open("Other")
    codes = rounds.add_codes(store, other, None, 3)
    world.answer(other, 25)
    sealed(world)
    assert (count(store, Ballot), count(store, Code)) == (25, len(codes))
    rounds.seal(store, other)
    assert rounds.published(store, other).facts.answered == 25


def test_no_acknowledged_ballot_is_lost_between_answering_and_sealing(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    (code,) = rounds.add_codes(store, round_id, world.organisations[0], 1, seats=1_000)
    asked = AskedRounds(store).get(round_id)
    section = asked.questionnaire.sections[0]
    given = Answers({q.id: 3 for q in section.questions}, {})
    acknowledged: list[str] = []
    some = threading.Semaphore(0)

    def answer_until_closed() -> None:
        try:
            while True:
                key = tokens.new_token()
                desk.start(store, asked, code, key, desk.Joining())
                desk.save(store, asked, key, section, 0, given)
                desk.send(store, key)
                acknowledged.append(key)
                some.release()
        except StorageError:
            raise
        except TendError:
            some.release()

    people = [threading.Thread(target=answer_until_closed) for _ in range(4)]
    for person in people:
        person.start()
    for _ in range(12):
        some.acquire()
    rounds.seal(store, round_id)
    for person in people:
        person.join()
    assert rounds.published(store, round_id).facts.answered == len(acknowledged) >= 12
    assert count(store, Ballot) == 0


def test_after_sealing_rows_of_other_rounds_share_one_transaction_and_the_order_of_keys(postgres_url: str) -> None:
    migrate(postgres_url)
    store = open_store(postgres_url)
    world = make_world(store)
    other = world.open("Other")
    for seed in range(12):
        rounds.import_ballots(store, other, world.ballots(1, seed))
        rounds.add_codes(store, other, None, 1)
    sealed(world)
    with store.read() as session:
        for table, key in (("ballot", "key_hash"), ("code", "code_hash")):
            rows = session.execute(text(f"SELECT xmin::text, {key} FROM {table} ORDER BY ctid")).all()
            assert len({row[0] for row in rows}) == 1
            assert [bytes(row[1]) for row in rows] == sorted(bytes(row[1]) for row in rows)
    store.close()


def test_a_sealed_round_stays_as_it_is_in_memory(store: Store) -> None:
    round_id = sealed(make_world(store))
    assert rounds.published(store, round_id) is rounds.published(store, round_id)
    assert count(store, Round) == 1


@pytest.mark.parametrize(
    ("pragma", "trouble"),
    [("PRAGMA busy_timeout = 0", Busy), ("PRAGMA max_page_count = 1", Full)],
    ids=["busy", "full"],
)
def test_a_database_in_trouble_leaves_the_round_open_with_every_ballot(
    sqlite_url: str, pragma: str, trouble: type[StorageError]
) -> None:
    migrate(sqlite_url)
    store = Store(sqlite_url)
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 60)
    troubled = Store(sqlite_url)
    event.listen(troubled.engine, "checkout", lambda raw, *_: raw.execute(pragma))
    with closing(sqlite3.connect(str(store.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE" if trouble is Busy else "BEGIN")
        with pytest.raises(trouble):
            rounds.seal(troubled, round_id)
        other.execute("ROLLBACK")
    assert (rounds.round_view(store, round_id).state, count(store, Ballot)) == (State.OPEN, 60)
    rounds.seal(store, round_id)
    assert rounds.published(store, round_id).facts.answered == 60
