"""Draw a step: how many screens it has, and each as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assessment.findings.titles import Place
from assessment.slides import asked, overall, polls, spoken
from assessment.slides.material import Material
from assessment.slides.page import Slide, html, of_results
from assessment.slides.step_faults import step_faults
from assessment.slides.steps import KINDS, Kind, Step, votes

Draw = Callable[[Step, Material], list[Slide]]

DRAWN: Mapping[Kind, Draw] = {
    Kind.ANSWER_HERE: spoken.blank,
    Kind.ANSWERED: overall.who_answered,
    Kind.OVERVIEW: overall.how_we_see_ourselves,
    Kind.ALIKE: asked.see_alike,
    Kind.SPLIT: asked.are_split,
    Kind.BALANCE: asked.inward_and_outward,
    Kind.SUCCESS: overall.wins_and_power,
    Kind.CHANGE: overall.what_changed,
    Kind.COMMITMENTS: spoken.commitments,
    Kind.QUOTE: spoken.quote,
    Kind.TALK: spoken.talk,
    Kind.POLL_FIST: polls.poll,
    Kind.POLL_TEMPERATURE: polls.poll,
    Kind.POLL_CHOOSE: polls.poll,
    Kind.PAUSE: spoken.pause,
    Kind.BLANK: spoken.blank,
}

PLACES = {
    Kind.OVERVIEW: Place.OVERVIEW,
    Kind.BALANCE: Place.BALANCE,
    Kind.SUCCESS: Place.SUCCESS,
    Kind.CHANGE: Place.CHANGE,
}
"""Where on the coordinators' screens the same title stands."""
OWN = "title by the coordinators"
"""Told beside the source: nobody takes their words for what the numbers say."""


def slides(step: Step, material: Material, revealed: bool = True) -> list[Slide]:
    """Return the screens of a step, at least one. Unrevealed it has one, on which nothing rests on votes or results."""
    if votes(step) and not revealed:
        return [polls.hidden_votes(step, material)]
    if KINDS[step.kind].finding and step.kind is not Kind.COMMITMENTS and not material.history:
        return [Slide("There are no results yet", "", step.question, pictured=False)]
    beside = polls.guessed(step, material) if step.predict else None
    titled = _with_own_title(step, material)
    drawn = DRAWN[step.kind](titled, material)
    if titled.title and titled.sort.finding:
        drawn = [slide._replace(source=" · ".join(filter(None, (OWN, slide.source)))) for slide in drawn]
    made = ([beside] if beside else []) + drawn
    if KINDS[step.kind].finding and material.history:
        made = [of_results(material.results, slide) for slide in made]
    return made or [Slide("This cannot be shown", "", step.question, pictured=False)]


def pages(step: Step, material: Material, revealed: bool = True) -> int:
    """Return how many screens a step has."""
    return len(slides(step, material, revealed))


def draw(step: Step, material: Material, page: int = 0, revealed: bool = True) -> str:
    """Return one screen of a step as HTML; a page beyond the last is the last."""
    made = slides(step, material, revealed)
    place = min(max(page, 0), len(made) - 1)
    return html(made[place], place, len(made))


def _with_own_title(step: Step, material: Material) -> Step:
    """Return a step with the title that coordinators wrote for its finding, where it has none and a room reads it."""
    place = PLACES.get(step.kind)
    own = material.results.own_titles.get(place) if place and material.history and not step.title else None
    titled = replace(step, title=own)
    return titled if own and not step_faults(titled) else step
