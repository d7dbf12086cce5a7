"""What we see alike, where we are split, inward and outward: slides of answers to single questions."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from assessment.charts.answered import AnsweredRow, answered
from assessment.charts.tokens import answer_colour
from assessment.disclosure.values import Columns, Withheld
from assessment.findings import balance
from assessment.findings.agreement import Spread, closest, furthest, spread, spreads
from assessment.findings.results import Results
from assessment.findings.tables import answer_words
from assessment.findings.words import in_sentence, reason, share_of
from assessment.questionnaire.values import Question
from assessment.slides.material import Material
from assessment.slides.page import MOST_ROWS, Slide, in_pages, source, told
from assessment.slides.rows import as_bars, hidden
from assessment.slides.steps import Step
from assessment.slides.tracks import bar, per_cent, stand, svg
from assessment.statistics.agreement import Agreement

MOST_QUESTIONS = 4
"""Questions on one screen: each needs two or three lines."""
MOST_COLUMNS = 6
"""Columns beside each other under which words have room; more answers stand below each other."""
ROOM = 0.07
"""Smallest share of a bar that holds its number."""
SPLIT_TITLES = {
    Agreement.SPLIT: "We are split",
    Agreement.DIFFERENT: "We see this very differently",
}


class Standing(NamedTuple):
    """One answer as a column: its words, its people, what is written above it, its place on the scale."""

    words: str
    people: int
    text: str
    place: float


def see_alike(step: Step, material: Material) -> list[Slide]:
    """Draw the questions that we see most alike as whole bars, the largest answer in words."""
    results = material.results
    found = closest(spreads(results))
    if not found:
        return []
    sure = all(one.word is Agreement.ALIKE for one in found)
    title, question = told(
        results, step, "We see this alike." if sure else "Here we are closest.", "Where are we close?"
    )
    body = "".join(_whole(results, one) for one in found)
    alt = " ".join(f"{results.texts.question[s.question.id]} {_largest(results, s)}." for s in found)
    return [
        Slide(title.removesuffix("."), f'<div class="asked n{len(found)}">{body}</div>', question, source(results), alt)
    ]


def are_split(step: Step, material: Material) -> list[Slide]:
    """Draw one question, answer by answer: the step's own, else the one that we see most differently."""
    results = material.results
    question = split_question(results, step)
    if question is None:
        return []
    result = results.release.result(question.id)
    columns = result.columns if result else None
    text = results.texts.question[question.id]
    lead = f'<p class="asks">{escape(text)}</p>'
    if columns is None:
        why = reason((result and (result.why_columns or result.why)) or Withheld.COLUMNS, results.release.rules.k)
        title, asks = told(results, step, "How do we see this?", "How do we see this?")
        return [Slide(title, lead + hidden(why), asks, source(results), f"{text} {why}")]
    title, asks = told(
        results, step, _split_title(results, spread(question, columns, results.judged)), "How do we see this?"
    )
    standing = standings(results, question, columns)
    alt = f"{text} " + ", ".join(f"{s.words}: {s.text}" for s in standing) + "."
    drawn = [upright(standing, question.options)]
    if len(standing) > MOST_COLUMNS:
        most = max(s.people for s in standing)
        rows = [(s.words, s.people / most, s.text, "said") for s in standing]
        drawn = [as_bars(page, results.texts.direction == "rtl") for page in in_pages(rows, MOST_ROWS - 1)]
    return [Slide(title, lead + one, asks, source(results), alt, "split") for one in drawn]


def inward_and_outward(step: Step, material: Material) -> list[Slide]:
    """Draw the questions whose good place is the middle, "about right" across the line; those of the poles first."""
    results = material.results
    asked = sorted(
        (q for q, _ in results.questions if q.scale and q.scale.best == "middle"), key=lambda q: q.pole is None
    )
    title, question = told(results, step, balance.headline(results), "Where does our energy go?")
    made = []
    for page in in_pages(asked, MOST_QUESTIONS):
        value = answered(results, tuple(q.id for q in page))
        body = _about_the_middle(value.rows, results.texts.direction == "rtl")
        legend = _middle_legend(page[0], results) if page else ""
        made.append(Slide(title, f"{body}{legend}", question, source(results), value.alt, "balance"))
    return made if asked else []


def split_question(results: Results, step: Step) -> Question | None:
    """Return the question that a step is about; None where no question of the round can be."""
    if step.measure:
        named = results.questionnaire.by_id.get(step.measure)
        return named if named and named.scale and results.release.result(named.id) else None
    found = furthest(spreads(results))
    return found[0].question if found else None


def standings(results: Results, question: Question, columns: Columns) -> tuple[Standing, ...]:
    """Return the shown columns of a question from its first answer to its last."""
    ordered = sorted(columns.columns, key=lambda c: c.codes[0])
    return tuple(
        Standing(
            answer_words(results, question, c.codes),
            c.people,
            share_of(c.people, columns.people),
            sum(c.codes) / len(c.codes),
        )
        for c in ordered
    )


def upright(standing: tuple[Standing, ...], points: int) -> str:
    """Return columns beside each other, each with its words below."""
    most = max((s.people for s in standing), default=1) or 1
    made = [
        f"<div>{stand(s.people / most, s.text, 'answer', answer_colour(s.place, points))}"
        f'<span class="label">{escape(s.words)}</span></div>'
        for s in standing
    ]
    return f'<div class="columns">{"".join(made)}</div>'


def _split_title(results: Results, found: Spread) -> str:
    topic = results.texts.section[found.question.section].title if found.word in SPLIT_TITLES else ""
    return f"{SPLIT_TITLES[found.word]}: {in_sentence(topic, results.texts)}" if topic else "How do we see this?"


def _whole(results: Results, found: Spread) -> str:
    """Return one question with its answers as one bar, and the largest of them in words."""
    columns = _columns(results, found)
    at, pieces = 0.0, []
    for one in standings(results, found.question, columns):
        share = one.people / columns.people
        start = 1 - at - share if results.texts.direction == "rtl" else at
        pieces.append(bar(start, share, one.place, found.question.options, one.text.split(" ")[0], ROOM))
        at += share
    text = results.texts.question[found.question.id]
    most = f'<span class="label">{escape(_largest(results, found))}</span>'
    return f'<span class="label">{escape(text)}</span><div class="whole">{svg("track", "".join(pieces))}{most}</div>'


def _largest(results: Results, found: Spread) -> str:
    """Return the side of the scale, or the middle, where most people stand: "98%: often or very often"."""
    columns, middle = _columns(results, found), (found.question.options + 1) / 2
    sides: dict[bool | None, list[Standing]] = {}
    for one in standings(results, found.question, columns):
        sides.setdefault(None if one.place == middle else one.place > middle, []).append(one)
    most = max(sides.values(), key=lambda side: sum(one.people for one in side))
    words = " or ".join(in_sentence(one.words, results.texts) for one in most)
    return f"{share_of(sum(one.people for one in most), columns.people)}: {words}"


def _columns(results: Results, found: Spread) -> Columns:
    result = results.release.result(found.question.id)
    if result is None or result.columns is None:
        raise LookupError(found.question.id)
    return result.columns


def _about_the_middle(rows: tuple[AnsweredRow, ...], mirrored: bool) -> str:
    drawn = [s for row in rows for s in row.segments]
    left = max([0.2, *(-s.start for s in drawn)])
    right = max([0.2, *(s.start + s.share for s in drawn)])
    whole = left + right
    made = []
    for row in rows:
        label = f'<span class="label">{escape(row.label)}</span>'
        if row.note:
            made.append(label + hidden(row.note))
            continue
        pieces = []
        for s in row.segments:
            start = (left + s.start) / whole
            start = 1 - start - s.share / whole if mirrored else start
            pieces.append(bar(start, s.share / whole, s.place, row.points, s.text, ROOM))
        zero = per_cent((right if mirrored else left) / whole)
        line = f'<line class="zero" x1="{zero}" x2="{zero}" y1="0" y2="100%"/>'
        made.append(label + svg("track", line + "".join(pieces)))
    return f'<div class="asked n{len(rows)}">{"".join(made)}</div>'


def _middle_legend(question: Question, results: Results) -> str:
    """Return what the colours mean: the two sides and the middle, each behind its colour."""
    labels = results.texts.counted(question)
    half = len(labels) // 2
    named = ((labels[half - 1], 2), (labels[half], half + 1), (labels[-half], len(labels) - 1))
    keys = "".join(
        f'<span class="label">{svg("key", _key(place, len(labels)))}{escape(words)}</span>' for words, place in named
    )
    return f'<div class="legend">{keys}</div>'


def _key(place: int, points: int) -> str:
    return f'<rect class="piece" width="100%" height="100%" fill="{answer_colour(place, points)}"/>'
