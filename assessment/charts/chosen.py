"""Which description do we choose? Counts of a single choice as bars, in the questionnaire's order (charts 2.11)."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.tokens import Tokens, layout
from assessment.disclosure.values import Withheld
from assessment.findings.results import Results
from assessment.findings.tables import answer_words
from assessment.findings.words import reason, share_of

ROW, ROW_NARROW, HEAD = 56, 84, 8
LEFT = 400
LABEL, LABEL_NARROW = 52, 44
BAR = 26
"""Pixels and characters, as in the other charts."""


class ChosenRow(NamedTuple):
    """One choice (or several merged into one row): its words, its share of those who chose, and what is written."""

    label: str
    share: float
    text: str


class Chosen(NamedTuple):
    """Everything that is drawn of one single choice. Without rows `note` says why."""

    question: str
    rows: tuple[ChosenRow, ...]
    note: str
    alt: str


def chosen(results: Results, question_id: str) -> Chosen:
    """Compute the bars of one single choice of the alliance."""
    question = results.questionnaire.by_id[question_id]
    result = results.release.result(question_id)
    asked = results.texts.question[question_id]
    if result is None or result.columns is None:
        why = (result.why_columns or result.why) if result else Withheld.NOT_ASKED
        note = reason(why or Withheld.COLUMNS, results.release.rules.k)
        return Chosen(question_id, (), note, f"{asked} {note}.")
    total = result.columns.people
    rows = tuple(
        ChosenRow(answer_words(results, question, c.codes), c.people / total, share_of(c.people, total))
        for c in result.columns.columns
    )
    said = ", ".join(f"{row.label} {row.text}" for row in rows)
    return Chosen(question_id, rows, "", f"Bars of choices. {asked} {said}.")


def draw_chosen(chosen: Chosen, tokens: Tokens, narrow: bool = False) -> go.Figure:
    """Draw one bar per choice, all from one common line; nothing but an empty figure without rows."""
    if not chosen.rows:
        return go.Figure()
    row = ROW_NARROW if narrow else ROW
    figure = go.Figure(layout=layout(tokens, row * len(chosen.rows) + HEAD, 8 if narrow else LEFT, 8))
    drop = 0.28 if narrow else 0.0
    places = [len(chosen.rows) - 1 - at for at in range(len(chosen.rows))]
    figure.update_xaxes(range=[0, max(0.5, max(r.share for r in chosen.rows) + 0.12)])
    figure.update_yaxes(range=[-0.5, len(chosen.rows) - 0.5])
    figure.add_bar(
        orientation="h",
        y=[y - drop for y in places],
        x=[r.share for r in chosen.rows],
        width=BAR / row,
        marker={"color": tokens.inner, "line": {"width": 0}, "cornerradius": 3},
        text=[r.text for r in chosen.rows],
        textposition="outside",
        textfont={"size": 15, "color": tokens.ink},
        cliponaxis=False,
    )
    for y, line in zip(places, chosen.rows, strict=True):
        _label(figure, line.label, y, tokens, narrow)
    return figure


def _label(figure: go.Figure, words: str, y: float, tokens: Tokens, narrow: bool) -> None:
    figure.add_annotation(
        xref="paper",
        x=0,
        y=y + 0.46 if narrow else y,
        text="<br>".join(textwrap.wrap(words, LABEL_NARROW if narrow else LABEL)),
        showarrow=False,
        align="left",
        xanchor="left",
        yanchor="top" if narrow else "middle",
        xshift=0 if narrow else -LEFT + 4,
        font={"size": 16, "color": tokens.ink},
    )
