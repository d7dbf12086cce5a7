"""How hard to attack: `TEND_ATTACK_WORLDS=5000 pytest tests/attacks --hypothesis-seed=1` for a full run.

Without the variable every property meets the same 200 worlds each time, so that a failure is one of the change at hand.
"""

from __future__ import annotations

import os

import hypothesis

WORLDS = int(os.environ.get("TEND_ATTACK_WORLDS", "200"))
SEARCH = (hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate)
"""Without shrinking: whether a broken rule is noticed is known from the first world; the smallest may take long."""
hypothesis.settings.register_profile(
    "attacks",
    deadline=None,
    max_examples=WORLDS,
    derandomize="TEND_ATTACK_WORLDS" not in os.environ,
    phases=SEARCH if "TEND_MUTATED" in os.environ else tuple(hypothesis.Phase),
    report_multiple_bugs="TEND_MUTATED" not in os.environ,
    suppress_health_check=list(hypothesis.HealthCheck),
    print_blob=True,
)
