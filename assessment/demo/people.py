"""The people of the sample: who answers a round, and what. Seeded, so that every filling gives the same answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assessment.demo import story
from assessment.demo.story import Chapter, Member
from assessment.demo.words import WRITTEN
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Question, Questionnaire

SEED = 20_260_549
PERSON, SUBJECT, MOMENT = 0.4, 0.35, 0.65
"""Spread of a person's mood, of its mood about one dimension, and from question to question, in points."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A person of the sample over all rounds: its organisation, role, general mood and camp."""

    member: Member
    role: str
    mood: float
    centre: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """One person's answers in one round: a code by question id, and what was written by question id."""

    member: Member
    codes: Mapping[str, int]
    texts: Mapping[str, str]


def voices() -> tuple[Voice, ...]:
    """Return everybody in the sample alliance, the same people on every call."""
    chance = Random(SEED)
    return tuple(_voice(member, chance) for member in story.MEMBERS for _ in range(member.headcount))


def replies(questionnaire: Questionnaire, number: int) -> tuple[Reply, ...]:
    """Return who answered the round of this place in the story, and what."""
    chapter = story.ROUNDS[number]
    chance = Random(SEED + 1 + number)
    answering = _answering(chapter, chance)
    codes = [_codes(questionnaire, voice, chapter, chance) for voice in answering]
    texts = _texts(questionnaire, number, len(answering), chance)
    return tuple(
        Reply(voice.member, given, written) for voice, given, written in zip(answering, codes, texts, strict=True)
    )


def _voice(member: Member, chance: Random) -> Voice:
    centre = chance.random() < (0.68 if member.headcount >= 13 else 0.36)
    return Voice(member, _drawn(story.ROLES, chance), chance.gauss(0, PERSON), centre)


def _answering(chapter: Chapter, chance: Random) -> list[Voice]:
    everybody = voices()
    found: list[Voice] = []
    for member in story.MEMBERS:
        people = [voice for voice in everybody if voice.member is member]
        share = chapter.turnout * chance.uniform(1 - story.UNEVEN, 1 + story.UNEVEN)
        fewest = min(story.FEWEST_ANSWERS, len(people)) if chapter.sealed_on else 1
        found += chance.sample(people, min(max(round(len(people) * share), fewest), len(people)))
    return found


def _codes(questionnaire: Questionnaire, voice: Voice, chapter: Chapter, chance: Random) -> dict[str, int]:
    """Return one person's answers: within a dimension all of them or none, as people do who know a subject or not."""
    moods = {dimension: chance.gauss(0, SUBJECT) for dimension in questionnaire.dimensions}
    foreign = {
        dimension
        for dimension in questionnaire.dimensions
        if voice.member.headcount >= story.LARGER and chance.random() < story.CANNOT_SAY.get(dimension, 0)
    }
    return {
        q.id: DONT_KNOW if q.dimension in foreign else _code(q, voice, moods.get(q.dimension or "", 0), chapter, chance)
        for q in questionnaire.coded
    }


def _code(question: Question, voice: Voice, mood: float, chapter: Chapter, chance: Random) -> int:
    if question.use == "role":
        return question.choices.index(voice.role) + 1
    if question.scale is None or question.scale.best != "high":
        aside = chance.random()
        if aside < story.SKIPPED + story.UNSURE:
            return NO_ANSWER if aside < story.SKIPPED else DONT_KNOW
    if question.kind == "choice":
        return question.choices.index(_drawn(story.CHOICES[question.id], chance)) + 1
    middle, spread = _leaning(question, voice, mood, chapter)
    return min(max(round(middle + chance.gauss(0, spread)), 1), question.options)


def _leaning(question: Question, voice: Voice, mood: float, chapter: Chapter) -> tuple[float, float]:
    """Return where a person's answers to a question lie on average, and how far around it, in points."""
    if question.id == "direction.now":
        return story.STEERED_NOW, MOMENT
    if question.id == "direction.needed":
        return (story.OTHER_CAMP if voice.centre else story.ONE_CAMP), MOMENT
    if question.id in story.ENERGY:
        return 3 + story.ENERGY[question.id] - voice.mood / 3, MOMENT
    level = chapter.levels[question.dimension or ""] + story.HARDER_THAN_MOST.get(question.id, 0.0)
    if question.dimension != "power":
        return level + voice.mood + mood, MOMENT
    mind = voice.member.of_one_mind
    return level + voice.member.heard + (voice.mood + mood) * mind, MOMENT * mind


def _texts(questionnaire: Questionnaire, number: int, people: int, chance: Random) -> list[dict[str, str]]:
    """Let some write; nobody's words appear twice in a round."""
    given: list[dict[str, str]] = [{} for _ in range(people)]
    for question in questionnaire.written:
        words = WRITTEN[question.id]
        count = story.ROUNDS[number].quotes
        for person, quote in zip(chance.sample(range(people), count), chance.sample(words, count), strict=True):
            given[person][question.id] = quote.words
    return given


def _drawn(weights: Mapping[str, int], chance: Random) -> str:
    names: Sequence[str] = tuple(weights)
    return chance.choices(names, weights=tuple(weights.values()))[0]
