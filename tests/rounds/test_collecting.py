"""An open round: codes, what may be known of its progress, answers from elsewhere, its end without results."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from assessment import rounds, tokens
from assessment.disclosure.rules import Rules
from assessment.storage.engine import Store
from assessment.storage.tables import Ballot, BallotBox, Code, RosterEntry, Round
from tests.rounds.world import NAMES, World, make_world


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_codes_are_shown_once_and_kept_as_hashes(store: Store) -> None:
    world = make_world(store)
    made = rounds.add_codes(store, world.open(), world.organisations[0], 3, seats=4)
    with store.read() as session:
        stored = list(session.scalars(select(Code)))
    assert sorted(row.code_hash for row in stored) == sorted(map(tokens.short_digest, made))
    assert {(row.lies_in.organisation_id, row.seats) for row in stored} == {(world.organisations[0], 4)}


def test_where_organisations_are_not_kept_codes_keep_none_either(store: Store) -> None:
    world = make_world(store)
    rounds.add_codes(store, world.open(rules=Rules()), world.organisations[0], 1)
    with store.read() as session:
        assert session.scalars(select(BallotBox.organisation_id).join_from(Code, BallotBox)).one() is None


@pytest.mark.parametrize(("number", "seats"), [(0, 1), (-1, 1), (5_001, 1), (1, 0), (1, 100_001)])
def test_absurd_numbers_of_codes_are_refused(store: Store, number: int, seats: int) -> None:
    world = make_world(store)
    round_id = world.open()
    with pytest.raises(rounds.RoundError, match="1 to"):
        rounds.add_codes(store, round_id, None, number, seats)
    assert count(store, Code) == 0


def test_codes_belong_to_an_open_round_and_an_organisation_that_is_asked(store: Store) -> None:
    world = make_world(store)
    round_id = world.draft()
    with pytest.raises(rounds.RoundError, match="draft"):
        rounds.add_codes(store, round_id, None, 1)
    rounds.open_round(store, round_id)
    with pytest.raises(rounds.RoundError, match="not asked"):
        rounds.add_codes(store, round_id, "foreign", 1)


@pytest.mark.parametrize(("people", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_progress_is_told_in_steps_of_five(store: Store, people: int, told: int) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, people)
    progress = rounds.progress(store, round_id)
    assert (progress.at_least, progress.invited) == (told, 72)


@pytest.mark.parametrize(("people", "five_or_more"), [(4, False), (5, True)])
def test_of_an_organisation_only_five_or_more_is_told(store: Store, people: int, five_or_more: bool) -> None:
    world = make_world(store)
    round_id = world.open()
    for seed in range(people):
        rounds.import_ballots(store, round_id, world.ballots(1, seed))
    told = {o.name: o.five_or_more for o in rounds.progress(store, round_id).organisations}
    assert told == {name: five_or_more and name == NAMES[0] for name in NAMES}


def test_where_organisations_are_not_kept_nothing_is_told_of_them(store: Store) -> None:
    world = make_world(store)
    round_id = world.open(rules=Rules())
    world.answer(round_id, 12)
    assert rounds.progress(store, round_id).organisations == ()


def test_drafts_do_not_count(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 10)
    with store.write() as session:
        for ballot in session.scalars(select(Ballot).limit(1)):
            ballot.sent = False
    assert rounds.progress(store, round_id).at_least == 5


def imported(world: World, **values: str) -> rounds.ImportedBallot:
    ballot = world.ballots(1)[0]
    return rounds.ImportedBallot({**ballot.values, **values}, ballot.organisation_id)


@pytest.mark.parametrize("value", ["0", "6", "3.5", "NaN", "1e309", "", "-1", "٣", "x" * 1_000_000, "\0"])
def test_one_bad_answer_keeps_a_whole_import_out(store: Store, value: str) -> None:
    world = make_world(store)
    round_id, question = world.open(), world.question().id
    with pytest.raises(rounds.FaultyImport) as refused:
        rounds.import_ballots(store, round_id, [*world.ballots(3), imported(world, **{question: value})])
    assert [(fault.row, fault.question) for fault in refused.value.faults] == [(4, question)]
    assert count(store, Ballot) == 0


def test_every_fault_of_an_import_is_named_by_row(store: Store) -> None:
    world = make_world(store)
    round_id, question = world.open(), world.question().id
    batch = [
        imported(world, **{question: "9"}),
        rounds.ImportedBallot({}, "foreign"),
        imported(world, nonsense="1"),
    ]
    with pytest.raises(rounds.FaultyImport) as refused:
        rounds.import_ballots(store, round_id, batch)
    found = [(fault.row, fault.question) for fault in refused.value.faults]
    assert found == [(1, question), (2, None), (3, "nonsense")]


def test_who_counts_only_in_the_total_is_stored_without_an_organisation(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    rounds.import_ballots(store, round_id, [rounds.ImportedBallot({}, world.organisations[0], only_total=True)])
    with store.read() as session:
        ballot = session.scalars(select(Ballot)).one()
    assert (ballot.lies_in.organisation_id, ballot.only_total) == (None, True)


def test_an_import_into_a_draft_is_refused(store: Store) -> None:
    world = make_world(store)
    round_id = world.draft()
    with pytest.raises(rounds.RoundError, match="Open it first"):
        world.answer(round_id, 3)


def test_an_open_round_can_be_destroyed_with_everything_in_it(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    rounds.add_codes(store, round_id, None, 5)
    world.answer(round_id, 20)
    rounds.destroy_round(store, round_id)
    assert [count(store, table) for table in (Round, RosterEntry, Code, Ballot)] == [0, 0, 0, 0]
    with pytest.raises(rounds.RoundError):
        rounds.destroy_round(store, round_id)


def test_a_sealed_round_is_not_destroyed(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    world.answer(round_id, 20)
    rounds.seal(store, round_id)
    with pytest.raises(rounds.RoundError, match="sealed"):
        rounds.destroy_round(store, round_id)
    assert rounds.published(store, round_id).facts.answered == 20
