"""Plan a retreat, hold it, and read what is kept of it."""

from assessment import ui
from assessment.retreat.material import history, quotes
from assessment.retreat.plans import list_retreats
from assessment.ui import room, room_adding, room_plan
from assessment.ui.instance import store

person = ui.require(*ui.COORDINATORS)
there = list_retreats(store(), person.alliance_id)

ui.head(person)
ui.title(*room.finding(there))
ui.say_saved()
chosen = room.choose(there)
if chosen is not None:
    words = quotes(store(), person.alliance_id, chosen.round_id)
    show = room.running_panel if chosen.running else room.start_panel
    show(person, chosen)
    room_plan.plan_panel(person, chosen, words, history(store(), chosen.round_id))
    room_adding.add_panel(person, chosen, words)
room.new_panel(person, there)
room.records_panel(person, there)
