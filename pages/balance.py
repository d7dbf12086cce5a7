"""Where does our energy go: inward or outward; and how are we steered: each on its own, or together?"""

from functools import partial

from assessment import ui
from assessment.charts.answered import answered
from assessment.charts.draw_answered import draw_answered
from assessment.charts.steering import draw_steering, steering_plot
from assessment.findings import balance
from assessment.findings.overview import caution
from assessment.findings.tables import answers_table, gaps
from assessment.findings.titles import Place
from assessment.pictures.saving import as_file

person = ui.require(*ui.EVERYONE)
results = ui.results(person)
asked = tuple(q for q, _ in results.questions if q.scale and q.scale.best == "middle")
pair = balance.steering(results)

said, under = balance.headline(results), balance.subtitle(results)
title = ui.finding(person, results, Place.BALANCE, said, under, caution(results))
if asked:
    bars = answered(results, tuple(q.id for q in asked))
    shown = (*(row.question for row in bars.rows), *((pair.now.id, pair.needed.id) if pair else ()))
    marked = ui.looked_for(results, shown, "balance")
    ui.chart(results, "balance", partial(draw_answered, bars, marked=marked), bars.alt, marked)
    ui.soft("About right stands across the line. Neither side is good or bad: it depends on the work.")
    ui.listed("In words", [one.words for one in balance.leanings(results)])
    picture = as_file(results, "balance", bars, title)
    ui.table(answers_table(results, asked, "balance"), pictures=[picture])
    ui.not_shown(gaps(results, tuple(q.id for q in asked)))
if pair is not None:
    said, under = balance.steering_headline(results, pair), balance.steering_subtitle(results, pair)
    title = ui.part_finding(person, results, Place.STEERING, said, under)
    plot = steering_plot(results, pair)
    ui.chart(results, "steering", partial(draw_steering, plot), plot.alt)
    ui.soft("Bars: how many want what for the work ahead. Dots: the averages of today and of what is needed.")
    picture = as_file(results, "steering", plot, title)
    ui.table(answers_table(results, (pair.now, pair.needed), "steering"), pictures=[picture])
