"""Panels of the screen of readings: one framework after the other, each drawn as its shape asks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.charts.answered import answered
from assessment.charts.chosen import chosen, draw_chosen
from assessment.charts.draw_answered import draw_answered
from assessment.charts.ranked import draw_ranked, ranked
from assessment.findings.discussion import OF_A_SHAPE, part_question
from assessment.findings.readings import LIT, Read, asked_in, finding, read, row_words, shown_readings
from assessment.findings.results import Results
from assessment.findings.tables import answers_table, ranking_table
from assessment.pictures.saving import as_file
from assessment.questionnaire.values import Reading
from assessment.ui import panels
from assessment.ui.measures import wanted, way
from assessment.ui.text import plain

EVERYTHING = "All of them"


def choose_readings(results: Results) -> tuple[Reading, ...]:
    """Offer the readings, that of the part which the address names proposed; the address keeps the choice."""
    there = {reading.title: reading for reading in shown_readings(results)}
    of_part = (wanted() or "").partition("/")[0]
    place = next((i for i, reading in enumerate(there.values(), 1) if reading.key == of_part), 0)
    picked = st.selectbox("Reading", [EVERYTHING, *there], place, key="reading", bind="query-params", width=420)
    return (there[picked],) if picked in there else tuple(there.values())


def part_ids(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Return what the parts of some readings are called in addresses."""
    return tuple(f"{reading.key}/{part.key}" for reading in readings for part in reading.parts)


def show_reading(results: Results, reading: Reading, marked: frozenset[str]) -> None:
    """Show one reading: its sentence, its parts, what is counted beside them, and questions to talk about.

    `marked` names parts that somebody looks for.
    """
    panels.heading(reading.title, reading.source)
    if said := finding(results, reading):
        st.write(plain(said))
    parts = read(results, reading)
    _averaged(results, reading, tuple(one for one in parts if one.result is not None), marked)
    _counted(results, reading)
    panels.talk(OF_A_SHAPE[reading.shape])
    here = marked & set(part_ids((reading,)))
    with st.expander("The parts: what each asks, and what to talk about", expanded=bool(here)):
        for one in parts:
            _part(results, reading, one, here)


def _averaged(results: Results, reading: Reading, scored: tuple[Read, ...], marked: frozenset[str]) -> None:
    """Show the averages of a reading's parts as dots, as a table and to save."""
    if not scored:
        return
    shown = tuple(one.result for one in scored if one.result)
    labels = tuple(one.part.title for one in scored)
    words = tuple(row_words(results, reading, one) for one in scored)
    dots = ranked(results, shown, labels, words, tuple(one.state == LIT for one in scored))
    here = frozenset(one.result.measure for one in scored if one.result and _id(reading, one) in marked)
    panels.chart(results, f"reading {reading.key}", partial(draw_ranked, dots, marked=here), dots.alt, here)
    panels.soft(dots.legend)
    table = ranking_table(results, shown, f"reading-{reading.key}", labels)
    panels.table(table, pictures=[as_file(results, "picture", dots, reading.title, dots.legend)])


def _part(results: Results, reading: Reading, one: Read, marked: frozenset[str]) -> None:
    """Show what a part asks, what to talk about, and the way to its answers."""
    lead = ":violet[▸] " if _id(reading, one) in marked else ""
    asked = plain(" ".join(asked_in(results, one.part)))
    st.markdown(f"{lead}**{plain(one.part.title)}**  \n:gray[{asked}]")
    panels.talk(part_question(reading, one.part))
    way(results, _id(reading, one), "answers", "See the answers")


def _id(reading: Reading, one: Read) -> str:
    return f"{reading.key}/{one.part.key}"


def _counted(results: Results, reading: Reading) -> None:
    """Show what a reading counts beside its averages: two-sided questions as bars, choices as theirs, all to save."""
    asked = results.questionnaire.by_id
    two_sided = [asked[q] for q in dict.fromkeys(q for part in reading.parts for q in part.two_sided) if q in asked]
    choices = [asked[q] for q in dict.fromkeys(q for part in reading.parts for q in part.choices) if q in asked]
    pictures = []
    bars = answered(results, tuple(q.id for q in two_sided))
    if bars.rows:
        panels.chart(results, f"beside {reading.key}", partial(draw_answered, bars), bars.alt)
        pictures.append(as_file(results, "bars", bars, reading.title))
    for number, question in enumerate(choices, 1):
        rows, words = chosen(results, question.id), results.texts.question[question.id]
        st.subheader(plain(words), anchor=False)
        if rows.rows:
            panels.chart(results, f"beside {reading.key} {question.id}", partial(draw_chosen, rows), rows.alt)
            pictures.append(as_file(results, f"choice-{number}", rows, words))
        else:
            panels.soft(rows.note.capitalize() + ".")
    if two_sided or choices:
        table = answers_table(results, (*two_sided, *choices), f"beside-{reading.key}")
        panels.table(table, "What is counted, as a table", pictures)
