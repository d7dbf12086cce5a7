"""What is kept of a retreat, as a person reads it: its steps, what was guessed and voted, what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assessment.alliance.commitments import CommitmentView
from assessment.alliance.values import Person
from assessment.findings.tables import Table, csv_text
from assessment.findings.words import counted
from assessment.reports.members import day
from assessment.retreat.material import history
from assessment.retreat.plans import record
from assessment.retreat.values import RetreatView
from assessment.slides.drawing import OWN, slides
from assessment.slides.material import Material
from assessment.slides.page import Slide
from assessment.slides.steps import KINDS, Kind, Step, put, votes
from assessment.slides.votes import Counted
from assessment.storage.engine import Store

QUIET = {Kind.PAUSE, Kind.BLANK}
"""Steps of which nothing is worth keeping."""
HIDDEN = "Too few voted to show it."


class Kept(NamedTuple):
    """One step: what it was, what the results said there, what was talked about, what phones were asked and said."""

    name: str
    said: str
    question: str
    asked: str
    columns: tuple[tuple[str, int], ...]
    voted: str


class Whole(NamedTuple):
    """A whole record."""

    view: RetreatView
    held: str
    steps: tuple[Kept, ...]
    promises: tuple[tuple[str, str], ...]


def whole_record(store: Store, retreat_id: str, person: Person) -> Whole:
    """Return the record of a retreat; raise NoRetreat where it is not theirs to read."""
    found = record(store, retreat_id, person)
    material = Material(history(store, found.view.round_id))
    steps = tuple(_kept(s, material, found.polls.get(s.id)) for s in found.view.steps if s.kind not in QUIET)
    return Whole(found.view, _held(found.view), steps, tuple(map(_promise, found.commitments)))


def as_markdown(whole: Whole) -> str:
    """Return a record as a text that can be mailed, or pasted into minutes."""
    lines = [f"# {_line(whole.view.name)}", "", f"{_line(whole.view.round_name)}. {whole.held}", ""]
    for number, step in enumerate(whole.steps, 1):
        lines += [f"## {number}. {_line(step.said or step.name)}", ""]
        lines += [f"We talked about: {_line(step.question)}", ""] if step.question else []
        lines += [f"We were asked: {_line(step.asked)}", ""] if step.asked else []
        lines += [f"- {_line(label)}: {votes}" for label, votes in step.columns]
        lines += ["", step.voted, ""] if step.voted else []
    lines += ["## What we promised each other", ""]
    lines += [f"- {_line(what)} ({_line(terms)})" for what, terms in whole.promises] or ["Nothing yet."]
    return "\n".join(lines) + "\n"


def as_csv(whole: Whole) -> str:
    """Return a record as rows for a spreadsheet: one per step, per column of votes, per promise."""
    return csv_text(Table("record", ("Kind", "What", "Answer", "Votes"), tuple(_rows(whole))))


def _rows(whole: Whole) -> Iterator[tuple[str, str, str, str]]:
    for step in whole.steps:
        yield step.name, step.said or step.question, "", ""
        for label, votes_of in step.columns:
            yield step.name, step.asked, label, str(votes_of)
    for what, terms in whole.promises:
        yield KINDS[Kind.COMMITMENTS].name, what, terms, ""


def _kept(step: Step, material: Material, found: Counted | None) -> Kept:
    columns = tuple((column.label, column.votes) for column in found.columns) if found else ()
    voted = (counted(found.voted, "vote") + "." if found.voted else HIDDEN) if found else ""
    told = KINDS[step.kind].finding and step.kind is not Kind.COMMITMENTS and bool(material.history)
    plain = slides(Step(step.id, step.kind, step.question, step.title, step.measure), material) if told else []
    said = _said(plain[0]) if plain else step.title or ""
    spoken = "" if KINDS[step.kind].offers is not None else step.question
    return Kept(step.sort.name, said, spoken, put(step)[1] if votes(step) or found else "", columns, voted)


def _said(slide: Slide) -> str:
    """Return a finding's title; one that coordinators wrote says so here too, where its slide's source is not."""
    return f"{slide.title} ({OWN})" if slide.source.startswith(OWN) else slide.title


def _promise(one: CommitmentView) -> tuple[str, str]:
    return one.promise.what, f"{one.owner or 'All of us'}, by {day(one.promise.due_on)}"


def _held(seen: RetreatView) -> str:
    if seen.started_at is None:
        return "Not held yet."
    ended = "" if seen.ended_at else " It is still running."
    return f"Held on {day(seen.started_at.date())}.{ended}"


def _line(words: str) -> str:
    """Return words as one line in which Markdown marks nothing."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in " ".join(words.split()))
