"""Kill sealing at random moments while members answer: a round is open or sealed, never between."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import func, inspect, select

from assessment import clock, rounds
from assessment.rounds.sealing import seal as seal_round
from assessment.storage.boxes import make_boxes
from assessment.storage.engine import open_store
from assessment.storage.tables import Alliance, Release, RosterEntry, Round, State, Written
from tests.collect.world import World
from tests.survival.hall import Faults, Hall, compare
from tests.survival.killer import Killer, Outcome, check_soundness, database
from tests.survival.processes import HOST, Nursery


def seal(url: str, round_id: str) -> None:
    """Seal a round: what is killed."""
    seal_round(open_store(url), round_id)


def kill_the_sealing(nursery: Nursery, world: World, kills: int, seed: int) -> Outcome:
    """Let members answer through the real app while their round is sealed, and kill the sealing."""
    chance, outcome = random.Random(seed), Outcome(f"sealing, {database(world.store)}")
    killer, port = Killer(nursery, outcome, chance), nursery.listen()
    app = nursery.serve(port, world.store.url)
    while killer.done < kills:
        world = another_round(world, f"Round {chance.randrange(10**9)}")
        hall = Hall(world, (HOST, port), writers=6, seed=chance.randrange(10_000), may_close=True)
        with hall.answering():
            while state(world) is State.OPEN:
                hall.open_gate()
                hall.wait_for(chance.randint(3, 15))
                killer.kill(seal, world.store.url, world.round_id)
                hall.settle()
                if state(world) is State.OPEN:
                    outcome.faults += compare(hall.members, world, world.store) + half_sealed(world)
        outcome.acknowledged += hall.acknowledged
        rounds.finish_purge(world.store)
        outcome.faults += miscounted(hall, world)
        check_soundness(world.store)
    nursery.kill(app)
    return outcome


def another_round(world: World, name: str) -> World:
    """Open one more round like the first, in an alliance of its own: no earlier rounds to be compared with."""
    round_id = name.lower().replace(" ", "")
    with world.store.write() as session:
        like = session.get_one(Round, world.round_id)
        columns = {c.key: getattr(like, c.key) for c in inspect(Round).column_attrs}
        session.add(Alliance(id=round_id, name=name, language="en", created_at=clock.now()))
        session.flush()
        own = {"id": round_id, "alliance_id": round_id, "name": name, "state": State.OPEN, "sealed_at": None}
        session.add(Round(**{**columns, **own}))
        session.flush()
        for entry in session.scalars(select(RosterEntry).where(RosterEntry.round_id == world.round_id)).all():
            asked = {c.key: getattr(entry, c.key) for c in inspect(RosterEntry).column_attrs}
            session.add(RosterEntry(**{**asked, "round_id": round_id}))
        session.flush()
        make_boxes(session, round_id)
    return replace(world, round_id=round_id)


def state(world: World) -> State:
    """Return what a round is now."""
    return rounds.round_view(world.store, world.round_id).state


def half_sealed(world: World) -> Faults:
    """Count what of a release an open round has."""
    with world.store.read() as session:
        own = [select(func.count()).where(made.round_id == world.round_id) for made in (Release, Written)]
        return Faults(half=sum(session.scalar(counted) or 0 for counted in own))


def miscounted(hall: Hall, world: World) -> Faults:
    """Count how far a release is from what members were told; a last step that nobody answered may count or not."""
    sure = possible = 0
    for member in hall.members:
        after = member.pending.after if member.pending and not member.pending.begins else None
        for known in member.ballots:
            counts = known.sent and known.here
            changed = after.sent and after.here if after and after.key_hash == known.key_hash else counts
            sure += counts and changed
            possible += counts or changed
    answered = rounds.published(world.store, world.round_id).facts.answered
    left = compare([], world, world.store).doubled
    return Faults(lost=max(0, sure - answered), doubled=max(0, answered - possible), half=left)
