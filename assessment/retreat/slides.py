"""Draw the slide of a step as it stands: the glue between a retreat in the database and `assessment.slides`."""

from __future__ import annotations

from assessment.retreat import material
from assessment.retreat.showing import Showing
from assessment.slides import drawing
from assessment.slides.material import Material
from assessment.slides.steps import KINDS, Kind, votes
from assessment.slides.style import STYLE as STYLE
from assessment.storage.engine import Store


def pages(store: Store, showing: Showing) -> int:
    """Return how many screens a step has as it stands."""
    return drawing.pages(showing.step, _material(store, showing), showing.revealed)


def draw(store: Store, showing: Showing) -> str:
    """Return the screen of a step as HTML; of what is not revealed nothing is read."""
    return drawing.draw(showing.step, _material(store, showing), showing.page, showing.revealed)


def _material(store: Store, showing: Showing) -> Material:
    """Read what the step needs, and no more: an unrevealed step gets neither results nor counts."""
    step = showing.step
    if votes(step) and not showing.revealed:
        return Material(voted=showing.voted, way_in=showing.way_in)
    finds, quotes, promised = KINDS[step.kind].finding, step.kind is Kind.QUOTE, step.kind is Kind.COMMITMENTS
    return Material(
        history=material.history(store, showing.round_id) if finds else (),
        quotes=material.quotes(store, showing.alliance_id, showing.round_id) if quotes else {},
        promises=material.promises(store, showing.alliance_id, showing.commitments) if promised else (),
        voted=showing.voted,
        counts=showing.counted.columns if showing.counted else None,
    )
