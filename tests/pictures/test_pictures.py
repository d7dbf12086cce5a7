"""Pictures drawn from the charts' values: the same words, the same gaps, sound SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from assessment.charts.quadrant import quadrant_plot
from assessment.charts.ranked import RankedRow, ranked
from assessment.charts.strip import strip
from assessment.charts.tokens import DARK, LIGHT
from assessment.disclosure.values import Verdict, Withheld
from assessment.findings.results import Results
from assessment.pictures.marks import INLINE, framed, inline, page_style, saved
from assessment.pictures.ranked import ranked_picture
from assessment.pictures.rows import NARROW, WIDE
from assessment.pictures.saving import as_file
from tests.pictures.drawn import TITLE, everything_hidden, everything_shown, moved, pictures_of
from tests.published import average, change, result, told

PLANTED = 2.7182
WORLDS = {"shown": everything_shown, "hidden": everything_hidden, "moved": moved}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("world", WORLDS)
def test_every_picture_is_sound_svg_with_title_and_words_and_no_script(world: str, narrow: bool) -> None:
    drawn = pictures_of(WORLDS[world](), narrow)
    assert {"ranked", "change", "answered", "square", "steering"} <= {one.name for one in drawn}
    for name, picture in drawn:
        for written in (inline(picture), saved(picture)):
            root = ET.fromstring(written)
            plain = [child for child in root if child.tag.removeprefix(SVG) in {"title", "desc"}]
            assert [child.text for child in plain] == [TITLE, picture.alt], name
            assert picture.alt
            assert root.get("role") == "img"
            assert not re.search(r'<script|\son\w+=|style=|href|="-?(nan|inf)', written), name


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_picture_is_as_wide_as_what_it_is_for(narrow: bool) -> None:
    for name, picture in pictures_of(everything_shown(), narrow):
        assert picture.width <= (NARROW if narrow else WIDE), name
        assert picture.height > 100, name


def test_ranked_dots_stand_where_their_value_is() -> None:
    value = ranked(told(result("purpose", average(5.0, 0.0)), result("power", average(1.0, 0.0))))
    dots = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', ranked_picture(value, LIGHT, True, "t").marks)]
    assert dots == [NARROW - 13, 13.0]


def test_each_mark_of_a_row_is_drawn_once() -> None:
    full = RankedRow("power", "Power", 2.5, "2.5", "weak", (2.0, 3.0), (2.2, 2.8), 2.1)
    value = ranked(told(result("power", average(2.5))))._replace(rows=(full, full._replace(lit=True)))
    marks = ranked_picture(value, LIGHT, False, "t").marks
    assert marks.count("<rect") == 4
    assert marks.count(LIGHT.outer) == marks.count(LIGHT.inner) == 2
    assert marks.count("<circle") == 1
    assert marks.count(LIGHT.warning) == 1
    assert marks.count(f'stroke="{LIGHT.diamond}"') == 2


def test_what_is_withheld_is_in_no_byte_of_a_picture() -> None:
    hidden = result("power", None, why=Withheld.PROTECTED, changes=(change(Verdict.TOO_FEW, PLANTED),))
    results = told(hidden, result("purpose", average(4.3)))
    for narrow in (False, True):
        for _, picture in pictures_of(results, narrow):
            assert str(PLANTED) not in saved(picture)
        everything = "".join(saved(p) for _, p in pictures_of(everything_hidden(), narrow))
        assert "not shown" in everything
        assert not re.search(r"\d\.\d</text>|\d%</text>", everything)


def test_a_hidden_row_says_why_and_has_no_mark() -> None:
    picture = ranked_picture(ranked(told(result("power", None, why=Withheld.FEW))), LIGHT, False, "t")
    assert "not shown: fewer than 5 answers" in picture.marks
    assert "<circle" not in picture.marks


def test_words_of_people_stay_words() -> None:
    value = ranked(told(result("power", average(2.5))))
    planted = value._replace(rows=(value.rows[0]._replace(label='<script>"a"&b'),), alt="<b>&")
    written = saved(ranked_picture(planted, LIGHT, False, "</title>"))
    assert "<script>" not in written
    assert "&lt;script&gt;" in written
    assert ET.fromstring(written)[0].text == "</title>"


def test_inside_a_page_colours_are_the_pages_and_a_file_has_its_own() -> None:
    results = everything_shown()
    inside = "".join(inline(p) for _, p in pictures_of(results, True, INLINE))
    asked = set(re.findall(r"var\((--\w+)\)", inside))
    assert {"--ink", "--soft", "--dot", "--outer"} <= asked
    assert asked <= set(re.findall(r"(--\w+):", page_style()))
    for tokens in (LIGHT, DARK):
        assert tokens.dot in page_style()
    assert "var(" not in "".join(saved(p) for _, p in pictures_of(results, False, LIGHT))


def test_a_saved_picture_carries_its_title_source_and_legend() -> None:
    picture = ranked_picture(ranked(everything_shown()), LIGHT, False, TITLE)
    whole = framed(picture, "Harbour Alliance, Autumn 2026", "Dot: average of those who answered.")
    written = "".join(ET.fromstring(saved(whole)).itertext())
    assert "Harbour Alliance, Autumn 2026" in written
    assert "Dot: average of those who answered." in written
    assert (whole.width, whole.height) > (picture.width, picture.height)


@pytest.mark.parametrize("value", [ranked, lambda r: strip(r, ()), lambda r: quadrant_plot((r,))])
def test_a_chart_is_saved_with_its_finding_its_source_and_its_legend(value: Callable[[Results], object]) -> None:
    results = everything_shown()
    file = as_file(results, "ranking", value(results), "Trust went up", "Dot: average.")
    written = " ".join(ET.fromstring(file.svg).itertext())
    assert file.name == "ranking"
    for words in (
        "Trust went up",
        "Autumn 2026. 142 of 188 people answered. Sealed on 20 October 2026.",
        "Dot: average.",
    ):
        assert words in written


def test_what_no_picture_is_drawn_from_is_refused() -> None:
    with pytest.raises(TypeError, match="no picture is drawn from str"):
        as_file(everything_shown(), "x", "words", "t")


def test_where_no_row_has_a_mark_there_is_no_scale() -> None:
    marks = ranked_picture(ranked(everything_hidden()), LIGHT, True, "t").marks
    assert "<line" not in marks
    assert "not shown" in marks
