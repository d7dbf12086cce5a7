"""What a round promises: thresholds, breakdown, lens and level, fixed when it opens."""

from __future__ import annotations

import enum
from dataclasses import dataclass

FEWEST = 5
"""No alliance may set the threshold below this many people."""


class Attribution(enum.StrEnum):
    """What a round keeps and publishes about organisations (rule R15)."""

    ALLIANCE = "alliance"
    OWN = "own"
    VISIBLE = "visible"


class Breakdown(enum.StrEnum):
    """The one breakdown of a round (rule R2)."""

    NONE = "none"
    ORGANISATIONS = "organisations"
    ROLES = "roles"
    CHAPTERS = "chapters"


class Lens(enum.StrEnum):
    """Whose voice counts one: each person's, or each organisation's (rule R19)."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"


class Protection(enum.StrEnum):
    """The two levels of protection of a release."""

    GUARDED = "guarded"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one release. `k` people at least in a group, `k_text` for written answers."""

    k: int = FEWEST
    k_text: int = 10
    protection: Protection = Protection.GUARDED
    attribution: Attribution = Attribution.ALLIANCE
    breakdown: Breakdown = Breakdown.NONE
    lens: Lens = Lens.PEOPLE

    def __post_init__(self) -> None:
        if self.k < FEWEST or self.k_text < 2 * FEWEST:
            raise ValueError(f"the threshold is at least {FEWEST} people, {2 * FEWEST} for texts")

    @property
    def voice(self) -> Lens:
        """Return the lens of the averages: where organisations are not stored, only people can be counted."""
        return Lens.PEOPLE if self.attribution is Attribution.ALLIANCE else self.lens
