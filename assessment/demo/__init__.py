"""The sample alliance: invented, seeded, and told in the same way by every filling."""

from __future__ import annotations

from collections.abc import Mapping

from assessment import clock
from assessment.alliance import organisations
from assessment.alliance.setup import keep_sample_code
from assessment.alliance.values import OrganisationDraft
from assessment.demo import story
from assessment.demo.days import noon
from assessment.demo.logs import note_all
from assessment.demo.people import Reply, replies
from assessment.demo.story import Chapter
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Questionnaire
from assessment.rounds import ImportedBallot, RoundPlan, add_codes, create_round, import_ballots, open_round
from assessment.rounds.sealing import seal
from assessment.settings import ROOT
from assessment.storage import alliance as alliances
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance

INSTRUMENT = ROOT / "data" / "instruments" / "core"
RULES = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS, lens=Lens.PEOPLE)
VISITORS = 10_000
"""Seats of the code that a sample instance shows to everyone."""


def fill(store: Store) -> None:
    """Write the sample alliance into an empty instance that is marked as a sample: three sealed rounds and an open one.

    The open round has no end, so that it never seals itself while somebody looks around.
    """
    questionnaire = load_questionnaire(INSTRUMENT)
    with clock.standing_at(noon(story.FOUNDED)):
        alliance_id = _found(store)
        ids = _join(store, alliance_id)
    rounds = [_held(store, alliance_id, number, questionnaire, ids) for number in range(len(story.ROUNDS))]
    note_all(store, alliance_id, {m.short_name: ids[m.name] for m in story.MEMBERS}, sealed=rounds[:-1])
    keep_sample_code(store, add_codes(store, rounds[-1], None, 1, VISITORS)[0])


def _held(store: Store, alliance_id: str, number: int, questionnaire: Questionnaire, ids: Mapping[str, str]) -> str:
    """Ask one round of the story, seal it where it has ended, and return its id."""
    chapter = story.ROUNDS[number]
    with clock.standing_at(noon(chapter.opened_on)):
        round_id = _ask(store, alliance_id, chapter, questionnaire)
        import_ballots(store, round_id, [_ballot(reply, ids) for reply in replies(questionnaire, number)])
    if chapter.sealed_on:
        with clock.standing_at(noon(chapter.sealed_on)):
            seal(store, round_id)
    return round_id


def _found(store: Store) -> str:
    with store.write() as session:
        return alliances.add_alliance(session, Alliance(name=story.ALLIANCE, created_at=clock.now()))


def _join(store: Store, alliance_id: str) -> dict[str, str]:
    """Add the member organisations and return their ids by name."""
    drafts = [
        OrganisationDraft(m.name, m.short_name, m.sector, m.chapter, m.headcount, story.FOUNDED) for m in story.MEMBERS
    ]
    return dict(zip((m.name for m in story.MEMBERS), organisations.add(store, alliance_id, drafts), strict=True))


def _ask(store: Store, alliance_id: str, chapter: Chapter, questionnaire: Questionnaire) -> str:
    plan = RoundPlan(chapter.name, languages=("en",), rules=RULES, phase=chapter.phase)
    round_id = create_round(store, alliance_id, plan, questionnaire)
    open_round(store, round_id)
    return round_id


def _ballot(reply: Reply, ids: Mapping[str, str]) -> ImportedBallot:
    """Return a reply as a form would have sent it."""
    chosen = {key: "dk" if code == DONT_KNOW else str(code) for key, code in reply.codes.items() if code != NO_ANSWER}
    return ImportedBallot({**chosen, **reply.texts}, ids[reply.member.name])
