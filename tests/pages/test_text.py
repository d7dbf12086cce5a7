"""People's words on the screens: shown as typed, never as links or icons. Figures: for those who may see them."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest

from assessment.charts.tokens import Tokens
from assessment.ui import panels
from assessment.ui.text import plain

LIVE = re.compile(r"https?://|www\.|\w@\w|:[\w/]+:|[a-z]+:\w+@", re.IGNORECASE)
"""What Streamlit's Markdown makes a link or an icon of, after it has read the escapes."""


@pytest.mark.parametrize(
    "name",
    [
        "https://evil.example",
        "HTTP://evil.example",
        "see www.evil.example",
        "WWW.evil.example",
        "a@b.example",
        "mailto:a@b.example",
        ":material/home:",
        ":smile:",
    ],
)
def test_a_name_becomes_neither_a_link_nor_an_icon(name: str) -> None:
    read = plain(name).replace("\\", "")
    assert LIVE.search(name)
    assert not LIVE.search(read)
    assert read.replace("\u2060", "") == name


def test_ordinary_sentences_hold_no_invisible_characters() -> None:
    assert plain("We are split: how shall we go on?").replace("\\", "") == "We are split: how shall we go on?"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85"])
def test_no_line_of_words_becomes_a_heading_or_code(end: str) -> None:
    assert plain(f"We agree{end}==={end}{end}    code").splitlines() == ["We agree ===      code"]


def test_a_figure_is_shared_only_by_those_who_see_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def draw(_: Tokens, __: bool) -> go.Figure:
        drawn.append(1)
        return go.Figure()

    def seen_by(*keys: str) -> Any:
        release = SimpleNamespace(facts=SimpleNamespace(round_id="r"), groups=[SimpleNamespace(key=k) for k in keys])
        return SimpleNamespace(release=release, texts=SimpleNamespace(language="en"))

    monkeypatch.setattr("streamlit.plotly_chart", lambda *_, **__: None)
    monkeypatch.setattr(panels, "is_dark", lambda: False)
    monkeypatch.setattr(panels, "is_narrow", lambda: False)
    for keys in (("alliance",), ("alliance",), ("alliance", "organisation:a"), ("alliance", "organisation:b")):
        panels.chart(seen_by(*keys), "told apart", draw, "")
    assert len(drawn) == 3
