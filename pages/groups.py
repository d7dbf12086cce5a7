"""Do groups see it differently? The round's one breakdown, where its rules allow."""

from functools import partial

from assessment import ui
from assessment.charts.heat import heat
from assessment.charts.strip import draw_strip, strip
from assessment.findings.overview import caution
from assessment.findings.tables import group_table
from assessment.findings.titles import Place
from assessment.pictures.saving import as_file
from assessment.ui import groups

person = ui.require(*ui.EVERYONE)
results = ui.results(person)
there = groups.visible(person, results)
if not there:
    groups.none_shown(results)

said, under = groups.title(results), groups.subtitle(results, there)
title = ui.finding(person, results, Place.GROUPS, said, under, caution(results))
chosen = groups.choose(results, there)
dots = strip(results, there, chosen)
names = ",".join(group.key for group in there)
marked = ui.looked_for(results, tuple(row.measure for row in dots.rows), "groups")
draw = partial(draw_strip, dots, marked=marked)
ui.chart(results, f"groups {names} {chosen.key if chosen else ''}", draw, dots.alt, marked)
ui.soft(dots.legend)
picture = as_file(results, "picture", dots, title, dots.legend)
ui.table(group_table(results, (chosen,) if chosen else there), pictures=[picture])
if len(there) > 1:
    groups.each(results, heat(results, there), there, names)
