"""Who we are: the organisations of the alliance, and who may sign in."""

from assessment import ui
from assessment.alliance.organisations import list_organisations
from assessment.ui import organisations, people
from assessment.ui.instance import store

person = ui.require(*ui.COORDINATORS)
there = list_organisations(store(), person.alliance_id)

ui.head(person)
ui.title(organisations.finding(there), "Who is asked when a round opens.")
ui.say_saved()

organisations.list_panel(there)
organisations.add_panel(person, there)
organisations.change_panel(person, there)
people.list_panel(person)
