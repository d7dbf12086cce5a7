"""The same answers, read through the frameworks that alliances already know."""

from assessment import ui
from assessment.findings.answers import subtitle
from assessment.findings.overview import caution
from assessment.findings.readings import headline
from assessment.findings.titles import Place
from assessment.ui.readings import choose_readings, part_ids, show_reading

person = ui.require(*ui.EVERYONE)
results = ui.results(person)

ui.finding(person, results, Place.READINGS, headline(results), subtitle(results), caution(results))
chosen = choose_readings(results)
marked = ui.looked_for(results, part_ids(chosen), "readings")
for reading in chosen:
    show_reading(results, reading, marked)
