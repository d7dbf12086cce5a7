"""What slides are drawn from: published results as everybody may see them, and what a retreat says itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assessment.findings.results import Results
from assessment.slides.votes import Column


class Promised(NamedTuple):
    """A commitment as the screen shows it; `new`: it was made in this retreat."""

    what: str
    owner: str
    new: bool


@dataclass(frozen=True)
class Material:
    """Everything that a step may draw from.

    `history` are the sealed rounds as members see them, oldest first, the last the one that is looked at; empty
    before a round is sealed. `quotes` are the texts chosen for the retreat, by id. `voted` says how many have voted
    in steps of five, `way_in` how who comes late joins while it is asked. `counts` are None until they are
    revealed, and empty where too few voted to show any.
    """

    history: tuple[Results, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)
    promises: tuple[Promised, ...] = ()
    voted: str = ""
    way_in: str = ""
    counts: tuple[Column, ...] | None = None

    @property
    def results(self) -> Results:
        """The round that is looked at."""
        return self.history[-1]
