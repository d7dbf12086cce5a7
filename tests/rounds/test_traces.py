"""What lies on the disk after sealing: no text that was not published, no key, no code, no trace of order."""

from __future__ import annotations

import itertools
import random
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from assessment import clock, rounds, tokens
from assessment.collect.validation import check, pack
from assessment.storage import ballots as ballot_rows
from assessment.storage.engine import Store, migrate
from assessment.storage.tables import Base
from tests.rounds.world import World, make_world

PLANTED = "The treasurer of the choir told me so in the rain."
FEW, ENOUGH = 4, 6


def files_of(store: Store) -> Iterator[bytes]:
    """Yield every byte that a database keeps of its tables and indexes, and a journal's beside it."""
    path = store.path
    if path is not None:
        yield from (found.read_bytes() for found in Path(path).parent.glob(f"{path.name}*"))
        return
    with store.write() as session:
        session.execute(text("CHECKPOINT"))
    names = [*Base.metadata.tables, *(i.name for table in Base.metadata.tables.values() for i in table.indexes)]
    with store.read() as session:
        for name in names:
            found = session.scalar(text("SELECT pg_read_binary_file(pg_relation_filepath(:name))"), {"name": name})
            yield bytes(found or b"")


def fill(world: World, round_id: str, keys: list[str]) -> list[bytes]:
    """Store one sent ballot a key and return their answers; the first few plant a text, more write a harmless one."""
    few, enough = (question.id for question in world.questionnaire.written[:2])
    made = []
    for number, (key, ballot) in enumerate(zip(keys, world.ballots(len(keys)), strict=True)):
        answers = pack(world.questionnaire, check(world.questionnaire.questions, ballot.values).answers.codes)
        made.append(answers)
        texts = {few: PLANTED} if number < FEW else {enough: f"Harmless {number}"} if number < FEW + ENOUGH else {}
        row = {
            "key_hash": tokens.short_digest(key),
            "round_id": round_id,
            "organisation_id": ballot.organisation_id,
            "only_total": False,
            "sent": True,
            "revisions": bytes(len(world.questionnaire.sections)),
            "answers": answers,
            "texts": texts,
        }
        with world.store.write() as session:
            ballot_rows.insert_ballots(session, [row])
    return made


def test_after_sealing_no_file_holds_a_text_a_key_a_code_or_a_ballot(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    codes = rounds.add_codes(store, round_id, None, 5)
    keys = [tokens.new_token() for _ in range(40)]
    answers = fill(world, round_id, keys)
    before = b"".join(files_of(store))
    planted = [PLANTED.encode(), *map(tokens.short_digest, codes + keys), *answers]
    assert all(secret in before for secret in planted), "the search finds what is there"
    rounds.seal(store, round_id)
    after = b"".join(files_of(store))
    assert [secret for secret in planted if secret in after] == []
    assert [token for token in codes + keys if token.encode() in after] == []
    assert after.count(b"Harmless") == ENOUGH


def test_destroying_an_open_round_leaves_nothing_of_it(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    planted = [PLANTED.encode(), *fill(world, round_id, [tokens.new_token() for _ in range(8)])]
    rounds.destroy_round(store, round_id)
    after = b"".join(files_of(store))
    assert [secret for secret in planted if secret in after] == []


def sealed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: int) -> bytes:
    """Seal a round whose ballots came in an order of their own, everything random made equal; return the file."""
    seeded, numbers = random.Random(7), itertools.count()
    with monkeypatch.context() as fixed:
        fixed.setattr(secrets, "token_hex", lambda n: seeded.randbytes(n).hex())
        fixed.setattr(secrets, "token_bytes", lambda n: next(numbers).to_bytes(n, "big"))
        fixed.setattr(clock, "now", lambda: datetime(2027, 1, 1, tzinfo=UTC))
        url = f"sqlite:///{tmp_path / f'{order}.db'}"
        migrate(url)
        store = Store(url)
        world = make_world(store)
        round_id = world.open()
        ballots = list(enumerate(world.ballots(40)))
        random.Random(order).shuffle(ballots)
        for number, ballot in ballots:
            numbers = itertools.count(number * 1_000)
            rounds.import_ballots(store, round_id, [ballot])
        numbers = itertools.count(10**9)
        rounds.seal(store, round_id)
        store.close()
    return (tmp_path / f"{order}.db").read_bytes()


def test_the_file_after_sealing_is_the_same_for_every_order_of_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sealed_file(tmp_path, monkeypatch, 1)
    assert all(sealed_file(tmp_path, monkeypatch, order) == first for order in (2, 3))


def test_moved_texts_tell_no_order(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    fill(world, round_id, [tokens.new_token() for _ in range(40)])
    rounds.seal(store, round_id)
    with store.read() as session:
        rows = session.execute(text("SELECT id, words FROM text")).all()
    assert len({row[0] for row in rows}) == ENOUGH
    stored = b"".join(files_of(store))
    places = sorted(rows, key=lambda row: stored.find(row[1].encode()))
    assert [row[0] for row in places] in (sorted(r[0] for r in rows), sorted((r[0] for r in rows), reverse=True))
