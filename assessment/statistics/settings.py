"""Every judgement value of the statistics in one place; a release stores the ones that it used.

All of these are our own judgement ([O] in the design) unless a line says otherwise. Values in points are
written for a scale of five; `step` and `place` carry them to scales of 2 to 11 points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Judgement:
    """Named thresholds of the statistics. Distances and places on the scale are those of five points."""

    level: float = 0.90
    """Share of cases in which an interval is meant to be right: "9 times in 10"."""
    prior_people: float = 1.0
    """nu0: how many degrees of freedom the usual spread weighs in the blend (1.3)."""
    prior_spread: float = 0.8
    """s0: the usual spread of a person's score, in points of five (1.3)."""
    stable: float = 0.6
    """r: share of a score that would stay the same if people were asked again (1.6)."""
    notable: float = 0.25
    """Smallest difference worth a word, in points of five (1.5, 1.6, 1.9)."""
    false_alarms: float = 0.10
    """q: share of false alarms accepted among called differences (Benjamini-Hochberg)."""
    weak_below: float = 3.0
    """Averages below read "weak: needs attention" (1.1)."""
    strong_from: float = 4.0
    """Averages from here on read "strong" (1.1)."""
    lenses_differ: float = 0.2
    """Distance of the two lenses from which on it gets a sentence, in points of five (1.2)."""
    items_differ: float = 0.2
    """Distance of the mean of persons from the mean of items that coordinators are told about (1.1)."""
    cannot_judge: float = 0.30
    """Share of "can't say" from which on a question is labelled "many people could not judge this" (1.1)."""
    alike_below: float = 0.25
    """Leik's D below: "we see this alike" (1.4)."""
    different_above: float = 0.45
    """Leik's D above: "we see this very differently" (1.4)."""
    camp_share: float = 0.30
    """Share of answers that each of two camps must hold to be called split (1.4)."""
    camp_people: int = 3
    """People that each camp, or a named side of a two-sided question, must hold (1.4, 1.8)."""
    right_share: float = 0.60
    """Share of "about right" that is read as right (1.8)."""
    side_share: float = 0.20
    """Share on one side that gets the side named (1.8; usual in just-about-right studies)."""
    penalty_people: int = 30
    """Fewest answers for a penalty analysis (1.8)."""
    about_the_same: float = 0.147
    """|Cliff's delta| below: "about the same" (Romano 2006, as in R effsize)."""
    a_little: float = 0.33
    """|Cliff's delta| below: "a little" (Romano 2006)."""
    clearly: float = 0.474
    """|Cliff's delta| below: "clearly", else "very" (Romano 2006)."""
    balanced_below: float = 0.10
    """Voice balance below: "balanced" (1.7)."""
    uneven_above: float = 0.20
    """Voice balance above: "uneven" (1.7)."""
    fewest_answered: float = 0.30
    """Response rate below which there are no words and no verdicts (1.7)."""
    fewest_heard: float = 0.50
    """Share of organisations heard below which there are no words and no verdicts (1.7)."""
    quadrant_cut: float = 3.0
    """Where the two-by-two is cut, on both axes (1.9)."""
    reliability_people: int = 30
    """Fewest complete answers for alpha and omega (1.12)."""
    apart_below: float = 0.6
    """Reliability below: "these questions do not hang together" (1.12)."""
    good_above: float = 0.8
    """Reliability above: "these questions hang together" (1.12)."""
    redundant_above: float = 0.9
    """Reliability above: "possibly redundant" (1.12)."""

    def step(self, distance: float, points: int) -> float:
        """Carry a distance in points of five to a scale of `points`: times (points - 1) / 4.

        >>> JUDGEMENT.step(0.25, 5), JUDGEMENT.step(0.25, 11)
        (0.25, 0.625)
        """
        return distance * (points - 1) / 4

    def place(self, position: float, points: int) -> float:
        """Carry a place on a scale of five to a scale of `points`, ends to ends.

        >>> JUDGEMENT.place(3.0, 5), JUDGEMENT.place(3.0, 4), JUDGEMENT.place(4.0, 6)
        (3.0, 2.5, 4.75)
        """
        return 1 + self.step(position - 1, points)

    def as_dict(self) -> dict[str, float]:
        """Return every value by its name, for a release to store."""
        return asdict(self)


JUDGEMENT = Judgement()
"""The values in force for new releases."""


def judgement(stored: Mapping[str, float]) -> Judgement:
    """Read the values that a release stored; raise ValueError for a name that this version does not know.

    A name that is missing belongs to a judgement which that release did not make yet; it takes its present value.
    """
    if unknown := sorted(set(stored) - {field.name for field in fields(Judgement)}):
        raise ValueError(f"judgement values that this version does not know: {', '.join(unknown)}")
    return Judgement(**stored)  # type: ignore[arg-type]
