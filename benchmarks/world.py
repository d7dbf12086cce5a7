"""Made-up alliances to measure with: answers as a matrix, and a database in which they wait to be sealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from assessment import clock, rounds
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft
from assessment.disclosure.release import Header, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Questionnaire
from assessment.rounds import sealing
from assessment.settings import ROOT
from assessment.statistics.answers import Answers, Roster, RosterEntry
from assessment.storage import alliance as alliances
from assessment.storage import ballots as rows
from assessment.storage import rounds as rounds_rows
from assessment.storage.engine import Store, migrate
from assessment.storage.tables import Alliance, State

CORE = ROOT / "data" / "instruments" / "core"
ORGANISATIONS, CHAPTERS = 130, 12
SKIPPED, CANT_SAY, ONLY_TOTAL, WRITES = 0.05, 0.04, 0.01, 0.1
BY_ORGANISATION = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
CHUNK = 20_000


def core() -> Questionnaire:
    """Return the core questionnaire as it is shipped."""
    return load_questionnaire(CORE)


def answers_of(asked: Questionnaire, people: int, seed: int = 1) -> Answers:
    """Make up a round: organisations of very different size, some answers not given or "can't say"."""
    chance = np.random.default_rng([seed, people])
    weight = chance.pareto(1.5, ORGANISATIONS) + 0.05
    place = chance.choice(ORGANISATIONS, people, p=weight / weight.sum())
    codes = np.empty((people, len(asked.coded)), np.uint8)
    for i, question in enumerate(asked.coded):
        codes[:, i] = chance.integers(1, question.options + 1, people, dtype=np.uint8)
        drawn = chance.random(people, dtype=np.float32)
        codes[drawn < SKIPPED, i] = 0
        codes[drawn > 1 - CANT_SAY, i] = 255
    heads = np.bincount(place, minlength=ORGANISATIONS)
    entries = (RosterEntry(f"o{i}", f"Organisation {i}", f"c{i % CHAPTERS}", int(n) + 1) for i, n in enumerate(heads))
    return Answers(codes, place, chance.random(people) < ONLY_TOTAL, Roster(tuple(entries)))


def open_round(url: str, people: int, rules: Rules = BY_ORGANISATION) -> str:
    """Fill an empty database with an alliance whose only round is open and answered; return the round's id."""
    migrate(url)
    store, asked = Store(url), core()
    answers = answers_of(asked, people)
    drafts = [OrganisationDraft(e.name, chapter=e.chapter, headcount=e.headcount) for e in answers.roster.entries]
    with store.write() as session:
        alliance_id = alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))
    places = organisations.add(store, alliance_id, drafts)
    round_id = rounds.create_round(store, alliance_id, rounds.RoundPlan("Spring", rules=rules), asked)
    rounds.open_round(store, round_id)
    for chunk in _ballots(asked, answers, round_id, places):
        with store.write() as session:
            rows.insert_ballots(session, chunk)
    store.close()
    return round_id


def _ballots(
    asked: Questionnaire, answers: Answers, round_id: str, places: list[str]
) -> Iterator[list[dict[str, object]]]:
    """Give sent ballots in chunks; every tenth person writes something."""
    written, every = asked.written[0].id, round(1 / WRITES)
    shared = {"round_id": round_id, "sent": True, "revisions": bytes([1] * len(asked.sections))}
    for start in range(0, answers.people, CHUNK):
        yield [
            {
                **shared,
                "key_hash": secrets.token_bytes(16),
                "organisation_id": places[answers.organisation[i]],
                "only_total": bool(answers.only_total[i]),
                "answers": answers.codes[i].tobytes(),
                "texts": {written: f"What I would say aloud, number {i}."} if i % every == 0 else {},
            }
            for i in range(start, min(start + CHUNK, answers.people))
        ]


def file_url(folder: Path, name: str = "tend.db") -> str:
    """Return the address of a SQLite file in a folder."""
    return f"sqlite:///{folder / name}"


def sealed_rounds(url: str, people: int, count: int = 1, rules: Rules = BY_ORGANISATION) -> list[str]:
    """Fill an empty database with an alliance that has sealed rounds, without storing a single ballot.

    Every round is released as sealing does, judged by those before it. Return their ids, oldest first.
    """
    migrate(url)
    store, asked = Store(url), core()
    heads = answers_of(asked, people).roster.entries
    with store.write() as session:
        alliance_id = alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))
    drafts = [OrganisationDraft(e.name, chapter=e.chapter, headcount=e.headcount) for e in heads]
    organisations.add(store, alliance_id, drafts)
    made = []
    for number in range(count):
        plan = rounds.RoundPlan(f"Round {number + 1}", rules=rules)
        made.append(rounds.create_round(store, alliance_id, plan, asked))
        rounds.open_round(store, made[-1])
        _release(store, made[-1], asked, answers_of(asked, people, seed=number + 1), rules)
    store.close()
    return made


def _release(store: Store, round_id: str, asked: Questionnaire, answers: Answers, rules: Rules) -> None:
    with store.write() as session:
        row = sealing._to_seal(rounds_rows.lock_round(session, round_id))
        held = replace(answers, roster=sealing._roster(session, round_id))
        header = Header(round_id, row.name, clock.today())
        sealing._store(session, row, release_round(asked, held, rules, header, sealing._earlier(session, row)))
        row.state, row.sealed_at = State.SEALED, clock.now()
