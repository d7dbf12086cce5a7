"""What did people answer: the title of the screen and its sections."""

from __future__ import annotations

from typing import NamedTuple

from assessment.findings.agreement import closest, furthest, spreads
from assessment.findings.looking import questions_behind
from assessment.findings.results import Results
from assessment.findings.words import counted, in_sentence
from assessment.questionnaire.values import Question
from assessment.statistics.agreement import Agreement


class AnsweredSection(NamedTuple):
    """A section of the questionnaire with the questions of it that were asked; `texts` counts its written answers."""

    key: str
    title: str
    ratings: tuple[Question, ...]
    choices: tuple[Question, ...]
    texts: tuple[tuple[str, int | None], ...]


def headline(results: Results) -> str:
    """Return where we are split, else where we see it alike, else a neutral question; that, too, for too few heard."""
    found = spreads(results) if results.release.facts.speaks_for_all else ()
    split = [s for s in furthest(found) if s.word is Agreement.SPLIT]
    apart = [s for s in furthest(found) if s.word is Agreement.DIFFERENT]
    same = [s for s in closest(found) if s.word is Agreement.ALIKE]
    if split:
        return f"We are split: {_topic(results, split[0].question)}"
    if apart:
        return f"We see it very differently: {_topic(results, apart[0].question)}"
    if same:
        return f"We see it alike: {_topic(results, same[0].question)}"
    return "What did people answer?"


def subtitle(results: Results) -> str:
    """Return how many answered how many questions, and how the bars are read."""
    facts = results.release.facts
    people = f"{facts.answered:,} of {facts.invited:,}" if facts.invited else f"{facts.answered:,}"
    return f"{people} people answered {counted(len(results.questions), 'question')}. {facts.round_name}."


def sections(results: Results) -> tuple[AnsweredSection, ...]:
    """Return the sections of the round in the questionnaire's order, empty ones left out."""
    asked = {q.id for q, _ in results.questions}
    made = []
    for section in results.questionnaire.sections:
        coded = [q for q in section.questions if q.id in asked]
        ratings, choices = (tuple(q for q in coded if bool(q.scale) is rated) for rated in (True, False))
        written = [q for q in section.questions if q.kind == "text" and q.id in results.release.facts.texts]
        texts = tuple((results.texts.question[q.id], results.release.facts.texts[q.id]) for q in written)
        if ratings or choices or texts:
            made.append(AnsweredSection(section.key, results.texts.section[section.key].title, ratings, choices, texts))
    return tuple(made)


def section_of(results: Results, measure: str | None) -> str | None:
    """Return the one section in which everything behind a measure is asked, None where there are several or none."""
    behind = questions_behind(results, measure) if measure else frozenset[str]()
    found = [s.key for s in results.questionnaire.sections if any(q.id in behind for q in s.questions)]
    return found[0] if len(found) == 1 else None


def _topic(results: Results, question: Question) -> str:
    return in_sentence(results.texts.question[question.id], results.texts)
