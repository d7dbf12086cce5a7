"""How are we steered, and how should we be? The value of `charts.steering` as a picture."""

from __future__ import annotations

from assessment.charts.steering import SteeringBar, SteeringPlot
from assessment.charts.tokens import Tokens, answer_colour
from assessment.findings.words import number
from assessment.pictures.bars import Bar, bars
from assessment.pictures.letters import lines, width
from assessment.pictures.marks import Picture, arrow, block, block_height, dot, line, text
from assessment.pictures.rows import LABEL, NARROW, SMALL, WIDE

HEAD = 74.0
"""Height of the line with both averages."""


def steering_picture(plot: SteeringPlot, tokens: Tokens, narrow: bool, title: str) -> Picture:
    """Draw both averages on a line from the first answer to the last, and below how many want which answer."""
    whole = NARROW if narrow else WIDE
    made, at = _averages(plot, tokens, whole)
    if plot.bars:
        rows = [_bar(plot, bar) for bar in plot.bars]
        drawn, height = bars(rows, tokens, narrow, tokens.outline)
    else:
        note = lines(plot.note, LABEL, whole)
        drawn, height = block(0, 0, note, LABEL, tokens.soft), block_height(note, LABEL) + 4
    return Picture(
        whole, at + height, f'{made}<g transform="translate(0 {at:.1f})">{drawn}</g>', title, plot.alt or plot.note
    )


def _bar(plot: SteeringPlot, bar: SteeringBar) -> Bar:
    reach = (bar.width - 1) / 2
    merged = plot.labels[round(bar.place - reach) - 1 : round(bar.place + reach)]
    return Bar(" or ".join(merged), bar.share, bar.text, answer_colour(bar.place, len(plot.labels)))


def _averages(plot: SteeringPlot, tokens: Tokens, whole: float) -> tuple[str, float]:
    marks = [(plot.now, "today", tokens.before), (plot.needed, "needed", tokens.now)]
    shown = [(value, word, colour) for value, word, colour in marks if value is not None]
    if not shown:
        return "", 0.0
    left, right, y = 12.0, whole - 12.0, 36.0
    at = {word: left + (value - 1) / (len(plot.labels) - 1) * (right - left) for value, word, _ in shown}
    made = [line(left, y, right, y, tokens.middle, 2)]
    if plot.arrow and len(at) == 2 and abs(at["needed"] - at["today"]) > 24:
        way = 9 if at["needed"] > at["today"] else -9
        made.append(arrow(at["today"] + way, at["needed"] - way, y, tokens.now))
    for value, word, colour in shown:
        said = f"{number(value)} {word}"
        half = width(said, LABEL) / 2
        place = min(max(at[word], half), whole - half)
        foot = y - 14 if word == "needed" else y + 26
        made += [dot(at[word], y, 7.5, colour), text(place, foot, said, LABEL, tokens.ink, "middle")]
    ends = [lines(label, SMALL, whole / 2 - 12) for label in (plot.labels[0], plot.labels[-1])]
    made += [block(0, HEAD, ends[0], SMALL, tokens.soft), block(whole, HEAD, ends[1], SMALL, tokens.soft, "end")]
    return "".join(made), HEAD + max(block_height(end, SMALL) for end in ends) + 12
