"""A round keeps its questionnaire exactly as it was."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.snapshot import fingerprint, freeze, short_form, thaw
from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Scale, Section, SectionText, Texts
from tests.questionnaire.small import write_small

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
words = st.text(min_size=1, max_size=30)
scales = st.builds(Scale, key=keys, points=st.integers(2, 11), best=st.sampled_from(["high", "middle", "none"]))
questions = st.builds(
    Question,
    id=keys,
    kind=st.sampled_from(["rating", "choice", "text"]),
    section=keys,
    dimension=st.none() | keys,
    scale=st.none() | scales,
    choices=st.lists(keys, max_size=4).map(tuple),
    pulse=st.booleans(),
    reverse=st.booleans(),
    pole=st.none() | st.sampled_from(["inward", "outward"]),
    pair=st.none() | keys,
    use=st.none() | st.just("role"),
)
texts = st.builds(
    Texts,
    language=st.sampled_from(["en", "fr", "ar"]),
    direction=st.sampled_from(["ltr", "rtl"]),
    status=st.sampled_from(["draft", "reviewed"]),
    title=words,
    dont_know=words,
    scale=st.dictionaries(keys, st.lists(words, max_size=5).map(tuple), max_size=3),
    dimension=st.dictionaries(keys, words, max_size=3),
    section=st.dictionaries(keys, st.builds(SectionText, words, words), max_size=3),
    question=st.dictionaries(keys, words, max_size=3),
    choice=st.dictionaries(keys, words, max_size=3),
    versions=st.dictionaries(keys, st.integers(1, 9), max_size=3),
)
ids = st.lists(keys, max_size=3).map(tuple)
parts = st.builds(
    Part, keys, words, questions=ids, two_sided=ids, choices=ids, dimension=st.none() | keys, axis=st.none() | keys
)
readings = st.builds(
    Reading,
    keys,
    words,
    words,
    shape=st.sampled_from(["two_by_two", "ranked", "warnings", "sequence", "counts"]),
    parts=st.lists(parts, max_size=3).map(tuple),
    lit_below=st.none() | st.floats(1, 11),
)
questionnaires = st.builds(
    Questionnaire,
    key=keys,
    version=st.integers(1, 99),
    minutes=st.integers(1, 60),
    pulse_minutes=st.integers(0, 9),
    sections=st.lists(st.builds(Section, keys, st.lists(questions, max_size=4).map(tuple)), max_size=3).map(tuple),
    texts=st.dictionaries(st.sampled_from(["en", "fr", "ar"]), texts, max_size=2),
    readings=st.lists(readings, max_size=2).map(tuple),
)


@given(questionnaires)
def test_thawing_gives_back_every_value(questionnaire: Questionnaire) -> None:
    frozen = freeze(questionnaire)
    assert thaw(frozen) == questionnaire
    assert freeze(thaw(frozen)) == frozen


@given(questionnaires)
def test_the_short_form_is_frozen_like_any_other(questionnaire: Questionnaire) -> None:
    short = short_form(questionnaire)
    assert all(question.pulse for question in short.questions)
    assert thaw(freeze(short)) == short


def test_the_order_of_words_in_a_file_does_not_change_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    swapped = ('loose = "Loose"\nclose = "Close"', 'close = "Close"\nloose = "Loose"')
    one = load_questionnaire(write_small(tmp_path / "a"))
    two = load_questionnaire(write_small(tmp_path / "b", en=swapped))
    assert fingerprint(freeze(one)) == fingerprint(freeze(two))


def test_a_changed_word_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = load_questionnaire(write_small(tmp_path / "a"))
    two = load_questionnaire(write_small(tmp_path / "b", en=('"Loose"', '"Rather loose"')))
    assert fingerprint(freeze(one)) != fingerprint(freeze(two))


def test_a_snapshot_says_nothing_that_a_default_already_says(tmp_path: Path) -> None:
    frozen = json.loads(freeze(load_questionnaire(write_small(tmp_path))))
    promise = frozen["sections"][0]["questions"][0]
    assert set(promise) == {"id", "kind", "section", "dimension", "scale", "pulse"}


def test_thawing_again_is_free(tmp_path: Path) -> None:
    frozen = freeze(load_questionnaire(write_small(tmp_path)))
    assert thaw(frozen) is thaw(frozen)


def test_a_pair_whose_partner_is_not_in_the_short_form_stands_alone(tmp_path: Path) -> None:
    one_of_two = ('pair = "steer.wished" }', 'pair = "steer.wished", pulse = true }')
    short = short_form(load_questionnaire(write_small(tmp_path, questions=one_of_two)))
    assert short.by_id["steer.now"].pair is None


def test_unused_words_do_not_enter_the_short_form(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = short_form(load_questionnaire(write_small(tmp_path / "a")))
    two = short_form(load_questionnaire(write_small(tmp_path / "b", en=('"Loose"', '"Rather loose"'))))
    assert freeze(one) == freeze(two)
