"""Are our wins matched by the power we build?"""

from functools import partial

import streamlit as st

from assessment import ui
from assessment.charts.quadrant import draw_quadrant, quadrant_plot
from assessment.charts.ranked import draw_ranked, ranked
from assessment.findings.overview import caution
from assessment.findings.tables import gaps, ranking_table
from assessment.findings.tattersall import cells, headline, reading, subtitle
from assessment.findings.titles import Place
from assessment.pictures.saving import as_file
from assessment.ui import leaders, wins

person = ui.require(*ui.EVERYONE)
results = ui.results(person)
source = ui.reading_or_stop(reading(results))
four = tuple(result for _, result in cells(results))
square = quadrant_plot(ui.history(person, results))
dots = ranked(results, four)

title = ui.finding(person, results, Place.SUCCESS, headline(results), subtitle(results), caution(results))
marked = ui.looked_for(results, tuple(row.measure for row in dots.rows), "success")
beside = st.grid(2, gap="large", min_column_width=430)
with beside.cell():
    ui.heading(source.title)
    if square.places:
        ui.chart(results, "quadrant", partial(draw_quadrant, square), square.alt)
        ui.soft("Cross: where everybody's averages would likely be. Numbers: earlier rounds. Dashed: balanced.")
    else:
        ui.soft(square.note)
with beside.cell():
    ui.heading("The four cells")
    ui.chart(results, "cells", lambda tokens, _: draw_ranked(dots, tokens, True, marked), dots.alt, marked)
    ui.soft(f"{dots.legend} {source.source}.")

files = (("square", square, ""), ("cells", dots, dots.legend))
pictures = [as_file(results, name, value, title, legend) for name, value, legend in files]
ui.table(ranking_table(results, four, "success"), pictures=pictures)
ui.not_shown(gaps(results, tuple(result.measure for result in four)))

wins.wins_panel(person)
leaders.leaders_panel(person)
wins.way_to_the_logs(person)
