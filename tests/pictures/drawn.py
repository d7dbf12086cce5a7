"""Every picture of a round, in both forms, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from assessment.charts.answered import answered
from assessment.charts.chosen import chosen
from assessment.charts.dumbbell import dumbbell
from assessment.charts.heat import Heat, HeatCell, HeatRow, heat
from assessment.charts.quadrant import quadrant_plot
from assessment.charts.ranked import ranked
from assessment.charts.steering import steering_plot
from assessment.charts.strip import Strip, strip
from assessment.charts.tokens import Tokens
from assessment.charts.trend import Trend, TrendLine, TrendPoint
from assessment.disclosure.values import Verdict, Withheld
from assessment.findings.balance import steering
from assessment.findings.moments import Kind, Moment, timeline
from assessment.findings.results import Results
from assessment.pictures.answered import answered_picture
from assessment.pictures.bars import chosen_picture
from assessment.pictures.change import change_picture
from assessment.pictures.heat import heat_picture
from assessment.pictures.marks import INLINE, Picture
from assessment.pictures.ranked import ranked_picture
from assessment.pictures.square import square_picture
from assessment.pictures.steering import steering_picture
from assessment.pictures.strip import strip_picture
from assessment.pictures.timeline import timeline_picture
from assessment.pictures.trend import trend_picture
from tests.published import average, change, columns, result, told, whole_round

LOGGED = (
    Moment(date(2026, 10, 20), Kind.WIN, "The <rent> charter & the night bus, both in one long week of October", "Won"),
    Moment(date(2026, 10, 20), Kind.LEADERS, "9 volunteers: listening from door to door"),
)
TITLE = "Shared purpose & trust <are> our strongest sides"


class Drawn(NamedTuple):
    """A picture by its name."""

    name: str
    picture: Picture


def pictures_of(results: Results, narrow: bool, tokens: Tokens = INLINE) -> list[Drawn]:
    """Draw all that a round allows."""
    ratings = tuple(q.id for q, _ in results.questions if q.scale)
    choices = [q.id for q, _ in results.questions if not q.scale]
    pair = steering(results)
    made: dict[str, Callable[[], Picture]] = {
        "ranked": lambda: ranked_picture(ranked(results), tokens, narrow, TITLE),
        "change": lambda: change_picture(dumbbell(results, "r2"), tokens, narrow, TITLE),
        "answered": lambda: answered_picture(answered(results, ratings), tokens, narrow, TITLE),
        "square": lambda: square_picture(quadrant_plot((results,)), tokens, narrow, TITLE),
    }
    drawn = [Drawn(name, draw()) for name, draw in made.items()]
    drawn += [Drawn(f"trend {n}", trend_picture(rounds_of(results, n), tokens, narrow, TITLE)) for n in (3, 4, 9)]
    drawn.append(Drawn("timeline", timeline_picture(timeline((results,), LOGGED), tokens, narrow, TITLE)))
    drawn.append(Drawn("strip", strip_picture(groups_of(results), tokens, narrow, TITLE)))
    drawn.append(Drawn("heat", heat_picture(each_of(results), tokens, narrow, TITLE)))
    drawn += [Drawn(q, chosen_picture(chosen(results, q), tokens, narrow, TITLE)) for q in choices]
    if pair is not None:
        drawn.append(Drawn("steering", steering_picture(steering_plot(results, pair), tokens, narrow, TITLE)))
    return drawn


def groups_of(results: Results) -> Strip:
    """Return the dots of groups: some at the ends, one chosen, none where the measure is hidden."""
    value = strip(results, ())
    rows = [
        row if row.alliance is None else row._replace(groups=(1.0, 2.5, 5.0), chosen=3.3, number="3.3")
        for row in value.rows
    ]
    return value._replace(rows=tuple(rows))


def each_of(results: Results) -> Heat:
    """Return a table of groups with long names: some far from the alliance, at an end, or not shown."""
    value = heat(results, ())
    cells = (HeatCell("1.0", -2.2), HeatCell("≥ 4.6", None), HeatCell("–", None), HeatCell("4.8", 1.6))
    names = "Dockside Workers' Assembly of the Northern Harbour", "Youth", "Rechtsschutzversicherungsgesellschaft"
    whole = value.rows[0].cells
    shown = tuple(cells[i % 4] if cell.above is not None else cell for i, cell in enumerate(whole))
    rows = tuple(HeatRow(name, shown) for name in names)
    return value._replace(rows=(*value.rows, *rows))


def rounds_of(results: Results, count: int) -> Trend:
    """Return the same dimensions over some rounds, the second not shown, the last not comparable."""
    values = (3.0, None, 5.0, 4.6, 1.0, 2.0, 2.2, 3.1, 1.0)
    points = tuple(
        TrendPoint(place, value, (max(value - 0.3, 1.0), min(value + 0.3, 5.0)) if value else None, place < count - 1)
        for place, value in enumerate(values[:count])
    )
    names = tuple(f"Assembly of autumn {2026 + place}" for place in range(count))
    hidden = tuple(TrendPoint(place, None, None, False) for place in range(count))
    found = tuple(
        TrendLine(r.measure, results.name(r.measure), points if r.average else hidden) for r in results.dimensions
    )
    return Trend(names, found, 5, "Small lines.", ((0.4, Kind.WIN), (0.9, Kind.LEADERS)))


def everything_shown() -> Results:
    """A round of which all is shown, with dots from one end of the scale to the other."""
    spread = dict(zip(("purpose", "trust", "power", "wins", "leaders"), (5.0, 4.1, 1.1, 2.2, 3.3), strict=True))
    return whole_round(spread)


def everything_hidden() -> Results:
    """A round of which nothing is shown."""
    return told(*(result(r.measure, None, why=Withheld.PROTECTED) for r in everything_shown().release.results))


def moved() -> Results:
    """A round with every verdict, small columns, merged ones, and nothing else."""
    verdicts = zip(("purpose", "trust", "power", "wins", "leaders", "structure"), Verdict, strict=False)
    found = [result(name, average(3.4, 0.6), changes=(change(verdict, 1.2),)) for name, verdict in verdicts]
    merged = columns(((1, 2), 3), ((3,), 1), ((4, 5), 300), dont_know=0.7)
    asked = [q.id for q, _ in everything_shown().questions if q.scale]
    return told(*found, *(result(q, average(4.0), columns=merged) for q in asked))
