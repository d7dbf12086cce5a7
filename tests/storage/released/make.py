"""Write a populated database of the present schema, once, when a version is released.

Run it with `python -m tests.storage.released.make`. The file is named for the schema's version and never written
again: later versions must bring it up with every row.
"""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path

from assessment import clock, rounds, tokens
from assessment.alliance import accounts, commitments, leaders, setup, sign_in, titles, wins, words
from assessment.alliance.commitments import CommitmentDraft
from assessment.alliance.values import Person
from assessment.findings.titles import Place
from assessment.questionnaire.values import Questionnaire
from assessment.reports import links
from assessment.retreat import phones, plans
from assessment.retreat.steering import Steering
from assessment.rounds.sealing import seal
from assessment.slides.steps import Kind, Step
from assessment.storage import schema
from assessment.storage.engine import Store, migrate
from assessment.storage.tables import Role
from tests.rounds.world import World, core, make_world


def make(folder: Path) -> Path:
    """Fill every table with a little and return the file; raise FileExistsError where it was released before."""
    path = folder / f"{schema.head()}.db"
    if path.exists():
        raise FileExistsError(path)
    url = f"sqlite:///{path}"
    migrate(url)
    store = Store(url)
    world = _world(store)
    _sign_in(store, world)
    _kept(store, world)
    _retreat(store, world)
    store.close()
    return path


def _world(store: Store) -> World:
    link = setup.setup_link(store, "").rsplit("/", 1)[1]
    owner = sign_in.find(
        store, setup.set_up(store, link, "Released", "Ana", "ana@example.org", "correct horse battery")
    )
    if owner is None:
        raise RuntimeError("the owner is not signed in")
    made = make_world(store)
    world = World(store, made.alliance_id, made.organisations, _small(core()))
    for name, seed in (("Spring", 1), ("Autumn", 2)):
        round_id = world.open(name)
        world.answer(round_id, 40, seed, words=[f"Sentence {number}" for number in range(6)])
        seal(store, round_id)
    now_open = world.open("Open")
    rounds.add_codes(store, now_open, world.organisations[0], 3)
    world.answer(now_open, 7, 3)
    world.draft("Draft")
    return world


def _kept(store: Store, world: World) -> None:
    """Keep one of everything that coordinators keep."""
    alliance, choir = world.alliance_id, world.organisations[0]
    sealed = next(r.id for r in rounds.list_rounds(store, alliance) if r.state is rounds.State.SEALED)
    theme = words.add_theme(store, alliance, "Care")
    text = words.to_moderate(store, alliance, sealed)[0]
    shown = words.Decision(text.words, words.TextState.SHOWN, (theme,), quote=True, kept=True)
    words.decide(store, alliance, text.id, shown)
    won = wins.WinDraft("A crossing", clock.today(), wins.Outcome.WON, wins.Lasting.LASTS, None, (choir,))
    wins.add(store, alliance, won)
    leaders.add(store, alliance, leaders.LeadersDraft(clock.today(), 2, "Speaking", leaders.Post.VOLUNTEER, choir))
    promise = commitments.CommitmentDraft("Papers a week before", clock.today(), choir, "trust", sealed)
    commitments.add(store, alliance, promise)
    links.share(store, sealed, _owner(store, world))
    titles.rewrite(store, sealed, Place.OVERVIEW, "We have come a long way", _owner(store, world))


def _retreat(store: Store, world: World) -> None:
    """Leave a retreat in the middle: one poll revealed, another with a vote, a commitment made in it."""
    owner = _owner(store, world)
    sealed = next(r.id for r in rounds.list_rounds(store, world.alliance_id) if r.state is rounds.State.SEALED)
    polls = (Step("one", Kind.POLL_FIST, "Shall we?"), Step("two", Kind.POLL_FIST, "And then?"))
    retreat_id = plans.make(store, owner, sealed, "Retreat", polls)
    code = plans.start(store, retreat_id, owner).code or ""
    keys = [tokens.new_token() for _ in range(6)]
    for number, step in enumerate(polls, 1):
        Steering(store, retreat_id, owner, 2 * number - 1).next()
        for key in keys:
            phones.join(store, code, key)
            phones.vote(store, key, step.id, number)
        if number == 1:
            Steering(store, retreat_id, owner, 2).reveal()
    Steering(store, retreat_id, owner, 0).promise(CommitmentDraft("Meet every month", clock.today()))


def _owner(store: Store, world: World) -> Person:
    owner = sign_in.find(store, sign_in.start(store, "ana@example.org", "correct horse battery"))
    if owner is None:
        raise RuntimeError("the owner is not signed in")
    return dataclasses.replace(owner, alliance_id=world.alliance_id)


def _small(questionnaire: Questionnaire) -> Questionnaire:
    """Keep the first two sections and those with texts: the file need not be large to hold a row of everything."""
    written = {question.section for question in questionnaire.written}
    kept = {*(section.key for section in questionnaire.sections[:2]), *written}
    sections = tuple(section for section in questionnaire.sections if section.key in kept)
    return dataclasses.replace(questionnaire, sections=sections, readings=())


def _sign_in(store: Store, world: World) -> None:
    reader = world.organisations[0]
    password = accounts.create(store, world.alliance_id, "Ben", "ben@example.org", Role.READER, organisation_id=reader)
    sign_in.remember(store, sign_in.start(store, "ben@example.org", password))
    with contextlib.suppress(sign_in.WrongPassword):
        sign_in.start(store, "ben@example.org", "a wrong password")


if __name__ == "__main__":
    print(make(Path(__file__).parent))
