"""What may be an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.collect.validation import TEXT_LIMIT, Answers, check, pack, unpack
from assessment.questionnaire.values import DONT_KNOW, Question, Scale
from tests.collect.world import core

RATING = Question("trust.promises", "rating", "trust", "trust", Scale("frequency", 5))
ROLE = Question("you.role", "choice", "you", choices=("a", "b"), use="role")
WORDS = Question("words.keep", "text", "words")
RUBBISH = [
    "",
    "0",
    "6",
    "3.5",
    "NaN",
    "1e309",
    "-1",
    "+1",
    "01",
    "٣",
    " 3",
    "3 ",
    "dk ",
    "DK",
    "true",
    "3\x00",
    "9" * 4000,
]


@pytest.mark.parametrize("raw", RUBBISH)
def test_rubbish_is_no_rating_and_says_what_to_do(raw: str) -> None:
    checked = check([RATING], {"trust.promises": raw})
    assert checked.answers.codes == {"trust.promises": 0}
    assert checked.faults["trust.promises"].startswith("Choose one")


@given(st.text())
def test_only_the_points_of_the_scale_and_dont_know_pass(raw: str) -> None:
    allowed = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "dk": DONT_KNOW}
    checked = check([RATING], {"trust.promises": raw})
    assert checked.answers.codes["trust.promises"] == allowed.get(raw, 0)
    assert bool(checked.faults) == (raw not in allowed)


def test_a_question_that_is_missing_was_skipped() -> None:
    assert check([RATING, WORDS], {}).answers == Answers({"trust.promises": 0}, {"words.keep": ""})


def test_a_fault_leaves_the_valid_answers_beside_it() -> None:
    checked = check([RATING, ROLE], {"trust.promises": "4", "you.role": "3"})
    assert checked.answers.codes == {"trust.promises": 4, "you.role": 0}
    assert list(checked.faults) == ["you.role"]


def test_the_description_of_oneself_has_no_dont_know() -> None:
    assert "no answer to this question" in check([ROLE], {"you.role": "dk"}).faults["you.role"]


@pytest.mark.parametrize(("length", "faulty"), [(TEXT_LIMIT - 1, False), (TEXT_LIMIT, False), (TEXT_LIMIT + 1, True)])
def test_a_text_has_a_limit(length: int, faulty: bool) -> None:
    checked = check([WORDS], {"words.keep": "ü" * length})
    assert bool(checked.faults) == faulty
    assert len(checked.answers.texts["words.keep"]) == (0 if faulty else length)


@pytest.mark.parametrize("character", ["\x00", "\u202e", "\u2066", "\ud800", "\x1b"])
def test_invisible_characters_are_refused(character: str) -> None:
    checked = check([WORDS], {"words.keep": f"good{character}bad"})
    assert checked.answers.texts == {"words.keep": ""}
    assert "invisible" in checked.faults["words.keep"]


def test_lines_emoji_and_joiners_of_other_scripts_stay() -> None:
    text = "one\ntwo\t👩‍👩‍👧 نمی‌خواهم"
    assert check([WORDS], {"words.keep": text}).answers.texts == {"words.keep": text}


def test_packing_and_unpacking_give_the_same_answers() -> None:
    questionnaire = core()
    section = questionnaire.sections[1]
    codes = {q.id: n % 6 for n, q in enumerate(section.questions)}
    packed = pack(questionnaire, codes)
    assert len(packed) == len(questionnaire.coded)
    assert unpack(questionnaire, section, packed, {}).codes == codes
