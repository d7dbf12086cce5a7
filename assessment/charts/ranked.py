"""How are we overall? Every dimension as a dot on one scale, the highest on top (design, charts 2.1)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import plotly.graph_objects as go

from assessment.charts.scale import AXIS, LEFT, RIGHT, TOP_NARROW, draw_scale, mark_rows, row_height, row_text
from assessment.charts.tokens import Tokens, layout
from assessment.disclosure.rules import Lens
from assessment.disclosure.values import Average, Result, Withheld
from assessment.findings.overview import row_words
from assessment.findings.results import Results
from assessment.findings.words import in_sentence, reason, score


class RankedRow(NamedTuple):
    """One line: its label, where its dot, bands and diamond stand, and the words at its right.

    `value` is None where the measure is not shown; then `words` says why and nothing else of the row is set. `lit`
    marks a warning: its dot is a triangle.
    """

    measure: str
    label: str
    value: float | None
    score: str
    words: str
    band90: tuple[float, float] | None = None
    band50: tuple[float, float] | None = None
    other: float | None = None
    lit: bool = False


class Ranked(NamedTuple):
    """Everything that the ranked dot plot draws, for scales of 1 to `points`."""

    rows: tuple[RankedRow, ...]
    points: int
    legend: str
    alt: str

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw: an axis without a dot is not drawn."""
        return any(row.value is not None for row in self.rows)


def ranked(
    results: Results,
    chosen: tuple[Result, ...] | None = None,
    labels: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    lit: tuple[bool, ...] = (),
) -> Ranked:
    """Compute rows for the ranked dimensions of a round, or for chosen results in their order.

    `labels` and `words` replace what the rows are called and what is said beside them, `lit` marks warnings. What is
    not shown keeps its place, with the reason.
    """
    shown = results.dimensions if chosen is None else chosen
    rows = [_row(results, r) for r in shown]
    for place, label in enumerate(labels):
        rows[place] = rows[place]._replace(label=label)
    for place, said in enumerate(words):
        rows[place] = rows[place]._replace(words=said if rows[place].score else rows[place].words)
    for place, warned in enumerate(lit):
        rows[place] = rows[place]._replace(lit=warned)
    points = max((results.points(r.measure) for r in shown), default=5)
    made = tuple(rows)
    return Ranked(made, points, _legend(results, made), _alt(results, made, points))


def draw_ranked(ranked: Ranked, tokens: Tokens, narrow: bool = False, marked: Collection[str] = ()) -> go.Figure:
    """Draw the rows from top to bottom; an empty `Ranked` gives an empty figure. `marked` measures are tinted."""
    row = row_height((one.label for one in ranked.rows), narrow)
    left, right, top = (8, 8, TOP_NARROW) if narrow else (LEFT, RIGHT, 8)
    figure = go.Figure(layout=layout(tokens, row * len(ranked.rows) + AXIS, left, right, top))
    if not ranked.rows:
        return figure
    last = len(ranked.rows) - 1
    places = [(last - i, r) for i, r in enumerate(ranked.rows)]
    # On a narrow screen label and words stand above the line.
    drop = 0.24 if narrow else 0.0
    draw_scale(figure, ranked.points, len(ranked.rows), tokens)
    mark_rows(figure, (y for y, r in places if r.measure in marked), left, right, tokens)
    for band, colour in (("band90", tokens.outer), ("band50", tokens.inner)):
        _bands(figure, [(y - drop, getattr(r, band)) for y, r in places], colour, 17 / row)
    _marks(figure, [(y - drop, r) for y, r in places], tokens)
    for y, r in places:
        row_text(figure, y, (r.label, r.score, r.words), tokens, narrow, r.measure in marked)
    return figure


def _bands(figure: go.Figure, bands: list[tuple[float, tuple[float, float] | None]], colour: str, width: float) -> None:
    drawn = [(y, band) for y, band in bands if band is not None]
    figure.add_bar(
        orientation="h",
        y=[y for y, _ in drawn],
        base=[band[0] for _, band in drawn],
        x=[band[1] - band[0] for _, band in drawn],
        width=width,
        marker={"color": colour, "cornerradius": 9, "line": {"width": 0}},
    )


def _marks(figure: go.Figure, places: list[tuple[float, RankedRow]], tokens: Tokens) -> None:
    dots = [(y, r.value) for y, r in places if r.value is not None and not r.lit]
    lit = [(y, r.value) for y, r in places if r.value is not None and r.lit]
    diamonds = [(y, r.other) for y, r in places if r.other is not None]
    for drawn, marker in (
        (dots, {"symbol": "circle", "size": 16, "color": tokens.dot}),
        (lit, {"symbol": "triangle-up", "size": 20, "color": tokens.warning}),
        (diamonds, {"symbol": "diamond-open", "size": 16, "color": tokens.diamond, "line": {"width": 1.8}}),
    ):
        figure.add_scatter(mode="markers", y=[y for y, _ in drawn], x=[x for _, x in drawn], marker=marker)


def _row(results: Results, result: Result) -> RankedRow:
    label = results.name(result.measure)
    average = result.average
    if average is None:
        why = reason(result.why or Withheld.PROTECTED, results.release.rules.k)
        return RankedRow(result.measure, label, None, "", why)
    other = _exact(result.other_lens)
    words = row_words(results, result)
    return RankedRow(result.measure, label, average.value, score(average), words, average.band90, average.band50, other)


def _exact(average: Average | None) -> float | None:
    return average.value if average is not None and average.bound == "exact" else None


def _legend(results: Results, rows: tuple[RankedRow, ...]) -> str:
    voices = ("every person counting the same", "every organisation counting the same")
    dot, diamond = voices if results.release.rules.lens is Lens.PEOPLE else reversed(voices)
    invited = results.release.facts.invited
    everybody = f"all {invited:,}" if invited else "everybody"
    said = [f"Dot: average of those who answered, {dot}."]
    if any(row.other is not None for row in rows):
        said.append(f"Diamond: {diamond}.")
    if any(row.band90 for row in rows):
        said.append(f"Band: where the average of {everybody} would likely be, darker where it is likelier.")
    elif invited and results.release.facts.answered == invited:
        said.append("Everyone answered.")
    return " ".join([*said, _ends(results)])


def _ends(results: Results) -> str:
    """Say what the ends of the scale are called; the dimensions' questions use several sets of labels."""
    used = dict.fromkeys(q.scale.key for q, _ in results.questions if q.scale and q.scale.best == "high")
    labels = [results.texts.scale[key] for key in used]
    low, high = (list(dict.fromkeys(in_sentence(one[end], results.texts) for one in labels))[:2] for end in (0, -1))
    return f"From 1 “{' / '.join(low)}” to {len(labels[0])} “{' / '.join(high)}”." if labels else ""


def _alt(results: Results, rows: tuple[RankedRow, ...], points: int) -> str:
    shown = [row for row in rows if row.value is not None]
    facts = results.release.facts
    people = f"{facts.answered} of {facts.invited}" if facts.invited else str(facts.answered)
    lead = f"Dot plot of {len(rows)} averages from 1 to {points}, {people} people."
    if not shown:
        return f"{lead} None can be shown."
    top, bottom = (pick(shown, key=lambda row: row.value or 0) for pick in (max, min))
    ends = f" Highest {top.label} {top.score}, lowest {bottom.label} {bottom.score}."
    noted = "; ".join(f"{row.label} {row.words}" for row in shown if row.words)
    return lead + ends + (f" {noted}." if noted else "")
