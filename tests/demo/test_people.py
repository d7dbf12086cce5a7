"""The people of the sample before any database: the same at every filling, and varied."""

from __future__ import annotations

from collections import Counter

import pytest

from assessment.demo import INSTRUMENT, story
from assessment.demo.people import replies, voices
from assessment.demo.words import WRITTEN
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER

CORE = load_questionnaire(INSTRUMENT)
ALL = range(len(story.ROUNDS))


def test_there_are_sixteen_organisations_in_three_chapters() -> None:
    assert len(story.MEMBERS) == 16
    assert len({member.chapter for member in story.MEMBERS}) == 3
    assert len({member.name for member in story.MEMBERS}) == len({m.short_name for m in story.MEMBERS}) == 16
    assert 185 <= sum(member.headcount for member in story.MEMBERS) <= 195


def test_names_fit_their_columns() -> None:
    assert all(len(m.short_name) <= 24 and len(m.name) <= 120 for m in story.MEMBERS)
    assert all(len(chapter.name) <= 80 and len(chapter.phase) <= 200 for chapter in story.ROUNDS)


def test_the_people_are_the_same_at_every_call() -> None:
    assert voices() == voices()


@pytest.mark.parametrize("number", ALL)
def test_replies_are_the_same_at_every_call(number: int) -> None:
    assert replies(CORE, number) == replies(CORE, number)


@pytest.mark.parametrize("number", ALL)
def test_everybody_answers_something_that_a_form_could_send(number: int) -> None:
    for reply in replies(CORE, number):
        assert set(reply.codes) == {q.id for q in CORE.coded}
        for key, code in reply.codes.items():
            question = CORE.by_id[key]
            allowed = {NO_ANSWER, *range(1, question.options + 1)} | ({DONT_KNOW} if question.dont_know else set())
            assert code in allowed


@pytest.mark.parametrize("number", ALL)
def test_no_more_answer_than_an_organisation_has_people(number: int) -> None:
    answering = Counter(reply.member.name for reply in replies(CORE, number))
    assert all(answering[member.name] <= member.headcount for member in story.MEMBERS)


def test_about_half_have_answered_the_open_round() -> None:
    answered = len(replies(CORE, len(story.ROUNDS) - 1))
    assert 0.4 <= answered / len(voices()) <= 0.6


def test_some_skip_and_some_cannot_say() -> None:
    codes = Counter(code for number in ALL for reply in replies(CORE, number) for code in reply.codes.values())
    assert codes[NO_ANSWER] > 20
    assert codes[DONT_KNOW] > 200


@pytest.mark.parametrize("number", ALL)
def test_nobody_s_words_appear_twice_in_a_round(number: int) -> None:
    words = Counter(text for reply in replies(CORE, number) for text in reply.texts.values())
    assert len(words) == 3 * story.ROUNDS[number].quotes
    assert max(words.values()) == 1


def test_written_words_fit_the_form() -> None:
    assert set(WRITTEN) == {question.id for question in CORE.written}
    assert all(0 < len(quote.words) <= 500 for quotes in WRITTEN.values() for quote in quotes)
