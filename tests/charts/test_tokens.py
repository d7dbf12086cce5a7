"""Colours: readable on paper and at night, and the same as in the theme."""

from __future__ import annotations

import tomllib

import pytest

from assessment.charts.tokens import ANSWER_COLOURS, DARK, LIGHT, Tokens, answer_colour, text_on, tokens
from assessment.settings import ROOT


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_words_and_marks_stand_out_from_the_paper(colours: Tokens) -> None:
    assert contrast(colours.ink, colours.paper) > 7
    assert contrast(colours.soft, colours.paper) > 4.5
    assert contrast(colours.dot, colours.paper) > 3
    assert contrast(colours.diamond, colours.paper) > 3


@pytest.mark.parametrize("points", range(2, 12))
def test_numbers_can_be_read_on_every_answers_colour(points: int) -> None:
    for place in range(1, points + 1):
        colour = answer_colour(place, points)
        assert contrast(text_on(colour), colour) >= 4.5


def test_five_answers_have_the_colours_of_the_design() -> None:
    assert tuple(answer_colour(place, 5) for place in range(1, 6)) == ANSWER_COLOURS


@pytest.mark.parametrize(("name", "dark"), [("light", False), ("dark", True)])
def test_charts_and_theme_are_printed_on_the_same_paper(name: str, dark: bool) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][name]
    assert (theme["backgroundColor"], theme["textColor"]) == (tokens(dark).paper, tokens(dark).ink)
