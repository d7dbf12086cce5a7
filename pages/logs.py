"""What did we win, and who grew? The two logs that coordinators keep; everybody reads them beside Success."""

from assessment import ui
from assessment.ui import leaders, wins

person = ui.require(*ui.COORDINATORS)

ui.head(person)
ui.title("What we keep track of", wins.READ_BY)
ui.say_saved()

wins.wins_panel(person)
wins.keep_panel(person)
leaders.leaders_panel(person)
leaders.keep_panel(person)
