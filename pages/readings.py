"""The same answers, read through the frameworks that alliances already know."""

from assessment import ui
from assessment.findings.answers import subtitle
from assessment.findings.overview import caution
from assessment.findings.readings import headline
from assessment.ui.readings import choose_readings, show_reading

person = ui.require(*ui.EVERYONE)
results = ui.results(person)

ui.title(headline(results), subtitle(results), caution(results))
for reading in choose_readings(results):
    show_reading(results, reading)
