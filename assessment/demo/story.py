"""What the sample alliance is and what happened to it: all invented, so that every screen has something to tell.

The story: trust rises after the second round. Wins run ahead of the power that is built. The alliance is split on how
it should be steered. Small organisations feel unheard, so power and fairness looks worse when every organisation is one
voice than when every person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ALLIANCE = "Lindenport Common Ground"
FOUNDED = date(2024, 9, 16)

HARBOUR, HILLSIDE, MILLS = "Harbour", "Hillside", "Old Mills"


@dataclass(frozen=True, slots=True)
class Member:
    """A member organisation of the sample."""

    name: str
    short_name: str
    sector: str
    chapter: str
    headcount: int

    @property
    def heard(self) -> float:
        """How much more (or less) than the middle its people feel heard, in points."""
        return 0.8 if self.headcount >= 13 else 0.2 if self.headcount >= 10 else -0.7

    @property
    def of_one_mind(self) -> float:
        """How far its people differ on power and fairness, as a share of what they differ elsewhere."""
        return 1.0 if self.headcount >= 10 else 0.6


MEMBERS = (
    Member("Lindenport Tenants' Union", "Tenants' Union", "Housing", HARBOUR, 22),
    Member("Dockside Workers' Assembly", "Dockside Workers", "Labour", HARBOUR, 20),
    Member("Lindenport Classroom Teachers", "Classroom Teachers", "Education", MILLS, 18),
    Member("Clear Skies Lindenport", "Clear Skies", "Environment", HARBOUR, 16),
    Member("Hillside Interfaith Table", "Interfaith Table", "Faith", HILLSIDE, 14),
    Member("Night Shift Nurses' Circle", "Night Shift Nurses", "Health", MILLS, 13),
    Member("Lindenport Bus Riders", "Bus Riders", "Transport", MILLS, 12),
    Member("Young Voices of the River", "Young Voices", "Youth", HARBOUR, 11),
    Member("Women's Circle of the Hill", "Women's Circle", "Migration", HILLSIDE, 10),
    Member("Mill Lane Neighbours", "Mill Lane", "Housing", MILLS, 9),
    Member("Hillside Growers", "Hillside Growers", "Food", HILLSIDE, 9),
    Member("Open Door Access Group", "Open Door", "Disability", MILLS, 8),
    Member("Quay Street Players", "Quay Street Players", "Culture", HARBOUR, 8),
    Member("Carers of the Hill", "Carers", "Care", HILLSIDE, 7),
    Member("Soup and Song Kitchen", "Soup and Song", "Food", HILLSIDE, 7),
    Member("Pier Nine Lodgers", "Pier Nine Lodgers", "Housing", HARBOUR, 7),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One round of the story: `levels` are where the middle of each dimension lies, `turnout` who answers."""

    name: str
    opened_on: date
    sealed_on: date | None
    phase: str
    turnout: float
    levels: dict[str, float]
    quotes: int


def _levels(
    trust: float, wins: float, climate: float, ties: float, leaders: float, structure: float
) -> dict[str, float]:
    return {
        "trust": trust,
        "structure": structure,
        "purpose": 3.6,
        "network": 3.2,
        "power": 3.0,
        "wins": wins,
        "climate": climate,
        "relationships": ties,
        "leaders": leaders,
    }


ROUNDS = (
    Chapter(
        "Spring 2025",
        date(2025, 4, 7),
        date(2025, 4, 28),
        "Finding our common demands",
        0.80,
        _levels(trust=2.95, wins=2.9, climate=3.0, ties=3.0, leaders=2.6, structure=2.9),
        8,
    ),
    Chapter(
        "Autumn 2025",
        date(2025, 10, 6),
        date(2025, 10, 27),
        "Going to the council with the rent charter",
        0.84,
        _levels(trust=3.0, wins=3.4, climate=3.3, ties=3.0, leaders=2.6, structure=3.0),
        9,
    ),
    Chapter(
        "Spring 2026",
        date(2026, 4, 13),
        date(2026, 5, 4),
        "The rent charter is law: keeping it alive",
        0.88,
        _levels(trust=3.5, wins=3.7, climate=3.4, ties=3.1, leaders=2.65, structure=3.1),
        11,
    ),
    Chapter(
        "Autumn 2026",
        date(2026, 10, 5),
        None,
        "Choosing the next campaign",
        0.5,
        _levels(trust=3.55, wins=3.7, climate=3.45, ties=3.15, leaders=2.7, structure=3.15),
        6,
    ),
)

FEWEST_ANSWERS = 7
"""So many of each organisation answer a sealed round at least: the averages of fewer seldom pass the door."""
UNEVEN = 0.12
"""How much the share of people who answer differs between organisations, either way."""

ROLES = {"supporter": 44, "driver": 20, "operator": 14, "weaver": 13, "principal": 9}
"""How many in a hundred mostly do what."""

CHOICES = {
    "form.now": {"alliance": 46, "coalition": 33, "unclear": 13, "partnership": 8},
    "form.wished": {"partnership": 49, "alliance": 41, "coalition": 7, "unclear": 3},
    "stage.now": {"align": 24, "produce": 39, "mixed": 25, "connect": 12},
}

ENERGY = {
    "balance.process": 0.75,
    "balance.action": -0.55,
    "balance.approvals": 0.45,
    "balance.room": -0.2,
    "balance.survival": 0.25,
    "balance.funders": 0.15,
    "balance.variety": -0.1,
}
"""How far from "about right" each side of the energy balance lies, in points."""

STEERED_NOW = 3.3
ONE_CAMP, OTHER_CAMP = 1.9, 4.1
"""Where the two camps are on how we should be steered: large organisations want one centre, small ones room."""

HARDER_THAN_MOST = {
    "trust.conflict": -0.3,
    "trust.promises": 0.15,
    "structure.clarity": -0.25,
    "structure.whole": 0.2,
    "purpose.clear": 0.2,
    "purpose.language": -0.3,
    "network.find": 0.2,
    "network.learn": -0.4,
    "network.value": 0.3,
    "network.share": -0.25,
    "power.talk": -0.1,
    "power.our_demands": 0.1,
    "wins.secure": -0.3,
    "wins.won": 0.15,
    "climate.our_words": -0.2,
    "climate.seriously": 0.15,
    "relationships.again": 0.3,
    "relationships.outside": -0.3,
    "leaders.more": -0.25,
    "leaders.learned": 0.25,
}
"""How much easier (or harder) to praise a question is than the rest of its dimension, in points."""

CANNOT_SAY = {"climate": 0.09, "wins": 0.06, "structure": 0.05, "leaders": 0.05}
"""Share of people in the larger organisations to whom a whole dimension is foreign: they say so to all of it."""
LARGER = 10
SKIPPED, UNSURE = 0.008, 0.03
"""Share of answers left out, and of "can't say", on questions that belong to no dimension's average."""
