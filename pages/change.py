"""What really changed between rounds?"""

from functools import partial

from assessment import ui
from assessment.charts.dumbbell import draw_dumbbell, dumbbell
from assessment.charts.trend import draw_trend, trend
from assessment.findings.changes import headline, subtitle
from assessment.findings.overview import caution
from assessment.findings.tables import change_table, trend_table
from assessment.findings.titles import Place
from assessment.pictures.saving import as_file
from assessment.ui.moments import logged, timeline_panel

person = ui.require(*ui.EVERYONE)
results = ui.results(person)
history = ui.history(person, results)
earlier = ui.compare_with(history)
before = earlier.release.facts.round_id

place = Place.CHANGE if before == results.previous else None
said, under = headline(results, before), subtitle(results, earlier)
title = ui.finding(person, results, place, said, under, caution(results))
pair = dumbbell(results, before)
measures = tuple(row.measure for row in pair.rows)
marked = ui.looked_for(results, measures, "change")
if pair.shown:
    ui.chart(results, f"change {before}", partial(draw_dumbbell, pair, marked=marked), pair.alt, marked)
    ui.soft(pair.legend)
    ui.ways(results, measures, "answers", "The answers behind:")
else:
    ui.nothing_shown()
entries = logged(person)
lines = trend(history, entries)
ui.table(change_table(results, before), pictures=[as_file(results, "picture", pair, title, pair.legend)])

if len(history) > 2:
    ui.heading("All rounds", lines.legend)
    ui.chart(results, f"trend {hash(lines.marks)}", partial(draw_trend, lines, marked=marked), lines.alt, marked)
    ui.table(trend_table(history), pictures=[as_file(results, "picture", lines, "All rounds", lines.legend)])
timeline_panel(history, entries)
