"""Ballot boxes: one for each organisation and one for none, made at once, numbered once, gone with the round."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import func, select

from assessment import rounds
from assessment.storage.boxes import boxes, into_boxes
from assessment.storage.engine import Store
from assessment.storage.tables import BallotBox
from tests.rounds.world import make_world


def test_rounds_that_open_at_the_same_moment_share_no_box(store: Store) -> None:
    """A store for each stands for a process."""
    world = make_world(store)
    drafts = [world.draft(f"Round {number}") for number in range(4)]

    def opened(round_id: str) -> None:
        with closing(Store(store.url)) as process:
            rounds.open_round(process, round_id)

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(opened, drafts))
    with store.read() as session:
        made = [boxes(session, round_id) for round_id in drafts]
    for places in made:
        assert list(places.values()) == [None, *sorted(world.organisations)]
        assert list(places) == sorted(places)
    assert len({number for places in made for number in places}) == sum(map(len, made))


def test_what_belongs_to_no_organisation_of_the_round_has_no_box(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    row = {"round_id": round_id, "organisation_id": world.organisations[1], "seats": 1}
    with store.read() as session:
        (boxed,) = into_boxes(session, [row])
        assert boxes(session, round_id)[boxed["box"]] == world.organisations[1]
        assert boxed.keys() == {"box", "seats"}
        assert into_boxes(session, []) == []
        with pytest.raises(KeyError):
            into_boxes(session, [{**row, "organisation_id": "foreign"}])


@pytest.mark.parametrize("end", [rounds.seal, rounds.destroy_round])
def test_no_box_stays_when_its_round_has_ended(store: Store, end: object) -> None:
    world = make_world(store)
    round_id, other = world.open(), world.open("Other")
    world.answer(round_id, 12)
    rounds.add_codes(store, round_id, None, 2)
    end(store, round_id)  # type: ignore[operator]
    with store.read() as session:
        assert boxes(session, round_id) == {}
        assert len(boxes(session, other)) == session.scalar(select(func.count()).select_from(BallotBox))
