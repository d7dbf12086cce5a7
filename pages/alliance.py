"""Who we are: organisations, who may sign in, what is kept and when it goes, results to take along."""

from assessment import ui
from assessment.alliance.organisations import list_organisations
from assessment.ui import keeping, organisations, people
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
keeping.kept_panel()
keeping.export_panel(person)
keeping.backup_panel(person)
