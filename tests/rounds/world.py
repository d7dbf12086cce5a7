"""An alliance of six organisations whose rounds are drafted, opened, answered and sealed by the use cases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from assessment import clock, rounds
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Question, Questionnaire
from assessment.settings import ROOT
from assessment.storage import alliance as alliances
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance

VISIBLE = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
NAMES = ("Choir", "Dockers", "Farmers", "Nurses", "Teachers", "Tenants")


@dataclass(frozen=True)
class World:
    """An alliance and the ids of its organisations, by name in `NAMES`."""

    store: Store
    alliance_id: str
    organisations: tuple[str, ...]
    questionnaire: Questionnaire

    def draft(self, name: str = "Spring", **plan: object) -> str:
        """Draft a round with visible organisations unless the plan says otherwise."""
        wanted = rounds.RoundPlan(name, **{"rules": VISIBLE, **plan})  # type: ignore[arg-type]
        return rounds.create_round(self.store, self.alliance_id, wanted, self.questionnaire)

    def open(self, name: str = "Spring", **plan: object) -> str:
        """Draft and open a round."""
        round_id = self.draft(name, **plan)
        rounds.open_round(self.store, round_id)
        return round_id

    def answer(self, round_id: str, people: int, seed: int = 1, words: Sequence[str] = ()) -> None:
        """Let people of all organisations answer at random; the first ones write `words`."""
        rounds.import_ballots(self.store, round_id, self.ballots(people, seed, words))

    def ballots(self, people: int, seed: int = 1, words: Sequence[str] = ()) -> list[rounds.ImportedBallot]:
        """Return random but repeatable ballots."""
        chance = random.Random(seed)
        text = self.questionnaire.written[0].id
        return [
            rounds.ImportedBallot(
                {q.id: str(chance.randint(1, q.options)) for q in self.questionnaire.coded}
                | ({text: words[number]} if number < len(words) else {}),
                self.organisations[number % len(self.organisations)],
            )
            for number in range(people)
        ]

    def question(self) -> Question:
        """Return the first question."""
        return self.questionnaire.questions[0]


def core() -> Questionnaire:
    """Return the core questionnaire as it is shipped."""
    return load_questionnaire(ROOT / "data" / "instruments" / "core")


def make_world(store: Store, headcount: int | None = 12) -> World:
    """Put an alliance of six organisations into an empty instance."""
    with store.write() as session:
        alliance_id = alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))
    drafts = [OrganisationDraft(name, chapter="AB"[i % 2], headcount=headcount) for i, name in enumerate(NAMES)]
    return World(store, alliance_id, tuple(organisations.add(store, alliance_id, drafts)), core())
