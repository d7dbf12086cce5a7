"""Who answered, how we see ourselves, what changed, wins and power: slides of averages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assessment.charts.dumbbell import DumbbellRow, dumbbell
from assessment.charts.quadrant import CORNERS, Place, quadrant_plot
from assessment.charts.ranked import Ranked, RankedRow, ranked
from assessment.findings import changes, overview, tattersall
from assessment.findings.results import Results
from assessment.findings.words import counted, number
from assessment.slides.material import Material
from assessment.slides.page import MOST_ROWS, Slide, in_pages, source, told
from assessment.slides.rows import Line, as_bars, on_a_scale
from assessment.slides.steps import Step
from assessment.slides.tracks import Track, per_cent, svg

STRENGTHS = ("chance", "maybe", "clear")
"""Classes of a line between then and now, by how surely it speaks."""
FEWEST_ROWS = 3
"""Rows that are left for the second screen: one alone would look like something forgotten."""


def who_answered(step: Step, material: Material) -> list[Slide]:
    """Draw how many people and organisations were heard."""
    results = material.results
    facts = results.release.facts
    people = f"{facts.answered:,} of {facts.invited:,}" if facts.invited else f"{facts.answered:,}"
    bars = [("People", facts.answered / facts.invited if facts.invited else 1.0, people, "heard")]
    if facts.organisations_heard is not None and facts.organisations_invited:
        share = facts.organisations_heard / facts.organisations_invited
        written = f"{facts.organisations_heard:,} of {facts.organisations_invited:,}"
        bars.append(("Organisations", share, written, "heard"))
    finding = (
        f"{people} of us were heard" if facts.invited else f"{counted(facts.answered, 'person', 'people')} answered"
    )
    title, question = told(results, step, finding, "The views of those who answered")
    alt = ", ".join(f"{label}: {written}" for label, _, written, _ in bars) + "."
    return [Slide(title, as_bars(bars, _mirrored(results), of_all=True), question, facts.round_name, alt)]


def how_we_see_ourselves(step: Step, material: Material) -> list[Slide]:
    """Draw the dimensions on one scale; of more than eight the most telling first."""
    results = material.results
    value = ranked(results)
    title, question = told(results, step, overview.headline(results), "How do we see ourselves?")
    diamonds = "organisations" in title and any(row.other is not None for row in value.rows)
    below = source(results, "◇ each organisation counting the same" if diamonds else "")
    return [
        Slide(title, _ranked(value, rows, diamonds, _mirrored(results)), question, below, value.alt)
        for rows in _telling_first(value)
    ]


def what_changed(step: Step, material: Material) -> list[Slide]:
    """Draw every dimension then and now, the surest change on top."""
    results = material.results
    if results.previous is None:
        return []
    value = dumbbell(results, results.previous)
    track = Track(value.points, _mirrored(results))
    neutral = "What changed between our rounds?"
    title, question = told(results, step, changes.headline(results, results.previous) + ".", neutral)
    keys = (("before", results.earlier[results.previous]), ("now", results.release.facts.round_name))
    return [
        Slide(title.removesuffix("."), on_a_scale(_moved(rows, track), track), question, alt=value.alt, keys=keys)
        for rows in in_pages(value.rows)
    ]


def wins_and_power(step: Step, material: Material) -> list[Slide]:
    """Draw the square of social change and social power, and on a second screen its four cells."""
    results = material.results
    plot = quadrant_plot(material.history[-1:])  # only where we stand now is drawn, and told
    title, question = told(results, step, tattersall.headline(results), "Are our wins matched by the power we build?")
    made = []
    if plot.places:
        body = _square(plot.places, plot.points, plot.axis_titles)
        made.append(Slide(title, body, question, source(results), plot.alt, "success"))
    four = tuple(result for _, result in tattersall.cells(results))
    if four:
        value = ranked(results, four)
        body = _ranked(value, value.rows, False, _mirrored(results))
        made.append(Slide(title, body, question, source(results), value.alt))
    return made


def _telling_first(value: Ranked) -> list[list[RankedRow]]:
    """Return the rows of each screen; of too many the first has the highest, the lowest, and those with words."""
    shown = [row for row in value.rows if row.value is not None]
    if len(shown) <= MOST_ROWS:
        return in_pages(value.rows)
    middle = (len(shown) - 1) / 2
    ends = shown[0], shown[-1]
    telling = sorted(shown, key=lambda row: (row not in ends, not row.words, -abs(shown.index(row) - middle)))
    kept = telling[: min(MOST_ROWS, len(shown) - FEWEST_ROWS)]
    first = [row for row in shown if row in kept]
    return [first, *in_pages([row for row in value.rows if row not in first])]


def _ranked(value: Ranked, rows: Sequence[RankedRow], diamonds: bool, mirrored: bool) -> str:
    track = Track(value.points, mirrored)
    places = [value.rows.index(row) for row in rows]
    lines = [
        Line(row.label, _dot(row, track, diamonds), row.score or row.words, at > 0 and places[at] > places[at - 1] + 1)
        for at, row in enumerate(rows)
    ]
    return on_a_scale(lines, track)


def _dot(row: RankedRow, track: Track, diamonds: bool) -> str:
    if row.value is None:
        return ""
    bands = [track.band(band, form) for band, form in ((row.band90, "outer"), (row.band50, "inner")) if band]
    other = f'<text class="diamond" x="{track.at(row.other)}" y="50%">◇</text>' if diamonds and row.other else ""
    return "".join([*bands, track.dot(row.value, "dot"), other])


def _moved(rows: Sequence[DumbbellRow], track: Track) -> list[Line]:
    lines = []
    for row in rows:
        marks = []
        if row.before is not None and row.now is not None:
            marks.append(track.line((row.before, row.now), STRENGTHS[row.strength]))
        marks += [track.dot(v, form) for v, form in ((row.before, "before"), (row.now, "now")) if v is not None]
        alone = number(row.now) if row.now is not None else row.words
        lines.append(Line(row.label, "".join(marks), row.numbers or alone))
    return lines


def _square(places: tuple[Place, ...], points: int, titles: tuple[str, str]) -> str:
    corners = "".join(
        f'<span class="corner {"top" if up > 0 else "low"} {"right" if across > 0 else "left"}">{escape(words)}</span>'
        for (across, up), words in CORNERS.items()
    )
    ground = '<line x1="50%" x2="50%" y1="0" y2="100%"/><line x1="0" x2="100%" y1="50%" y2="50%"/>'
    even = '<line class="even" x1="0" x2="100%" y1="100%" y2="0"/>'
    field = svg("field", ground + even) + corners + svg("field marks", _cross(places[-1], points))
    told_beside = "".join(
        f'<p><b class="number">{number(value)}</b><span class="label">{escape(title)} {way}</span></p>'
        for title, value, way in zip(titles, (places[-1].change, places[-1].power), ("→", "↑"), strict=True)
    )
    return f'<div class="square" dir="ltr">{field}</div><div class="axes">{told_beside}</div>'


def _cross(place: Place, points: int) -> str:
    def at(value: float) -> float:
        return (value - 1) / (points - 1)

    x, y = per_cent(at(place.change)), per_cent(1 - at(place.power))
    made = []
    if place.change_band:
        low, high = (per_cent(at(end)) for end in place.change_band)
        made.append(f'<line class="reach" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>')
    if place.power_band:
        low, high = (per_cent(1 - at(end)) for end in place.power_band)
        made.append(f'<line class="reach" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>')
    return "".join([*made, f'<circle class="dot" cx="{x}" cy="{y}"/>'])


def _mirrored(results: Results) -> bool:
    return results.texts.direction == "rtl"
