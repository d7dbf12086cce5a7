"""People press Send while the coordinator seals: who was told "sent" is counted, who was not is told so."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assessment import rounds
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.ballot import Closed, Joining, NoBallot
from assessment.collect.changes import Sending
from assessment.collect.validation import Answers
from assessment.collect.writing import change
from assessment.storage import grouped
from assessment.tokens import new_token
from tests.collect.world import World

PEOPLE = 24


def answered(world: World) -> list[str]:
    """Return the keys of people who have answered and not sent."""
    asked, code = AskedRounds(world.store).get(world.round_id), world.code(seats=PEOPLE)
    section, keys = asked.questionnaire.sections[0], [new_token() for _ in range(PEOPLE)]
    for number, key in enumerate(keys):
        ballots.start(world.store, asked, code, key, Joining())
        given = Answers({q.id: 1 + number % 5 for q in section.questions}, {})
        ballots.save(world.store, asked, key, section, 0, given)
    return keys


def test_no_acknowledged_send_is_lost_while_the_round_is_sealed(world: World) -> None:
    keys, together = answered(world), Barrier(4)

    def press(number: int) -> int:
        if number < 3:
            together.wait()
        try:
            ballots.send(world.store, keys[number])
        except (NoBallot, Closed):
            return 0
        return 1

    def seal() -> None:
        together.wait()
        rounds.seal(world.store, world.round_id)

    with ThreadPoolExecutor(4) as hall:
        sealing = hall.submit(seal)
        acknowledged = sum(hall.map(press, range(PEOPLE)))
        sealing.result()
    assert rounds.published(world.store, world.round_id).facts.answered == acknowledged
    assert world.ballots() == []


def test_groups_that_meet_the_sealing_are_counted_whole_or_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of three, so that the sealing comes between them; it waits for the one that is under way."""
    monkeypatch.setattr(grouped, "LARGEST", 3)
    keys = answered(world)

    async def hall() -> tuple[int, set[type[Exception]]]:
        sends = [asyncio.ensure_future(change(world.store, Sending(key))) for key in keys]
        await sends[PEOPLE // 4]
        await asyncio.to_thread(rounds.seal, world.store, world.round_id)
        outcomes = await asyncio.gather(*sends, return_exceptions=True)
        told = {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}
        return sum(outcome == 1 for outcome in outcomes), told

    acknowledged, told = asyncio.run(hall())
    assert told <= {NoBallot, Closed}
    assert rounds.published(world.store, world.round_id).facts.answered == acknowledged
    assert world.ballots() == []
