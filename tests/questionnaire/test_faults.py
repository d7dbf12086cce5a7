"""Whatever is wrong in a file is told with its place and its repair, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.errors import FaultyFile
from assessment.questionnaire.loading import load_questionnaire
from tests.questionnaire.small import write_small

Q, E, R = "questions", "en", "readings"

ONE_FAULT = [
    (
        R,
        'title = "Kinds", ',
        f'title = "Kinds", discuss = "{"long " * 22}?", ',
        "is too long. Use at most 110 characters",
    ),
    (Q, "minutes = 4\npulse", "minuets = 4\npulse", "questions.toml: file: minutes is missing"),
    (
        Q,
        'scale = "often", pulse = true',
        'scael = "often"',
        "trust.promises: unknown key 'scael'. Did you mean 'scale'?",
    ),
    (
        Q,
        'scale = "often", pulse = true',
        'scale = "oftn"',
        "trust.promises: unknown scale 'oftn'. Did you mean 'often'?",
    ),
    (Q, "often = 5", "often = 12", "scales / often: points is 12. Write a whole number of at most 11"),
    (Q, "often = 5", "often = 1", "scales / often: points is 1. Write a whole number of at least 2"),
    (Q, "often = 5", "often = 5.5", "often is 5.5. Write a table"),
    (Q, "often = 5", 'often = { points = 5, best = "left" }', "best is 'left'. Write 'high', 'middle' or 'none'"),
    (Q, "version = 1", 'version = "1"', "version is '1'. Write a whole number"),
    (Q, "version = 1", "version = true", "version is True. Write a whole number"),
    (Q, "version = 1", "version = 0", "version is 0. Write a whole number of at least 1"),
    (Q, '"trust.hidden"', '"trust.promises"', "trust.promises: is there twice"),
    (Q, '"trust.hidden"', '"Trust hidden"', "'Trust hidden' cannot be a key"),
    (Q, '"trust.hidden"', '"trust"', "trust: is the id of a question and of a dimension"),
    (Q, '"trust.hidden"', f'"{"a" * 61}"', "is too long. Use at most 60 characters"),
    (Q, 'key = "last"', 'key = "first"', "section first: is there twice"),
    (Q, 'pair = "steer.wished"', 'pair = "steer.wishes"', "unknown pair 'steer.wishes'. Did you mean 'steer.wished'?"),
    (Q, ', pair = "steer.now"', "", "steer.now: pair steer.wished does not name it back"),
    (Q, ', pair = "steer.now"', ', pair = "steer.wished"', "steer.wished: is its own pair"),
    (
        Q,
        'scale = "range", pair = "steer.now"',
        'scale = "worth", pair = "steer.now"',
        "pair steer.wished has other answers",
    ),
    (Q, 'scale = "often", reverse', 'scale = "worth", reverse', "dimension trust: mixes scales of 4 and 5 points"),
    (Q, 'scale = "right", pole', 'scale = "worth", pole', "pole on a scale whose best point is not the middle"),
    (
        Q,
        'scale = "range", pair = "steer.now" }',
        'scale = "range", pair = "steer.now", reverse = true }',
        "reverse on a scale",
    ),
    (Q, "points = 3, best", "points = 4, best", "energy.meetings: scale 'right' has no middle"),
    (Q, '["loose", "close"]', '["loose", "loose"]', "form.now: choice 'loose' is there twice"),
    (Q, '["loose", "close"]', '["loose"]', "form.now: has 1 choices. Give 2 to 30"),
    (Q, 'dimension = "value", scale', "scale", "value.return: a rating without dimension"),
    (Q, 'dimension = "value", scale = "worth"', 'dimension = "value"', "value.return: a rating without scale"),
    (Q, '"words.keep", kind = "text"', '"words.keep", kind = "text", pulse = true', "words.keep: pulse on a text"),
    (Q, '"words.keep", kind = "text"', '"words.keep", kind = "text", scale = "often"', "words.keep: scale on a text"),
    (
        Q,
        '"words.keep", kind = "text"',
        '"words.keep", kind = "essay"',
        "kind is 'essay'. Write 'rating', 'choice' or 'text'",
    ),
    (Q, ', use = "role"', ', use = "role", pulse = true', "you.role: pulse on a choice"),
    (Q, '"loose", "close"] }', '"loose", "close"], use = "role" }', "you.role: use = 'role' is already on form.now"),
    (Q, 'scale = "worth" }', 'scale = "worth", use = "role" }', "use = 'role' on a rating"),
    (Q, 'scale = "worth" }', 'scale = "worth", choices = ["a", "b"] }', "value.return: scale on a choice"),
    (Q, "pulse_minutes = 1", "", "pulse_minutes: is missing although there is a short form"),
    (Q, ", pulse = true", "", "pulse_minutes: is given but no question is marked pulse"),
    (Q, "[scales]", "[scales", "questions.toml: line 6, column 8: is not TOML"),
    (E, 'language = "en"', 'language = "english"', "language is 'english'. Write a language tag"),
    (E, 'language = "en"', 'language = "fr"', "en.toml: language: is 'fr'. Name the file fr.toml"),
    (E, 'direction = "ltr"', 'direction = "rtl"', "direction: is 'rtl'. en is written 'ltr'"),
    (E, 'status = "reviewed"', 'status = "done"', "status is 'done'. Write 'draft' or 'reviewed'"),
    (E, 'title = "How are we?"', 'title = " "', "title has no text"),
    (E, 'title = "How are we?"', 'title = "How\\nare we?"', "title holds a line break"),
    (E, 'title = "How are we?"', 'title = "How \\u202Eare we?"', "invisible control character"),
    (E, 'trust = "Trust"\n', "", "dimension / trust: has no text"),
    (E, 'loose = "Loose"\n', "", "choice / loose: has no text"),
    (E, "last = { title", "lest = { title", "section / lest: unknown section. Did you mean 'last'?"),
    (E, '"you.role" = "What do you do?"\n', "", "question / you.role: has no text"),
    (E, '["None", "Little", "Some", "Much"]', '["None", "Some", "Much"]', "scale / worth: has 3 labels for 4 points"),
    (E, '["None", "Little", "Some", "Much"]', '["None", "Some", "Some", "Much"]', "label 'Some' is there twice"),
    (E, '"trust.promises" = 2', '"trust.promise" = 2', "versions / trust.promise: unknown versions. Did you mean"),
    (E, '"trust.promises" = 2', '"trust.promises" = 0', "at least 1"),
    (R, '["trust.promises"]', '["trust.promise"]', "look / promise: unknown question 'trust.promise'. Did you mean"),
    (R, '["trust.promises"]', '["energy.meetings"]', "energy.meetings is no rating whose good end is high"),
    (R, '["energy.meetings"]', '["trust.hidden"]', "trust.hidden is no rating that is best in the middle"),
    (R, '["form.now"]', '["trust.hidden"]', "trust.hidden is no choice"),
    (R, '["trust.promises"]', '["trust.promises", "value.return"]', "averages scales of different numbers of points"),
    (R, '["trust.promises"]', '["trust.promises", "trust.promises"]', "trust.promises is there twice"),
    (R, ', choices = ["form.now"]', "", "look / kind: names nothing"),
    (R, 'choices = ["form.now"]', 'dimension = "trus"', "unknown dimension 'trus'. Did you mean 'trust'?"),
    (R, 'key = "kind"', 'key = "promise"', "look / promise: is there twice"),
    (R, 'key = "kind"', 'axis = "x", key = "kind"', "axis belongs to the shape 'two_by_two'"),
    (R, 'key = "elsewhere"', 'key = "look"', "look: is there twice"),
    (R, 'key = "look"', 'lit_below = 2.0\nkey = "look"', "lit_below belongs to the shape 'warnings'"),
]


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(FaultyFile) as caught:
        load_questionnaire(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_questionnaire_that_we_break_is_sound(tmp_path: Path) -> None:
    assert [r.key for r in load_questionnaire(write_small(tmp_path)).readings] == ["look"]


@pytest.mark.parametrize(("file", "old", "new", "told"), ONE_FAULT)
def test_a_fault_is_told_with_place_and_repair(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    faults = faults_of(write_small(tmp_path, **{file: (old, new)}))
    assert any(told in fault for fault in faults), faults
    assert all(". " in fault for fault in faults), "no repair is told"


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        write_small(
            tmp_path,
            questions=('"loose", "close"', '"loose", "loose"'),
            en=('title = "How are we?"', 'titel = "How are we?"'),
            readings=('shape = "ranked"\nparts = [\n', 'shape = "round"\nparts = [\n'),
        )
    )
    assert {fault.split(":")[0] for fault in faults} == {"questions.toml", "en.toml", "readings.toml"}
    assert any("Did you mean 'title'?" in fault for fault in faults)


def test_a_two_by_two_needs_two_axes_of_dimensions(tmp_path: Path) -> None:
    faults = faults_of(
        write_small(tmp_path, readings=('shape = "ranked"\nparts = [\n', 'shape = "two_by_two"\nparts = [\n'))
    )
    assert any("needs two axes" in fault for fault in faults)
    assert any("Give every part a dimension" in fault for fault in faults)


def test_a_section_without_questions_is_a_fault(tmp_path: Path) -> None:
    empty = ('[[section]]\nkey = "last"', '[[section]]\nkey = "none"\nquestions = []\n\n[[section]]\nkey = "last"')
    assert any("section none: has no questions" in fault for fault in faults_of(write_small(tmp_path, questions=empty)))


def test_missing_structure_and_texts_are_told(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    faults = faults_of(tmp_path / "void")
    assert any("questions.toml: file: is missing" in fault for fault in faults)
    assert any("void: folder: holds no texts" in fault for fault in faults)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    text = (folder / "en.toml").read_text(encoding="utf-8").replace("How are we?", "Où sommes-nous?")
    (folder / "en.toml").write_bytes(text.replace("…", "...").encode("latin-1"))
    assert faults_of(folder) == ["en.toml: line 4: is not UTF-8. Save the file with the encoding UTF-8"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    (folder / "en.toml").write_bytes(b"\xef\xbb\xbf" + (folder / "en.toml").read_bytes())
    assert load_questionnaire(folder).texts["en"].title == "How are we?"


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    (folder / "en.toml").unlink()
    (folder / "en.toml").mkdir()
    assert any("en.toml: file: cannot be read" in fault for fault in faults_of(folder))


def test_only_texts_cannot_be_a_questionnaire(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "questions.toml").write_text(
        'key = "words"\nversion = 1\nminutes = 1\n[[section]]\nkey = "a"\nquestions = [{ id = "a.b", kind = "text" }]\n'
    )
    assert any("has no rating and no choice" in fault for fault in faults_of(folder))


def test_right_to_left_languages_are_recognised(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    arabic = (folder / "en.toml").read_text(encoding="utf-8").replace('language = "en"', 'language = "ar"')
    (folder / "ar.toml").write_text(arabic, encoding="utf-8")
    assert faults_of(folder) == ["ar.toml: direction: is 'ltr'. ar is written 'rtl'"]
    (folder / "ar.toml").write_text(arabic.replace('"ltr"', '"rtl"'), encoding="utf-8")
    assert load_questionnaire(folder).texts["ar"].direction == "rtl"
