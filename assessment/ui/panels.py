"""Panels that several screens show: titles, charts, tables, what is not shown and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from assessment.charts.shared import Shared
from assessment.charts.tokens import Tokens, tokens
from assessment.findings.results import Results
from assessment.findings.standouts import Finding
from assessment.findings.tables import Table, csv_text
from assessment.pictures.saving import Saved
from assessment.ui.text import plain
from assessment.ui.viewport import is_dark, is_narrow

STATIC = {"staticPlot": True, "displayModeBar": False, "responsive": True}
Draw = Callable[[Tokens, bool], go.Figure]


def title(finding: str, under: str = "", caution: str | None = None) -> None:
    """Show what a screen has to say as its title, who said it beneath, and a warning where one belongs."""
    st.title(plain(finding), anchor=False)
    if under:
        soft(under)
    if caution:
        st.warning(plain(caution))


def heading(words: str, under: str = "") -> None:
    """Show the heading of a part of a screen."""
    st.header(plain(words), anchor=False)
    if under:
        soft(under)


def soft(words: str) -> None:
    """Show words in the quiet colour."""
    st.markdown(f":gray[{plain(words)}]")


def talk(question: str) -> None:
    """Show the one question that something is talked about with."""
    st.markdown(f":gray[To talk about:] {plain(question)}")


def chart(results: Results, name: str, draw: Draw, alt: str, marked: frozenset[str] = frozenset()) -> None:
    """Show a figure of a release; `name` and the rows that are marked in it tell it from the release's others."""
    name = " ".join([name, *sorted(marked)])
    # one string: Streamlit takes its time over each part of a key
    seen, language = " ".join(group.key for group in results.release.groups), results.texts.language
    figure = _drawn(results.release.facts.round_id, seen, name, language, is_dark(), is_narrow(), draw)
    # A figure with a width of its own (a square) keeps it; all others fill the line.
    width: Literal["stretch", "content"] = "stretch" if figure.layout.width is None else "content"
    st.plotly_chart(figure, theme=None, config=STATIC, alt=alt, key=f"chart {name}", width=width)


def nothing_shown() -> None:
    """Say in the place of a chart that nothing of it can be shown; `not_shown` tells why."""
    soft("None of these averages can be shown. Below is why.")


@st.cache_resource(max_entries=600, show_spinner=False)
def _drawn(round_id: str, seen: str, name: str, language: str, dark: bool, narrow: bool, _draw: Draw) -> go.Figure:
    # A release never changes: its finished figures are shared by all who may see the same groups of it.
    return Shared(_draw(tokens(dark), narrow))


def table(shown: Table, label: str = "As a table", pictures: Sequence[Saved] = ()) -> None:
    """Offer the numbers of a chart as a table and as a file, with the same gaps, and its pictures to save."""
    with st.expander(f"{label}, and to save" if pictures else label):
        rows(shown.columns, shown.rows)
        with st.container(horizontal=True):
            file, key = f"{shown.name}.csv", f"csv {shown.name}"
            st.download_button("Download as CSV", csv_text(shown), file, "text/csv", key=key, on_click="ignore")
            for one in pictures:
                name = f"{shown.name}-{one.name}"
                label = "Save the picture" if len(pictures) == 1 else f"Save the picture: {plain(one.name)}"
                file, key = f"{name}.svg", f"svg {name}"
                st.download_button(label, one.svg, file, "image/svg+xml", key=key, on_click="ignore")


def listed(label: str, sentences: Sequence[str]) -> None:
    """Offer sentences one below the other, folded away."""
    if sentences:
        with st.expander(label):
            for sentence in sentences:
                st.write(plain(sentence))


def rows(columns: Sequence[str], there: Iterable[Sequence[str]]) -> None:
    """Show rows of words as a table; on a narrow window one below the other, where a table would have to be pushed.

    Without rows nothing is shown: what is missing is said in words beside.
    """
    there = list(there)
    if not is_narrow() and there:
        # Streamlit sends Arrow; from rows it would get there by way of pandas, in ten times the time.
        cells = [[plain(cell) for cell in column] for column in zip(*there, strict=True)]
        st.table(pa.table(cells, heads(columns)), hide_index=True)
        return
    for first, *others in there:
        said = " · ".join(f"{name}: {value}" for name, value in zip(columns[1:], others, strict=True) if value)
        st.markdown(f"**{plain(first)}**  \n:gray[{plain(said)}]")


def heads(columns: Sequence[str]) -> list[str]:
    """Return names of columns so that Markdown shows them as they are, none of them twice.

    A round stands in a column of its own, and may be called like another one.

    >>> heads(("Dimension", "*May*", "Dimension"))
    ['Dimension', '\\\\*May\\\\*', 'Dimension ']
    """
    return [plain(name) + " " * list(columns[:place]).count(name) for place, name in enumerate(columns)]


def not_shown(gaps: Iterable[tuple[str, str]]) -> None:
    """Say what is withheld and why: (what, why) pairs; nothing where there is no gap."""
    found = list(gaps)
    if found:
        with st.expander(f"What is not shown, and why ({len(found)})"):
            for what, why in found:
                st.markdown(f"**{plain(what)}**  \n:gray[{plain(why)}]")


def findings(found: Iterable[Finding], look_at: Callable[[str | None], None]) -> None:
    """Show what stands out, two beside each other; `look_at` adds the way to the section that a finding is about."""
    with st.grid(2, gap=("small", "large"), min_column_width=320) as grid:
        for one in found:
            with grid.cell():
                st.subheader(plain(one.headline), anchor=False)
                soft(one.detail)
                talk(one.discuss)
                look_at(one.measure)


def saved(words: str) -> None:
    """Keep a sentence to be shown after the next run: "saved" is said when it was saved."""
    st.session_state["said"] = words


def say_saved() -> None:
    """Show the sentence that the last run left, once."""
    words = st.session_state.pop("said", None)
    if words:
        st.success(plain(words))
