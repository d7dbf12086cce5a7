"""Which groups somebody may see, and the choice of one to look at."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.alliance.values import Person, Role
from assessment.charts.heat import Heat, draw_heat, numbered
from assessment.disclosure.rules import Attribution, Breakdown
from assessment.disclosure.values import Group, GroupKind
from assessment.findings.results import Results
from assessment.findings.tables import group_name, group_table
from assessment.findings.words import counted
from assessment.pictures.saving import as_file
from assessment.ui import panels
from assessment.ui.viewport import is_narrow

TITLES = {
    Breakdown.ORGANISATIONS: "How do organisations see it?",
    Breakdown.ROLES: "How do people in different roles see it?",
    Breakdown.CHAPTERS: "How do chapters see it?",
    Breakdown.NONE: "This round has no groups",
}
NONE = "No single one"
EACH = "Each of them"


def title(results: Results) -> str:
    """Return the question that the round's one breakdown answers."""
    return TITLES[results.release.rules.breakdown]


def subtitle(results: Results, groups: tuple[Group, ...]) -> str:
    """Return how many groups there are, and why some of their results are not."""
    hidden = "Where showing one would point at few people, it stays hidden."
    return f"{counted(len(groups), 'group')} in {results.release.facts.round_name}. {hidden}"


def visible(person: Person, results: Results) -> tuple[Group, ...]:
    """Return the groups that somebody may see: with "each its own" a reader's own organisation, nobody else's.

    None at all where not a single average of a group is shown: dots of the alliance alone would say nothing.
    """
    groups = tuple(g for g in results.release.groups if g.kind is not GroupKind.ALLIANCE)
    if not any(_shown(results, group) for group in groups):
        return ()
    if results.release.rules.attribution is not Attribution.OWN:
        return groups
    own = f"organisation:{person.organisation_id}" if person.role is Role.READER else None
    return tuple(g for g in groups if g.kind is not GroupKind.ORGANISATION or g.key == own)


def _shown(results: Results, group: Group) -> bool:
    found = (results.release.result(whole.measure, group.key) for whole in results.dimensions)
    return any(result is not None and result.average is not None for result in found)


def each(results: Results, value: Heat, groups: tuple[Group, ...], names: str) -> None:
    """Show the averages of every group in a table of colours, as numbers, and to save; `names` tells its figure."""
    panels.heading(EACH, "In the order of their names: this is no ranking.")
    panels.chart(results, f"each of {names}", partial(draw_heat, value), value.alt)
    if is_narrow():
        panels.soft(numbered(value))
    panels.soft(value.legend)
    table = group_table(results, groups)
    picture = as_file(results, "picture", value, EACH, f"{value.legend} {numbered(value)}")
    panels.table(table._replace(name=f"{table.name}-each"), pictures=[picture])


def none_shown(results: Results) -> None:
    """Say why there is nothing here, and end the page."""
    rules = results.release.rules
    if rules.breakdown is Breakdown.NONE:
        panels.title(title(results), "It was promised to speak of the whole alliance only.")
    elif rules.attribution is Attribution.OWN:
        panels.title(title(results), "Each organisation sees its own results only. Its reader signs in to see them.")
    else:
        panels.title(
            title(results), f"No group had {rules.k} answers or more, or showing it would point at a small one."
        )
    st.stop()


def choose(results: Results, groups: tuple[Group, ...]) -> Group | None:
    """Offer one group to look at; a single one is chosen already."""
    if len(groups) == 1:
        return groups[0]
    named = {group_name(results, group): group for group in groups}
    picked = st.selectbox("Look at", [NONE, *named], key="group", bind="query-params", width=420)
    return named.get(picked)
