"""A sealed round in an alliance of four organisations, with texts that wait."""

from __future__ import annotations

from assessment import rounds
from assessment.alliance import organisations
from assessment.questionnaire.loading import load_questionnaire
from assessment.rounds import ImportedBallot, RoundPlan
from assessment.settings import ROOT
from tests.pages.conftest import Instance

LISTED = "Bus Riders;BR;9;North\nGrowers;G;9;North\nNight Nurses;NN;9;South\nTenants;T;9;South"


def sealed_round(instance: Instance, name: str = "Spring 2027", written: tuple[str, ...] = ()) -> str:
    """Ask 24 people of four organisations and seal; the first of them write, all to the first question."""
    there = organisations.list_organisations(instance.store, instance.alliance_id)
    if not there:
        organisations.add(instance.store, instance.alliance_id, organisations.read_pasted(LISTED))
        there = organisations.list_organisations(instance.store, instance.alliance_id)
    questionnaire = load_questionnaire(ROOT / "data" / "instruments" / "core")
    round_id = rounds.create_round(instance.store, instance.alliance_id, RoundPlan(name), questionnaire)
    rounds.open_round(instance.store, round_id)
    text = questionnaire.written[0].id
    batch = [
        ImportedBallot(
            {q.id: str(1 + (i + n) % q.options) for i, q in enumerate(questionnaire.coded)}
            | ({text: written[n]} if n < len(written) else {}),
            there[n % 4].id,
        )
        for n in range(24)
    ]
    rounds.import_ballots(instance.store, round_id, batch)
    rounds.seal(instance.store, round_id)
    return round_id
