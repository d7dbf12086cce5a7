"""What a slide is drawn from: the step that is looked at and, once it is revealed, what the phones said."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.alliance.commitments import CommitmentView
from assessment.slides.steps import Step
from assessment.slides.votes import Counted


@dataclass(frozen=True, slots=True)
class Showing:
    """A step as it stands. `page` counts from 0; `revealed` holds for steps without choices too.

    `counted` is there once a step with choices is revealed; `voted` is a sentence in steps of five, "" where
    nothing is asked, like `way_in`, the short address and code for who comes late. `commitments` are those made in
    this retreat, the oldest first.
    """

    alliance_id: str
    round_id: str
    step: Step
    page: int
    revealed: bool
    counted: Counted | None
    voted: str
    way_in: str
    commitments: tuple[CommitmentView, ...]
