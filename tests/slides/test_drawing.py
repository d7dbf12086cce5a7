"""Slides say what the results allow, hide what is not revealed, and keep people's words as words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.disclosure.values import Verdict, Withheld
from assessment.questionnaire.values import Scale, Section
from assessment.slides.drawing import DRAWN, draw, pages, slides
from assessment.slides.fonts import FONTS, PATH, RANGES, SERIF, faces, serif
from assessment.slides.joining import lobby
from assessment.slides.material import Material, Promised
from assessment.slides.page import Slide, html, in_pages
from assessment.slides.proposal import propose
from assessment.slides.steps import Kind, Step, new_step
from assessment.slides.style import STYLE
from assessment.slides.votes import Column
from tests.published import average, change, columns, result, told
from tests.slides.worlds import alike, counts_of, every_slide, hidden, material, split

PLANTED = 2.7182
CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def step_of(kind: Kind) -> Step:
    return next(step for step in propose((split(),)) if step.kind is kind)


def test_every_kind_of_step_is_drawn() -> None:
    assert set(DRAWN) == set(Kind)


def test_no_slide_has_a_script_a_style_of_its_own_or_a_foreign_address() -> None:
    for world in (split, alike, hidden):
        for name, made in every_slide((world(),)).items():
            for slide in made:
                assert not re.search(r"<script|\son\w+=|\sstyle=|href=|src=|nan%|inf%", html(slide)), name


def test_words_of_people_stay_words() -> None:
    planted = "<script>'\"&"
    there = Material(quotes={"t": planted}, promises=(Promised(planted, planted, True),), voted=planted, way_in=planted)
    talked = (
        new_step(Kind.TALK, planted, title=planted),
        new_step(Kind.QUOTE, planted, text_id="t"),
        new_step(Kind.COMMITMENTS, planted),
        new_step(Kind.POLL_CHOOSE, planted, options=(planted, "no")),
    )
    drawn = [draw(step, there, revealed=False) for step in talked]
    drawn.append(lobby(planted, planted, "<svg/>", planted, planted, planted))
    for piece in drawn:
        assert planted not in piece
        assert "&lt;script&gt;" in piece


@pytest.mark.parametrize("kind", [Kind.OVERVIEW, Kind.SPLIT, Kind.BALANCE, Kind.SUCCESS, Kind.CHANGE])
def test_an_unrevealed_guess_is_the_same_whatever_the_results_say(kind: Kind) -> None:
    step = replace(step_of(kind), predict=True)
    before = draw(step, material((split(),), counts_of(step)), revealed=False)
    assert before == draw(step, material((alike(),), ()), revealed=False)
    assert "At least 15 have voted" in before
    assert "tend.local/r · BCDFGH" in before
    assert pages(step, material((split(),)), revealed=False) == 1


@pytest.mark.parametrize("kind", [Kind.OVERVIEW, Kind.SPLIT, Kind.BALANCE, Kind.SUCCESS, Kind.CHANGE])
def test_a_guess_stands_beside_what_was_answered_and_the_whole_result_follows(kind: Kind) -> None:
    step = replace(step_of(kind), predict=True)
    there = material((split(),), counts_of(step))
    first = draw(step, there)
    assert "We guessed" in first
    assert "We answered" in first
    plain = replace(step, predict=False)
    assert pages(step, there) == 1 + pages(plain, there)
    assert slides(plain, there)[0] == slides(step, there)[1]


def test_too_few_guesses_are_not_shown_but_the_result_is() -> None:
    step = replace(step_of(Kind.SPLIT), predict=True)
    piece = draw(step, material((split(),), ()))
    assert "Too few have voted" in piece
    assert "42%" in piece


def test_a_poll_that_is_not_revealed_tells_no_count() -> None:
    step = new_step(Kind.POLL_FIST, "Shall we?")
    there = material((), (Column("0–2", 17), Column("5", 23)))
    assert "17" not in draw(step, there, revealed=False)
    shown = draw(step, there)
    assert "17" in shown
    assert "0–2" in shown
    assert "40 votes" in shown


def test_what_is_withheld_keeps_its_row_and_is_in_no_byte() -> None:
    secret = result("power", None, why=Withheld.PROTECTED)
    piece = draw(step_of(Kind.OVERVIEW), Material((told(secret, result("purpose", average(4.3))),)))
    assert "not shown, to protect a small group" in piece
    assert "Power and fairness" in piece
    assert piece.count("<circle") == 1


def test_the_coordinators_title_stands_in_the_place_of_the_finding() -> None:
    step = replace(step_of(Kind.OVERVIEW), title="What shall we look at?")
    assert slides(step, Material((split(),)))[0].title == "What shall we look at?"


def test_the_coordinators_words_are_told_from_what_the_numbers_say() -> None:
    own = replace(split(), own_titles={"overview": "We know why we are here", "balance": "x" * 140})
    (first, *_) = slides(step_of(Kind.OVERVIEW), Material((own,)))
    assert first.title == "We know why we are here"
    assert first.source.startswith("title by the coordinators")
    (whole, *_) = slides(step_of(Kind.BALANCE), Material((own,)))
    assert "x" not in whole.title
    assert "coordinators" not in whole.source


def test_a_title_gives_up_its_last_sentences_before_it_gets_too_long() -> None:
    step = replace(step_of(Kind.OVERVIEW), question=" ".join(["word"] * 19))
    title = slides(step, Material((split(),)))[0].title
    assert title == "Strongest: shared purpose."


def test_many_answers_stand_below_each_other_on_screens_of_their_own_and_are_not_guessed() -> None:
    plain = split()
    question = replace(plain.questionnaire.by_id["trust.promises"], scale=Scale("degree", 11))
    words = replace(plain.texts, scale={"degree": tuple(f"answer {n}" for n in range(1, 12))})
    asked = replace(plain.questionnaire, sections=(Section("trust", (question,)),), texts={"en": words})
    eleven = told(result("trust.promises", average(6.0), columns=columns(*[50] * 2, *[3] * 7, *[50] * 2)))
    history = (replace(eleven, questionnaire=asked, texts=words),)
    step = next(step for step in propose(history) if step.kind is Kind.SPLIT)
    made = slides(step, Material(history))
    assert [slide.body.count("<rect") for slide in made] == [6, 5]
    assert (step.guess, step.options) == ("", ())


def test_of_many_dimensions_the_telling_ones_come_first_and_none_is_lost() -> None:
    made = slides(step_of(Kind.OVERVIEW), Material((split(),)))
    names = [split().name(r.measure) for r in split().dimensions]
    assert [sum(f">{name}</span>" in slide.body for name in names) for slide in made] == [len(names) - 3, 3]
    assert [sum(f">{name}</span>" in slide.body for slide in made) for name in names] == [1] * len(names)
    for name in (names[0], names[-1]):
        assert f">{name}</span>" in made[0].body


@pytest.mark.parametrize("verdict", [Verdict.NONE, Verdict.UP])
@pytest.mark.parametrize("last", [3.0, 4.4])
def test_the_first_screen_always_has_what_its_title_names(last: float, verdict: Verdict) -> None:
    first, *others, lowest = [r.measure for r in split().dimensions]
    middle = [result(name, average(4.4), changes=(change(verdict),)) for name in others]
    made = told(result(first, average(4.6)), *middle, result(lowest, average(last)))
    screen = slides(step_of(Kind.OVERVIEW), Material((made,)))[0].body
    ends = [made.name(r.measure) for r in (made.dimensions[0], made.dimensions[-1])]
    assert [f">{name}</span>" in screen for name in ends] == [True, True]


def test_a_long_quote_goes_on_over_screens_where_its_sentences_end() -> None:
    step = new_step(Kind.QUOTE, "Which of these sentences stays with you?", text_id="t")
    words = "We win things. " + "We forget to rest and nobody says it aloud before it is too late for all of us. " * 2
    made = slides(step, Material(quotes={"t": words.strip()}))
    assert [slide.words <= 25 for slide in made] == [True] * len(made)
    assert len(made) == 3
    assert slides(step, Material())[0].title == "This cannot be shown"


def test_the_newest_promise_stands_at_the_bottom_of_the_last_screen() -> None:
    promises = tuple(Promised(f"{place} " + "x" * 90, "All of us", True) for place in range(9))
    made = slides(new_step(Kind.COMMITMENTS), Material(promises=promises))
    assert len(made) > 1
    assert made[-1].body.rindex("8 x") > made[-1].body.rindex("7 x")
    assert sum(slide.body.count("<li") for slide in made) == 9


def test_before_a_round_is_sealed_a_finding_says_so() -> None:
    assert slides(new_step(Kind.OVERVIEW, "What?"), Material())[0].title == "There are no results yet"


def test_rows_are_shared_evenly_among_screens() -> None:
    assert [len(page) for page in in_pages(range(17))] == [6, 6, 5]


def test_a_screen_says_which_of_several_it_is() -> None:
    assert "2 of 3" in html(Slide("Trust", ""), 1, 3)
    assert " of " not in html(Slide("Trust", ""), 0, 1)


def test_coordinators_screens_find_the_same_serif() -> None:
    named = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    assert SERIF in named["headingFont"]
    assert [(face["family"], face["url"], face["unicodeRange"]) for face in named["fontFaces"]] == [
        (SERIF, f"{PATH}/{serif(part)}", only) for part, only in RANGES.items()
    ]


def test_the_style_names_fonts_that_are_there_and_both_appearances() -> None:
    assert len(FONTS) == 1 + len(RANGES)
    assert all(path.read_bytes()[:4] == b"wOF2" for path in FONTS.values())
    assert faces() in STYLE
    assert "data-theme=dark" in STYLE
    assert "http" not in STYLE
