"""The logs of wins and leaders as entries of the time axis."""

from __future__ import annotations

from functools import partial

from assessment.alliance.leaders import LeadersView, Post, list_leaders
from assessment.alliance.values import Person
from assessment.alliance.wins import WinView, list_wins
from assessment.charts.timeline import draw_timeline
from assessment.findings.moments import Kind, Moment, timeline
from assessment.findings.results import Results
from assessment.findings.tables import timeline_table
from assessment.findings.words import counted
from assessment.pictures.saving import as_file
from assessment.ui import panels
from assessment.ui.instance import store
from assessment.ui.wins import OUTCOMES

BETWEEN = "What happened between the rounds"
WHO = {Post.VOLUNTEER: ("volunteer", "volunteers"), Post.STAFF: ("member of staff", "members of staff")}


def logged(person: Person) -> tuple[Moment, ...]:
    """Return both logs of an alliance as entries of the time axis."""
    there = store()
    won = (_win(one) for one in list_wins(there, person.alliance_id))
    return (*won, *(_leaders(one) for one in list_leaders(there, person.alliance_id)))


def timeline_panel(history: tuple[Results, ...], entries: tuple[Moment, ...]) -> None:
    """Show the time axis of some rounds, oldest first; where the logs hold nothing of that time, one sentence."""
    results, shown = history[-1], timeline(history, entries)
    panels.heading(BETWEEN)
    if not shown.shown:
        panels.soft("The logs of wins and leaders hold nothing from this time.")
        return
    # The logs go on after sealing, so the figure is told apart by what it shows.
    panels.chart(results, f"timeline {hash(shown)}", partial(draw_timeline, shown), shown.alt)
    panels.soft(shown.legend)
    panels.table(timeline_table(results, shown), pictures=[as_file(results, "picture", shown, BETWEEN, shown.legend)])


def _win(one: WinView) -> Moment:
    more = ", ".join(one.names)
    return Moment(one.win.on, Kind.WIN, one.win.title, OUTCOMES[one.win.outcome] + (f". {more}" if more else ""))


def _leaders(one: LeadersView) -> Moment:
    grew = f"{counted(one.entry.people, *WHO[one.entry.post])}: {one.entry.skill}"
    return Moment(one.entry.on, Kind.LEADERS, grew, one.organisation or "Several organisations")
