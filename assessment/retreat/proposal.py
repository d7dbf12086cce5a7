"""The sequence that a retreat about a round is offered."""

from __future__ import annotations

from assessment.retreat.material import history
from assessment.slides import proposal
from assessment.slides.steps import Plan
from assessment.storage.engine import Store


def propose(store: Store, round_id: str) -> Plan:
    """Return the proposed steps of a round, chosen from its findings; of an open one, how to answer it together.

    Nothing is stored. Raise RoundError where there is no such round.
    """
    return proposal.propose(history(store, round_id))
