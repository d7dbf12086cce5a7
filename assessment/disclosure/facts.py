"""The header of a release: who was asked, who answered, how evenly, and how many wrote (R2, R9a, R14, R17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from assessment.disclosure.people import enough, texts_shown
from assessment.disclosure.planner import FEWEST_ORGANISATIONS
from assessment.disclosure.rules import Attribution
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Facts
from assessment.statistics.response import speaks_for_alliance, voice_balance

BALANCE_STEPS = 20
"""Voice balance is told in steps of 1/20: finer, it would tell how many answered in single organisations."""


@dataclass(frozen=True)
class Header:
    """What a round says of itself: its name, when it was sealed, how many wrote each text (0 or None: nobody)."""

    round_id: str
    round_name: str
    sealed_on: date
    phase: str | None = None
    texts: Mapping[str, int | None] = field(default_factory=dict)


def facts_of(tally: Tally, header: Header) -> Facts:
    """Return the header of a release."""
    answers, rules = tally.answers, tally.rules
    stored = rules.attribution is not Attribution.ALLIANCE
    per_organisation = np.bincount(answers.member[answers.member >= 0], minlength=len(answers.roster))
    heard = int((per_organisation > 0).sum())
    asked = len(answers.roster) if stored else 0
    texts = {q.id: header.texts.get(q.id) or 0 for q in tally.questionnaire.written}
    return Facts(
        round_id=header.round_id,
        round_name=header.round_name,
        sealed_on=header.sealed_on,
        answered=answers.people,
        invited=answers.roster.people,
        organisations_heard=heard if stored else None,
        organisations_invited=asked if stored else None,
        voice_balance=_balance(tally, per_organisation) if stored and heard >= FEWEST_ORGANISATIONS else None,
        texts={q: n if texts_shown(answers.people, n, rules.k_text) else None for q, n in texts.items()},
        phase=header.phase,
        speaks_for_all=speaks_for_alliance(answers.people, answers.roster.people, heard, asked),
    )


def _balance(tally: Tally, per_organisation: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float | None:
    invited = tally.answers.roster.headcounts
    if not enough(int(per_organisation.sum()), tally.rules.k) or not (invited > 0).all():
        return None
    return round(round(voice_balance(per_organisation, invited) * BALANCE_STEPS) / BALANCE_STEPS, 2)
