"""The screens of a retreat about the sample alliance, measured as its projector shows them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from assessment import rounds
from assessment.retreat.material import history
from assessment.retreat.proposal import propose
from assessment.slides.page import html
from assessment.slides.steps import MOST_WORDS, Kind
from tests.pages.conftest import Instance
from tests.slides.measure import faults, ready
from tests.slides.worlds import every_slide

OpenPage = Callable[..., Page]


def test_the_sample_is_told_from_who_answered_to_what_we_promise(sample: Instance, page_at: OpenPage) -> None:
    newest = rounds.releases(sample.store, sample.alliance_id)[-1].facts.round_id
    kinds = [step.kind for step in propose(sample.store, newest)]
    assert kinds[:3] == [Kind.ANSWERED, Kind.OVERVIEW, Kind.SPLIT]
    assert {Kind.BALANCE, Kind.SUCCESS, Kind.CHANGE, Kind.COMMITMENTS} <= set(kinds)
    there = every_slide(history(sample.store, newest))
    assert [slide.title for made in there.values() for slide in made if slide.words > MOST_WORDS] == []
    pieces = [(f"{name} {at}", html(one, at, len(made))) for name, made in there.items() for at, one in enumerate(made)]
    assert faults(ready(page_at(1920, 1080)), pieces) == []
