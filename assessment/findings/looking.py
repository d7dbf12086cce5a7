"""Where a measure stands on a screen: the address names one (`?measure=…`), the screen marks its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assessment.findings.results import Results
from assessment.findings.words import listed
from assessment.questionnaire.values import Part

LONGEST = 60
"""Characters of an unknown name that are repeated to whoever asked for it."""


class Looked(NamedTuple):
    """What an address asks a screen for: the rows to mark, and that in words. Nothing asked for: both empty.

    `rows` is empty, too, where the screen has no such row; `said` then tells so. `known`: the round asks it.
    """

    rows: frozenset[str] = frozenset()
    said: str = ""
    known: bool = False


def look(results: Results, wanted: str | None, shown: Iterable[str]) -> Looked:
    """Find the rows among `shown` that tell of a measure: the measure itself, else those that share a question."""
    if not wanted:
        return Looked()
    name, behind, rows = results.name(wanted), questions_behind(results, wanted), tuple(shown)
    round_name = results.release.facts.round_name
    if not behind:
        return Looked(said=f"{round_name} asks nothing that is called “{_short(wanted)}”. All of it is shown.")
    if wanted in rows:
        return Looked(frozenset({wanted}), f"You look for: {name}", True)
    related = [row for row in rows if behind & questions_behind(results, row)]
    if not related:
        return Looked(said=f"Not on this screen: {name}", known=True)
    what = listed([results.name(row) for row in related]) if len(related) < 3 else f"{len(related)} rows"
    return Looked(frozenset(related), f"You look for: {name}. Here it is part of: {what}", True)


def questions_behind(results: Results, measure: str) -> frozenset[str]:
    """Return the round's questions that a question, a dimension, a part or an axis rests on; empty if unknown."""
    asked = results.questionnaire
    if measure in asked.by_id:
        return frozenset({measure})
    if measure in asked.dimensions:
        return frozenset(q.id for q in asked.questions if q.dimension == measure)
    key, _, name = measure.partition("/")
    parts = (p for r in asked.readings if r.key == key for p in r.parts if name in {p.key, p.axis})
    return frozenset().union(*(_of_part(results, part) for part in parts))


def _of_part(results: Results, part: Part) -> frozenset[str]:
    named = {*part.questions, *part.two_sided, *part.choices}
    of_dimension = questions_behind(results, part.dimension) if part.dimension else frozenset[str]()
    return frozenset(named & results.questionnaire.by_id.keys()) | of_dimension


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + " …"
