"""Panels of the screen of answers: the choice of a section, its figures, agreement."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.charts.answered import answered
from assessment.charts.chosen import chosen, draw_chosen
from assessment.charts.draw_answered import draw_answered
from assessment.findings.agreement import Spread, camps_sentence, closest, furthest, spreads, steps
from assessment.findings.answers import AnsweredSection, section_of, sections
from assessment.findings.results import Results
from assessment.findings.tables import answers_table, gaps
from assessment.findings.words import counted
from assessment.pictures.saving import Saved, as_file
from assessment.statistics.agreement import Agreement
from assessment.ui import panels
from assessment.ui.measures import wanted
from assessment.ui.text import plain

EVERYTHING = "all"
NONE_HERE = "None of the questions whose single answers are shown."


def choose_section(results: Results) -> str | None:
    """Offer the sections, that of the measure which the address names proposed; the address keeps the choice.

    None means all of them.
    """
    titles = {EVERYTHING: "Everything"} | {s.key: s.title for s in sections(results)}
    proposed = section_of(results, wanted())
    place = list(titles).index(proposed) if proposed in titles else 0
    picked = st.selectbox(
        "Section", list(titles), place, titles.__getitem__, key="section", bind="query-params", width=330
    )
    return None if picked == EVERYTHING else picked


def shown_in(results: Results, section: str | None) -> tuple[str, ...]:
    """Return the ratings that the screen shows: those of a section, or all."""
    return tuple(q.id for s in sections(results) if section in (None, s.key) for q in (*s.ratings, *s.choices))


def agreement(results: Results) -> None:
    """Show where we see it differently and where alike, beside each other."""
    found = spreads(results)
    with st.grid(2, gap="large", min_column_width=320) as grid:
        with grid.cell():
            panels.heading("Where we are furthest apart")
            _listed(results, furthest(found))
        with grid.cell():
            panels.heading("Where we are closest")
            _listed(results, closest(found))


def show_section(results: Results, section: AnsweredSection, marked: frozenset[str]) -> None:
    """Show one section: its ratings as bars, its choices, how many wrote, and all of it as a table."""
    panels.heading(section.title)
    if section.ratings:
        bars = answered(results, tuple(q.id for q in section.ratings))
        here = marked & {q.id for q in section.ratings}
        panels.chart(results, f"answered {section.key}", partial(draw_answered, bars, marked=here), bars.alt, here)
    for question in section.choices:
        rows = chosen(results, question.id)
        st.subheader(plain(results.texts.question[question.id]), anchor=False)
        if rows.rows:
            panels.chart(results, f"chosen {question.id}", partial(draw_chosen, rows), rows.alt)
        else:
            panels.soft(rows.note.capitalize() + ".")
    for asked, wrote in section.texts:
        said = (
            f"{counted(wrote, 'person', 'people')} wrote something." if wrote is not None else "Too few people wrote."
        )
        st.markdown(f"{plain(asked)}  \n:gray[{plain(said)}]")
    asked_here = section.ratings + section.choices
    if asked_here:
        panels.table(answers_table(results, asked_here, section.key), pictures=_pictures(results, section))
        panels.not_shown(gaps(results, tuple(q.id for q in asked_here)))


def _pictures(results: Results, section: AnsweredSection) -> list[Saved]:
    """Return the section's ratings and each of its choices as files to save."""
    bars = answered(results, tuple(q.id for q in section.ratings))
    found = [as_file(results, "ratings", bars, section.title)] if section.ratings else []
    for number, question in enumerate(section.choices, 1):
        rows = chosen(results, question.id)
        if rows.rows:
            found.append(as_file(results, f"choice-{number}", rows, results.texts.question[question.id]))
    return found


def _listed(results: Results, found: tuple[Spread, ...]) -> None:
    for one in found:
        split = one.word is Agreement.SPLIT
        said = camps_sentence(results, one.question) if split else f"{steps(one).capitalize()}."
        asked = plain(results.texts.question[one.question.id])
        st.markdown(f"**{asked}**  \n:gray[{plain(f'{one.word.capitalize()}. {said}')}]")
    if not found:
        panels.soft(NONE_HERE)
