"""Panels of the screen of the alliance: what is kept and when it goes, results to take along, how to back up."""

from __future__ import annotations

import io
import json
from functools import partial

import streamlit as st

from assessment import rounds
from assessment.alliance.values import Person, Role
from assessment.disclosure.codec import to_json
from assessment.reports.spreadsheet import write_table
from assessment.ui import panels
from assessment.ui.instance import store

KEPT = (
    ("Answers of an open round", "Until the round is sealed; then they are destroyed, and so are the codes."),
    ("Answers that were begun and not sent", "They go when the round is sealed."),
    (
        "Written answers",
        "30 days after sealing where nobody showed them, else 90 days, unless you keep one on purpose.",
    ),
    ("Results of sealed rounds", "As long as this instance is kept. They hold no answer of a single person."),
    ("Wins, leaders, commitments, titles", "Until you remove them."),
    ("Who may sign in", "Until an owner takes it away. Signing in lasts 12 hours."),
    ("Who did what on these screens", "One year, without what anybody answered."),
    (
        "Phones in a retreat",
        "Votes until they are counted, all else until the retreat ends or a day after its last step. "
        "Nothing tells who held a phone.",
    ),
    ("Backups", "Whoever runs the server keeps them and deletes them after 14 days."),
)
BACKUP = "python -m assessment backup tend-backup.db"
BACKUP_WORDS = (
    "Whoever runs the server writes it with one command, while people go on answering. It holds the answers of open "
    "rounds: it belongs where nobody else comes."
)


def kept_panel() -> None:
    """Say what is kept and when it goes."""
    panels.heading("What is kept, and when it goes")
    panels.rows(("What", "Until when"), KEPT)


def export_panel(person: Person) -> None:
    """Offer the published results of a sealed round as files: exactly what this person may see on the screens."""
    sealed = {r.id: r.name for r in rounds.list_rounds(store(), person.alliance_id) if r.state == rounds.State.SEALED}
    panels.heading("Results to take along")
    if not sealed:
        panels.soft("There is nothing to take along before the first round is sealed.")
        return
    panels.soft(
        "Everything that you may see of a round, with every gap and its reason. No single answers: there are none."
    )
    chosen = st.selectbox("Round", list(sealed), format_func=sealed.__getitem__, key="export", width=330)
    with st.container(horizontal=True):
        for label, kind, made in (("As JSON", "json", as_json), ("As CSV, for a spreadsheet", "csv", as_csv)):
            name, mime = f"{file_name(sealed[chosen])}.{kind}", {"json": "application/json", "csv": "text/csv"}[kind]
            st.download_button(
                label, partial(made, person, chosen), name, mime, key=f"export {kind} {chosen}", on_click="ignore"
            )


def backup_panel(person: Person) -> None:
    """Say to owners how a backup is made."""
    if person.role is Role.OWNER:
        panels.heading("A backup")
        panels.soft(BACKUP_WORDS)
        st.code(BACKUP, language=None)


def as_json(person: Person, round_id: str) -> str:
    """Return what somebody may see of a round as JSON; data/README.md describes it."""
    release = rounds.published_for(store(), round_id, person)
    return json.dumps(to_json(release), ensure_ascii=False, indent=1, allow_nan=False)


def as_csv(person: Person, round_id: str) -> str:
    """Return what somebody may see of a round as CSV; data/README.md describes it."""
    out = io.StringIO()
    write_table(out, rounds.published_for(store(), round_id, person), rounds.questionnaire_of(store(), round_id))
    return "\ufeff" + out.getvalue()


def file_name(name: str) -> str:
    """Return a round's name as the beginning of a file's.

    >>> file_name("Spring 2026")
    'spring-2026-results'
    """
    return "".join(c if c.isalnum() else "-" for c in name.lower()) + "-results"
