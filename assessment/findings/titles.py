"""Titles of charts: made from the numbers, and replaced by the coordinators' own words where they wrote some.

Both are kept, and the words of people are told apart from what the numbers say: nobody takes them for a verdict.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from assessment.findings.results import Results

LONGEST = 140
"""Characters of a title: two lines on a laptop, four on a phone."""


class Place(StrEnum):
    """Where a title stands that may be replaced. `change` is the one against the round just before."""

    OVERVIEW = "overview"
    ANSWERS = "answers"
    BALANCE = "balance"
    STEERING = "steering"
    SUCCESS = "success"
    CHANGE = "change"
    GROUPS = "groups"
    READINGS = "readings"


class Title(NamedTuple):
    """What stands above a chart, and what was computed for it; `own` tells that coordinators wrote the words."""

    words: str
    computed: str
    own: bool = False

    @property
    def note(self) -> str:
        """Who wrote the title, and what was computed; empty for a computed one."""
        return f"The coordinators wrote this title. From the numbers: “{self.computed}”" if self.own else ""


def title(results: Results, place: Place | None, computed: str) -> Title:
    """Return the title of a place: the coordinators' own, else the computed one. None: a place that keeps none."""
    own = results.own_titles.get(place) if place else None
    return Title(own, computed, True) if own else Title(computed, computed)
