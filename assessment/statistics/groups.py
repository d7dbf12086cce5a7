"""Who stands in which group. Groups of one grouping never overlap; crossings of two do not exist (rule R2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.values import Questionnaire
from assessment.statistics.answers import NOWHERE, Answers, Integers


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups that do not overlap: their keys, and for each person an index into them, -1 for none.

    `invited` is N of each group, None where unknown.
    """

    keys: tuple[str, ...]
    member: Integers
    invited: tuple[int | None, ...]


def everyone(answers: Answers) -> Grouping:
    """Return the alliance: all who answered, also who wish to be counted in the total only."""
    return Grouping(("alliance",), np.zeros(answers.people, np.intp), (answers.roster.people,))


def by_organisation(answers: Answers) -> Grouping:
    """Group by the organisations of the roster, keyed by their ids, heard or not."""
    entries = answers.roster.entries
    return Grouping(tuple(e.id for e in entries), answers.member, tuple(e.headcount for e in entries))


def by_chapter(answers: Answers) -> Grouping:
    """Group by the chapters of the roster; people of organisations without a chapter stand in none."""
    chapters = answers.roster.chapters
    place = {chapter: i for i, chapter in enumerate(chapters)}
    of_entry = [NOWHERE if e.chapter is None else place[e.chapter] for e in answers.roster.entries]
    # the last place answers for index -1
    member = np.array([*of_entry, NOWHERE], dtype=np.intp)[answers.member]
    return Grouping(chapters, member, tuple(map(answers.roster.people_of, chapters)))


def by_choice(answers: Answers, questionnaire: Questionnaire, question: str) -> Grouping:
    """Group by what people chose in one single-choice question (roles); nobody knows how many were invited of each.

    Who wishes to be counted in the total only stands in no group. Raises KeyError for an unknown question.
    """
    choices = questionnaire.by_id[question].choices
    code = answers.codes[:, questionnaire.position[question]].astype(np.intp)
    chosen = (code >= 1) & (code <= len(choices)) & ~answers.only_total
    return Grouping(choices, np.where(chosen, code - 1, NOWHERE), (None,) * len(choices))
