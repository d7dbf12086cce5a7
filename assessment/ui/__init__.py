"""What Streamlit screens share: who is signed in, which round is looked at, and panels to show things in."""

from assessment.ui.choice import compare_with, head, history, look_at_answers, reading_or_stop, results
from assessment.ui.identity import COORDINATORS, EVERYONE, person, require
from assessment.ui.measures import looked_for, ways
from assessment.ui.panels import (
    chart,
    findings,
    heading,
    listed,
    not_shown,
    nothing_shown,
    say_saved,
    soft,
    table,
    title,
)
from assessment.ui.titles import finding, part_finding

__all__ = [
    "COORDINATORS",
    "EVERYONE",
    "chart",
    "compare_with",
    "finding",
    "findings",
    "head",
    "heading",
    "history",
    "listed",
    "look_at_answers",
    "looked_for",
    "not_shown",
    "nothing_shown",
    "part_finding",
    "person",
    "reading_or_stop",
    "require",
    "results",
    "say_saved",
    "soft",
    "table",
    "title",
    "ways",
]
