"""Panels of the screen of readings: one framework after the other, each drawn as its shape asks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.charts.answered import answered
from assessment.charts.chosen import chosen, draw_chosen
from assessment.charts.draw_answered import draw_answered
from assessment.charts.ranked import draw_ranked, ranked
from assessment.findings.discussion import OF_A_SHAPE, part_question
from assessment.findings.readings import LIT, asked_in, finding, read, row_words, shown_readings
from assessment.findings.results import Results
from assessment.findings.tables import ranking_table
from assessment.pictures.saving import as_file
from assessment.questionnaire.values import Reading
from assessment.ui import panels
from assessment.ui.text import plain

EVERYTHING = "All of them"


def choose_readings(results: Results) -> tuple[Reading, ...]:
    """Offer the readings; the address keeps the choice."""
    there = {reading.title: reading for reading in shown_readings(results)}
    picked = st.selectbox("Reading", [EVERYTHING, *there], key="reading", bind="query-params", width=420)
    return (there[picked],) if picked in there else tuple(there.values())


def show_reading(results: Results, reading: Reading) -> None:
    """Show one reading: its sentence, its parts, what is counted beside them, and a question to talk about."""
    panels.heading(reading.title, reading.source)
    if said := finding(results, reading):
        st.write(plain(said))
    parts = read(results, reading)
    scored = [one for one in parts if one.result is not None]
    if scored:
        chosen_results = tuple(one.result for one in scored if one.result)
        labels = tuple(one.part.title for one in scored)
        words = tuple(row_words(results, reading, one) for one in scored)
        lit = tuple(one.state == LIT for one in scored)
        dots = ranked(results, chosen_results, labels, words, lit)
        panels.chart(results, f"reading {reading.key}", partial(draw_ranked, dots), dots.alt)
        table = ranking_table(results, chosen_results, f"reading-{reading.key}", labels)
        panels.table(table, pictures=[as_file(results, "picture", dots, reading.title, dots.legend)])
    _counted(results, reading)
    panels.talk(OF_A_SHAPE[reading.shape])
    with st.expander("The parts: what each asks, and what to talk about"):
        for one in parts:
            asked = plain(" ".join(asked_in(results, one.part)))
            st.markdown(f"**{plain(one.part.title)}**  \n:gray[{asked}]")
            panels.talk(part_question(reading, one.part))


def _counted(results: Results, reading: Reading) -> None:
    """Show what a reading counts beside its averages: two-sided questions as bars, choices as theirs."""
    two_sided = tuple(dict.fromkeys(q for part in reading.parts for q in part.two_sided))
    bars = answered(results, two_sided)
    if bars.rows:
        panels.chart(results, f"beside {reading.key}", partial(draw_answered, bars), bars.alt)
    for question in dict.fromkeys(q for part in reading.parts for q in part.choices):
        if question in results.questionnaire.by_id:
            rows = chosen(results, question)
            st.subheader(plain(results.texts.question[question]), anchor=False)
            if rows.rows:
                panels.chart(results, f"beside {reading.key} {question}", partial(draw_chosen, rows), rows.alt)
            else:
                panels.soft(rows.note.capitalize() + ".")
