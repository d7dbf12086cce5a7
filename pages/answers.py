"""What did people answer? Every question by section; where we see it alike, where we are split."""

from assessment import ui
from assessment.findings.answers import headline, sections, subtitle
from assessment.findings.overview import caution
from assessment.findings.titles import Place
from assessment.ui.answers import agreement, choose_section, show_section, shown_in

person = ui.require(*ui.EVERYONE)
results = ui.results(person)

ui.finding(person, results, Place.ANSWERS, headline(results), subtitle(results), caution(results))
chosen = choose_section(results)
marked = ui.looked_for(results, shown_in(results, chosen), "answers")
if chosen is None:
    agreement(results)
for section in sections(results):
    if chosen in (None, section.key):
        show_section(results, section, marked)
