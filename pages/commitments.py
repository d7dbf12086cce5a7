"""What did we promise each other, and what became of it?"""

from assessment import ui
from assessment.alliance.commitments import list_commitments
from assessment.ui import commitments
from assessment.ui.choice import sealed_results
from assessment.ui.instance import store

person = ui.require(*ui.EVERYONE)
history = sealed_results(person)
there = list_commitments(store(), person.alliance_id)

ui.head(person)
ui.title(commitments.finding(there), commitments.UNDER)
ui.say_saved()
commitments.list_panel(there, history)
if person.role in ui.COORDINATORS:
    commitments.keep_panel(person, there, history)
