"""Killed at any point of sealing, a round is open with all its ballots, or sealed with its release: never between."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment import rounds
from assessment.storage.engine import Store
from assessment.storage.tables import Ballot, Release, State, Written
from tests.rounds.world import make_world

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 30
WORDS = [f"Sentence {number}" for number in range(6)]

# Seals a round and kills itself just before a moment: a statement by its beginning, a commit, the cleaning.
KILLED = """
import os, signal, sys
from sqlalchemy import event
from assessment import rounds
from assessment.storage.engine import Store, open_store
store, round_id, moment = open_store(sys.argv[1]), sys.argv[2], sys.argv[3]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def statement(connection, cursor, sql, *_):
    if sql.startswith(moment):
        die()
def commit(connection):
    if moment == "COMMIT":
        die()
event.listen(store.engine, "before_cursor_execute", statement)
event.listen(store.engine, "commit", commit)
if moment == "CLEAN":
    Store.purge = die
rounds.seal(store, round_id)
"""

# Seals a round and says so just before it commits.
ANNOUNCED = """
import sys
from sqlalchemy import event
from assessment import rounds
from assessment.storage.engine import open_store
store = open_store(sys.argv[1])
event.listen(store.engine, "commit", lambda _: print("now", flush=True))
rounds.seal(store, sys.argv[2])
"""

MOMENTS = [
    "INSERT INTO release",
    "INSERT INTO result",
    "INSERT INTO statistic",
    "INSERT INTO text",
    "DELETE FROM ballot",
    "DELETE FROM code",
    "UPDATE round",
    "COMMIT",
]


def number_of(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def holds_together(store: Store, round_id: str) -> bool:
    """Tell whether a round is open with everything in it, or sealed with its release and nothing else."""
    state = rounds.round_view(store, round_id).state
    found = number_of(store, Ballot), number_of(store, Release), number_of(store, Written)
    return (state, *found) in {(State.OPEN, PEOPLE, 0, 0), (State.SEALED, 0, 1, len(WORDS))}


def answered(store: Store) -> str:
    world = make_world(store)
    round_id = world.open()
    rounds.add_codes(store, round_id, None, 3)
    world.answer(round_id, PEOPLE, words=WORDS)
    return round_id


def mend(store: Store, round_id: str) -> None:
    """Do what the next start does, and assert that nothing was lost."""
    if rounds.round_view(store, round_id).state is State.OPEN:
        rounds.seal(store, round_id)
    rounds.finish_purge(store)
    assert holds_together(store, round_id)
    assert rounds.published(store, round_id).facts.answered == PEOPLE


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_before_it_is_done_sealing_leaves_the_round_open_with_every_ballot(store: Store, moment: str) -> None:
    round_id = answered(store)
    command = [sys.executable, "-c", KILLED, store.url, round_id, moment]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert rounds.round_view(store, round_id).state is State.OPEN
    assert holds_together(store, round_id)
    mend(store, round_id)


def test_killed_before_the_cleaning_the_round_is_sealed_and_cleaned_at_the_next_start(store: Store) -> None:
    round_id = answered(store)
    command = [sys.executable, "-c", KILLED, store.url, round_id, "CLEAN"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert rounds.round_view(store, round_id).state is State.SEALED
    mend(store, round_id)


def test_killed_in_the_midst_of_its_commit_the_round_is_open_or_sealed(store: Store) -> None:
    round_id = answered(store)
    command = [sys.executable, "-c", ANNOUNCED, store.url, round_id]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    assert holds_together(store, round_id)
    mend(store, round_id)
