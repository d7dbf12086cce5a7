"""How wide words are, and where they break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessment.pictures.letters import lines, width

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


@given(WORDS, st.floats(40, 400))
def test_no_line_is_wider_than_its_room(words: str, room: float) -> None:
    assert all(width(line, 16) <= room for line in lines(words, 16, room))


@given(WORDS, st.floats(40, 400))
def test_breaking_loses_no_letter(words: str, room: float) -> None:
    assert "".join(lines(words, 16, room)).replace(" ", "") == words.replace(" ", "")


def test_accents_above_a_letter_take_no_room_and_wide_letters_take_more() -> None:
    assert width("e\u0301", 10) == width("e", 10)
    assert width("同盟", 10) > 20


def test_no_words_make_no_line() -> None:
    assert lines("", 16, 100) == ()
