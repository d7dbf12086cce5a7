"""Findings as titles: computed, or in the coordinators' own words, which say so."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.alliance import titles
from assessment.alliance.values import Person
from assessment.findings.results import Results
from assessment.findings.titles import LONGEST, Place, Title, title
from assessment.ui import panels
from assessment.ui.entries import fresh, save
from assessment.ui.identity import COORDINATORS
from assessment.ui.instance import store


def finding(
    person: Person, results: Results, place: Place | None, computed: str, under: str = "", caution: str | None = None
) -> Title:
    """Show the title of a screen and return it; coordinators may write their own where there is a `place` for it."""
    shown = title(results, place, computed)
    panels.title(shown.words, under, caution)
    _told_apart(person, results, place, shown)
    return shown


def part_finding(person: Person, results: Results, place: Place, computed: str, under: str = "") -> Title:
    """Show the title of a part of a screen, as `finding`."""
    shown = title(results, place, computed)
    panels.heading(shown.words, under)
    _told_apart(person, results, place, shown)
    return shown


def _told_apart(person: Person, results: Results, place: Place | None, shown: Title) -> None:
    if shown.own:
        panels.soft(shown.note)
    if place is not None and person.role in COORDINATORS:
        with st.popover("Change this title", type="tertiary", key=fresh(f"title {place}")):
            _form(person, results, place, shown)


def _form(person: Person, results: Results, place: Place, shown: Title) -> None:
    which = (store(), results.release.facts.round_id, place)
    panels.soft("Your words stand above the chart, marked as yours. What the numbers say stays below them.")
    with st.form(f"title {place} form", border=False):
        words = st.text_input("Title", shown.words, LONGEST, key=f"title {place} words")
        if st.form_submit_button("Use this title", key=f"title {place} submit"):
            save(partial(titles.rewrite, *which, words, person), "The title is saved, here and on the members' page.")
    if shown.own and st.button("Take the computed title again", key=f"title {place} restore"):
        save(partial(titles.restore, *which, person), "The computed title stands again.")
