"""How long the door takes: `python -m benchmarks.disclosure [people]` prints seconds, never a verdict.

12,000 people, 130 organisations, 12 chapters, 6 roles and every measure of the core questionnaire; each breakdown in
turn, planned and audited alone and then sealed whole.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from assessment.disclosure.drafting import Drafting
from assessment.disclosure.release import Header, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.tally import Tally
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Question, Questionnaire, Section
from assessment.statistics.answers import Answers, Roster, RosterEntry

ROOT = Path(__file__).resolve().parents[1]
ORGANISATIONS, CHAPTERS, ROLES = 130, 12, 6


def with_roles(asked: Questionnaire) -> Questionnaire:
    """Give the question on roles six choices."""

    def widened(question: Question) -> Question:
        return replace(question, choices=(*question.choices, "other")[:ROLES]) if question.use == "role" else question

    sections = tuple(Section(s.key, tuple(map(widened, s.questions))) for s in asked.sections)
    return replace(asked, sections=sections)


def answered(asked: Questionnaire, people: int) -> Answers:
    """Make up a round: organisations of very different size, one answer in twenty not given."""
    chance = np.random.default_rng(1)
    weight = chance.pareto(1.5, ORGANISATIONS) + 0.05
    place = chance.choice(ORGANISATIONS, people, p=weight / weight.sum())
    codes = np.zeros((people, len(asked.coded)), np.uint8)
    for i, question in enumerate(asked.coded):
        codes[:, i] = chance.integers(1, question.options + 1, people)
        codes[chance.random(people) < 0.05, i] = 0
    heads = np.bincount(place, minlength=ORGANISATIONS)
    entries = (RosterEntry(f"o{i}", f"O{i}", f"c{i % CHAPTERS}", int(n) + 1) for i, n in enumerate(heads))
    return Answers(codes, place, chance.random(people) < 0.01, Roster(tuple(entries)))


def timed(name: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    print(f"{name:<40}{time.perf_counter() - start:8.2f} s")


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    asked = with_roles(load_questionnaire(ROOT / "data" / "instruments" / "core"))
    answers = answered(asked, people)
    for breakdown in Breakdown:
        rules = Rules(attribution=Attribution.VISIBLE, breakdown=breakdown)
        tally = Tally(asked, answers, rules)
        drafting = Drafting(tally, ())
        timed(f"{breakdown}: score {len(tally.measures)} measures", lambda t=tally: t.whole)  # type: ignore[misc]
        timed(f"{breakdown}: plan and audit", lambda d=drafting, t=tally: [d._plan(m) for m in t.measures])  # type: ignore[misc]
        header = Header("r", "Round", date(2026, 1, 1))
        timed(f"{breakdown}: seal", lambda r=rules, h=header: release_round(asked, answers, r, h))  # type: ignore[misc]


if __name__ == "__main__":
    main()
