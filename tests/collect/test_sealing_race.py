"""People press Send while the coordinator seals: who was told "sent" is counted, who was not is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from assessment import rounds
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.ballot import Closed, Joining, NoBallot
from assessment.collect.validation import Answers
from assessment.tokens import new_token
from tests.collect.world import World

PEOPLE = 24


def test_no_acknowledged_send_is_lost_while_the_round_is_sealed(world: World) -> None:
    asked, code = AskedRounds(world.store).get(world.round_id), world.code(seats=PEOPLE)
    section, keys = asked.questionnaire.sections[0], [new_token() for _ in range(PEOPLE)]
    for number, key in enumerate(keys):
        ballots.start(world.store, asked, code, key, Joining())
        given = Answers({q.id: 1 + number % 5 for q in section.questions}, {})
        ballots.save(world.store, asked, key, section, 0, given)
    together = Barrier(4)

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
