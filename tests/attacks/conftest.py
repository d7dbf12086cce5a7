"""How hard to attack: `TEND_ATTACK_WORLDS=5000 pytest tests/attacks --hypothesis-seed=1` for a full run.

Without the variable every property meets the same 200 worlds each time, so that a failure is one of the change at hand.
"""

from __future__ import annotations

import os

import hypothesis

WORLDS = int(os.environ.get("TEND_ATTACK_WORLDS", "200"))
hypothesis.settings.register_profile(
    "attacks",
    deadline=None,
    max_examples=WORLDS,
    derandomize="TEND_ATTACK_WORLDS" not in os.environ,
    suppress_health_check=list(hypothesis.HealthCheck),
    print_blob=True,
)
