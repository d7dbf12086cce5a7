"""The measure that an address names (`?measure=…`): what is marked for it, and the ways to it from other screens."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from assessment.findings.looking import Looked, look
from assessment.findings.results import Results
from assessment.ui.navigation import kept, page_file
from assessment.ui.text import plain

MEASURE = "measure"


def wanted() -> str | None:
    """Return the measure that the address names, None where it names none."""
    return st.query_params.get(MEASURE) or None


def looked_for(results: Results, shown: Iterable[str], screen: str) -> frozenset[str]:
    """Say which rows are marked for the address, or why none is, with the way to the unmarked screen; return them."""
    found = look(results, wanted(), shown)
    if found.said:
        _say(found, screen)
    return found.rows


def ways(results: Results, measures: Iterable[str], screen: str, lead: str) -> None:
    """Offer a way to each of some measures on another screen, in one line of links."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f":gray[{plain(lead)}]", width="content")
        for measure in measures:
            way(results, measure, screen, results.name(measure))


def way(results: Results, measure: str, screen: str, label: str) -> None:
    """Offer the way to one measure on another screen, in the round that is looked at."""
    query = {**kept(), "round": results.release.facts.round_name, MEASURE: measure}
    st.page_link(page_file(screen), label=f":violet[{plain(label)}]", query_params=query, width="content")


def _say(found: Looked, screen: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(plain(found.said), width="content")
        rest = {key: value for key, value in kept().items() if key != MEASURE}
        label = "Show it unmarked" if found.rows else "Go on without it"
        st.page_link(page_file(screen), label=f":violet[{label}]", query_params=rest, width="content")
