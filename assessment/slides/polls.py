"""Polls and guesses: hidden until they are revealed, then the columns; a guess beside what was answered."""

from __future__ import annotations

from html import escape

from assessment.charts.quadrant import CORNERS
from assessment.disclosure.values import Verdict
from assessment.findings import tattersall
from assessment.findings.changes import COMPARED, change_since
from assessment.findings.results import Results
from assessment.findings.words import counted, number, share_of
from assessment.questionnaire.values import Question
from assessment.slides.asked import split_question, standings
from assessment.slides.material import Material
from assessment.slides.page import Slide, source
from assessment.slides.rows import Line as Row
from assessment.slides.rows import as_bars, on_a_scale
from assessment.slides.steps import Kind, Step, asked, choices, ordered
from assessment.slides.tracks import Track, stand
from assessment.slides.votes import Column
from assessment.statistics.success import Quadrant

ON_PHONES = "Choose on your phone."
TOO_FEW = "Too few have voted to show it"
BORDER = "on the border between them"
CHANGES = ("Went down", "No clear change", "Went up")
"""What a guess about a change offers, in the order of the columns."""


def hidden_votes(step: Step, material: Material) -> Slide:
    """Draw a poll or a guess that is not revealed: what is asked, what can be chosen, how many have voted."""
    offered = "".join(f'<span class="label">{escape(choice)}</span>' for choice in choices(step))
    form = "ladder" if ordered(step) else "list"
    voted = f'<p class="voted label">{ON_PHONES} {escape(material.voted)}</p>' if material.voted else ""
    body = f'<div class="offered {form}">{offered}</div>{voted}'
    return Slide(asked(step), body, source=material.way_in, pictured=False, form="poll")


def poll(step: Step, material: Material) -> list[Slide]:
    """Draw a poll that is revealed: its columns, or that too few have voted."""
    counts = material.counts or ()
    if not counts:
        return [Slide(asked(step), f'<p class="alone">{TOO_FEW}</p>', pictured=False, form="talk")]
    total = sum(one.votes for one in counts)
    body = _columns(counts) if ordered(step) else _levels(counts)
    alt = ", ".join(f"{one.label}: {one.votes}" for one in counts) + "."
    return [Slide(asked(step), body, "", counted(total, "vote"), alt, "poll")]


def guessed(step: Step, material: Material) -> Slide | None:
    """Draw what the room guessed beside what was answered; it is talked about at the screen that follows.

    None where this result cannot be told in the words of the guess.
    """
    told = RESULT[step.kind](step, material.results) if step.kind in RESULT else None
    if told is None:
        return None
    counts = material.counts or ()
    total = sum(one.votes for one in counts)
    ours = _levels(counts, material.results.texts.direction == "rtl") if counts else f'<p class="label">{TOO_FEW}</p>'
    panels = (("We guessed", ours), ("We answered", told))
    body = "".join(f'<div class="panel"><h2>{head}</h2><div>{inside}</div></div>' for head, inside in panels)
    below = source(material.results, counted(total, "guess", "guesses") if total else "")
    return Slide(asked(step), body, "", below, form="beside", pictured=False)


def _columns(counts: tuple[Column, ...]) -> str:
    most = max(one.votes for one in counts) or 1
    made = [
        f'<div>{stand(one.votes / most, str(one.votes), "guess")}<span class="label">{escape(one.label)}</span></div>'
        for one in counts
    ]
    return f'<div class="columns">{"".join(made)}</div>'


def _levels(counts: tuple[Column, ...], mirrored: bool = False) -> str:
    most = max(one.votes for one in counts) or 1
    return as_bars([(one.label, one.votes / most, str(one.votes), "guess") for one in counts], mirrored)


def _average(step: Step, results: Results) -> str | None:
    """Return where the average of a measure lies, on its scale."""
    result = results.release.result(step.measure or "")
    if result is None or result.average is None or result.average.bound != "exact":
        return None
    track = Track(results.points(result.measure), results.texts.direction == "rtl")
    bands = ((result.average.band90, "outer"), (result.average.band50, "inner"))
    marks = "".join(track.band(band, form) for band, form in bands if band)
    marks += track.dot(result.average.value, "dot")
    value = f'<p class="big">{number(result.average.value)}</p>'
    return (
        f'<p class="label">{escape(results.name(result.measure))}</p>{value}{on_a_scale([Row("", marks, "")], track)}'
    )


def _answers(step: Step, results: Results) -> str | None:
    question = _question(step, results)
    result = results.release.result(question.id) if question else None
    if question is None or result is None or result.columns is None:
        return None
    standing = standings(results, question, result.columns)
    most = max(s.people for s in standing)
    total = result.columns.people
    rows = [(s.words, s.people / most, share_of(s.people, total), "said") for s in standing]
    return as_bars(rows, results.texts.direction == "rtl")


def _question(step: Step, results: Results) -> Question | None:
    return split_question(results, step)


def _verdict(step: Step, results: Results) -> str | None:
    if results.previous is None or step.measure is None:
        return None
    found = change_since(results, step.measure, results.previous)
    if found is None or found.before is None or found.now is None:
        return None
    # A possible change is none that is clear.
    place = {Verdict.DOWN: 0, Verdict.UP: 2}.get(found.verdict, 1 if found.verdict in COMPARED else None)
    if place is None:
        return None
    numbers = f'<p class="label">{escape(found.name)} {number(found.before)} → {number(found.now)}</p>'
    return numbers + _chosen(CHANGES, place)


def _corner(step: Step, results: Results) -> str | None:
    where = tattersall.named_quadrant(results)
    if where is None:
        return None
    words = (*CORNERS.values(), BORDER)
    return _chosen(words, words.index(BORDER if where is Quadrant.BORDER else where.value))


def _chosen(words: tuple[str, ...], place: int) -> str:
    made = [f'<li class="{"this" if at == place else "other"}">{escape(word)}</li>' for at, word in enumerate(words)]
    return f'<ul class="chosen">{"".join(made)}</ul>'


RESULT = {
    Kind.OVERVIEW: _average,
    Kind.SPLIT: _answers,
    Kind.BALANCE: _answers,
    Kind.SUCCESS: _corner,
    Kind.CHANGE: _verdict,
}
"""How the answer to a guess is told, by the kind of its step."""
