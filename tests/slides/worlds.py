"""Every step that a retreat can have, with what it is drawn from, in worlds that strain the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessment.disclosure.door import door
from assessment.disclosure.values import Columns, Verdict, Withheld
from assessment.findings.results import Results
from assessment.slides.drawing import slides
from assessment.slides.material import Material, Promised
from assessment.slides.page import Slide
from assessment.slides.proposal import propose
from assessment.slides.steps import Kind, Plan, Step, choices, new_step, votes
from assessment.slides.votes import Column
from tests.published import change, columns, result, told, whole_round

QUOTE = "We win things and then nobody has the strength left to keep them. I wish we built people as carefully."
SPREAD = dict(zip(("purpose", "trust", "power", "wins", "leaders"), (4.9, 4.1, 1.1, 2.2, 3.3), strict=True))
PROMISES = (
    Promised("Meet once a month in each other's places, and rotate who chairs the meeting.", "by 4 March 2027", False),
    Promised("Small organisations speak first when we choose campaigns.", "All of us, by 1 May 2027", True),
    Promised(f"{'x' * 30} Write down on one page who decides what, and hand it to everyone who joins.", "", True),
)
POLLS: Plan = (
    new_step(Kind.POLL_FIST, "How ready are we to share the decision about money?"),
    new_step(Kind.POLL_TEMPERATURE, "How warm is it between our organisations today?"),
    new_step(
        Kind.POLL_CHOOSE,
        "What do we start with, before anything else?",
        options=(
            "Rotating the chair",
            "One page on who decides what",
            "x" * 40,
            "Yes",
            "No",
            "A fund for small groups",
        ),
    ),
)
SPOKEN: Plan = (
    new_step(Kind.TALK, "In threes: what would we stop doing, so that people find the time to rest?", minutes=15),
    new_step(Kind.PAUSE, minutes=15),
    new_step(Kind.BLANK),
    new_step(Kind.QUOTE, "Which of these sentences stays with you?", text_id="quote"),
    new_step(Kind.ALIKE, "What do we do that all of us notice, and would not want to lose?"),
)


def material(history: tuple[Results, ...], counts: tuple[Column, ...] | None = None) -> Material:
    """Return all that a retreat may draw from."""
    return Material(history, {"quote": QUOTE}, PROMISES, "At least 15 have voted", "tend.local/r · BCDFGH", counts)


def counts_of(step: Step) -> tuple[Column, ...]:
    """Return some votes for every choice of a step."""
    return tuple(Column(choice, (12, 3, 140, 0, 6, 9)[place]) for place, choice in enumerate(choices(step)))


def every_slide(history: tuple[Results, ...]) -> Mapping[str, list[Slide]]:
    """Return every screen of every step of a round: as proposed, guessed, polled, and of every other kind."""
    found: dict[str, list[Slide]] = {}
    there = material(history)
    for step in (*propose(history), *SPOKEN, *POLLS):
        found[str(step.kind)] = slides(step, material(history, counts=counts_of(step) if votes(step) else None))
        if votes(step) or step.guess:
            asks = replace(step, predict=bool(step.guess))
            found[f"{step.kind} hidden"] = slides(asks, there, revealed=False)
            found[f"{step.kind} revealed"] = slides(asks, material(history, counts=counts_of(asks)))
            found[f"{step.kind} too few"] = slides(asks, material(history, counts=()))
    return found


def split() -> Results:
    """A round of which all is shown, split down the middle, against two earlier rounds."""
    return _moving(whole_round(SPREAD))


def alike() -> Results:
    """A round in which everybody says nearly the same."""
    return _with_columns(whole_round(SPREAD), columns(0, 0, 3, 90, 50, dont_know=0.1))


def hidden() -> Results:
    """A round of which nothing is shown."""
    return told(*(result(r.measure, None, why=Withheld.PROTECTED) for r in whole_round(SPREAD).release.results))


def long_names() -> Results:
    """A round whose dimensions and rounds have the longest names that a screen must bear."""
    plain = split()
    names = dict.fromkeys(plain.texts.dimension, "Structures, decisions and responsibility")
    called = "The second assembly of all organisations of the harbour and both of its shores"
    with door():
        facts = replace(plain.release.facts, round_name=called, answered=1_204_000, invited=2_000_000)
        release = replace(plain.release, facts=facts)
    earlier = dict.fromkeys(plain.earlier, called)
    return replace(plain, release=release, earlier=earlier, texts=replace(plain.texts, dimension=names))


def mirrored() -> Results:
    """A round in a language that is written from right to left."""
    plain = split()
    names = dict.fromkeys(plain.texts.dimension, "الثقة بين المنظمات")
    return replace(plain, texts=replace(plain.texts, language="ar", direction="rtl", dimension=names))


def _moving(plain: Results) -> Results:
    halves = columns(60, 10, 6, 10, 56, dont_know=0.1)
    verdicts = (Verdict.UP, Verdict.MAYBE_DOWN, Verdict.NONE, Verdict.DOWN)
    with door():
        found = [
            replace(one, changes=(change(verdicts[place % 4], 2.9),), columns=halves if one.columns else None)
            for place, one in enumerate(plain.release.results)
        ]
    return told(*found)


def _with_columns(plain: Results, same: Columns) -> Results:
    with door():
        found = [replace(one, columns=same) if one.columns else one for one in plain.release.results]
    return told(*found)
