"""How are we overall?"""

from functools import partial

from assessment import ui
from assessment.charts.ranked import draw_ranked, ranked
from assessment.findings.overview import caution, headline, subtitle
from assessment.findings.standouts import standouts
from assessment.findings.tables import gaps, ranking_table
from assessment.findings.titles import Place
from assessment.pictures.saving import as_file

person = ui.require(*ui.EVERYONE)
results = ui.results(person)

title = ui.finding(person, results, Place.OVERVIEW, headline(results), subtitle(results), caution(results))

dots = ranked(results)
if dots.shown:
    measures = tuple(row.measure for row in dots.rows)
    marked = ui.looked_for(results, measures, "overview")
    ui.chart(results, "ranked", partial(draw_ranked, dots, marked=marked), dots.alt, marked)
    ui.soft(dots.legend)
    ui.ways(results, measures, "answers", "The answers behind:")
else:
    ui.nothing_shown()
ui.table(ranking_table(results), pictures=[as_file(results, "ranking", dots, title, dots.legend)])
ui.not_shown(gaps(results, tuple(r.measure for r in results.dimensions)))

if found := standouts(results):
    ui.heading("What stands out")
    ui.findings(found, ui.look_at_answers(results, person))
