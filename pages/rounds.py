"""Prepare a round, open it, follow it, seal it."""

from assessment import rounds, ui
from assessment.rounds import State
from assessment.ui import rounds as panels
from assessment.ui.instance import store

person = ui.require(*ui.COORDINATORS)
seen = rounds.list_rounds(store(), person.alliance_id)

ui.head(person)
ui.title(*panels.finding(seen))
ui.say_saved()

for place, one in enumerate(r for r in seen if r.state == State.OPEN):
    panels.open_panel(person, one, titled=place == 0)
for one in (r for r in seen if r.state == State.DRAFT):
    panels.draft_panel(person, one)
panels.new_panel(person, seen)
if sealed := [r for r in seen if r.state == State.SEALED]:
    panels.sealed_panel(person, sealed)
