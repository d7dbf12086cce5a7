"""What the members' page says of a sealed round: the alliance's results in words and pictures, drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from assessment import rounds
from assessment.charts.answered import answered
from assessment.charts.dumbbell import dumbbell
from assessment.charts.quadrant import quadrant_plot
from assessment.charts.ranked import ranked
from assessment.charts.steering import steering_plot
from assessment.charts.tokens import Tokens
from assessment.findings import balance, changes, overview, tattersall
from assessment.findings.agreement import Spread, camps_sentence, closest, furthest, spreads, steps
from assessment.findings.answers import headline as agreement_headline
from assessment.findings.results import Results
from assessment.findings.tables import Table, answers_table, change_table, gaps, ranking_table
from assessment.findings.titles import Place, Title
from assessment.findings.titles import title as titled
from assessment.findings.words import listed, texts_for
from assessment.pictures.answered import answered_picture
from assessment.pictures.change import change_picture
from assessment.pictures.marks import INLINE, Picture, inline
from assessment.pictures.ranked import ranked_picture
from assessment.pictures.square import square_picture
from assessment.pictures.steering import steering_picture
from assessment.statistics.agreement import Agreement
from assessment.storage.engine import Store

KEPT_IN_MEMORY = 64
MOST_APART = 4
ON_A_PHONE, ON_PAPER = "phone", "wide"
"""Classes of the two forms of a picture; the style sheet shows the one that fits."""

Draw = Callable[[Tokens, bool], Picture]


class Point(NamedTuple):
    """One sentence with the words behind it."""

    said: str
    behind: str


class Part(NamedTuple):
    """A part of the page: its finding, who or what it is about, its picture in two forms, its points, its numbers.

    `note` says that coordinators wrote the heading.
    """

    heading: str
    under: str
    drawn: tuple[Markup, ...]
    legend: str
    lists: tuple[tuple[str, tuple[Point, ...]], ...] = ()
    table: Table | None = None
    note: str = ""


class MembersPage(NamedTuple):
    """The page but for what changes after sealing. `hidden`: why something is not shown, and what."""

    round_name: str
    sealed_on: str
    title: Title
    under: str
    caution: str | None
    parts: tuple[Part, ...]
    hidden: tuple[Point, ...]
    k: int
    language: str
    direction: str


@lru_cache(maxsize=KEPT_IN_MEMORY)
def members_page(store: Store, round_id: str, own_titles: tuple[tuple[str, str], ...] = ()) -> MembersPage:
    """Return the page of a sealed round, which never changes but for the coordinators' own titles, by their places.

    Raise RoundError while there are no results.
    """
    results = replace(as_members_see(store, round_id), own_titles=dict(own_titles))
    facts = results.release.facts
    parts = [_overall(results), *_change(results), *_agreement(results), *_balance(results), *_success(results)]
    return MembersPage(
        facts.round_name,
        day(facts.sealed_on),
        titled(results, Place.OVERVIEW, overview.headline(results)),
        overview.subtitle(results),
        overview.caution(results),
        tuple(parts),
        _hidden(results),
        results.release.rules.k,
        results.texts.language,
        results.texts.direction,
    )


def day(when: date) -> str:
    """Return a day as the page writes it."""
    return f"{when:%d %B %Y}".lstrip("0")


def as_members_see(store: Store, round_id: str) -> Results:
    """Return a round as everybody may see it. Of earlier rounds it knows only what it says itself of them."""
    view = rounds.round_view(store, round_id)
    before = [r.facts for r in rounds.releases(store, view.alliance_id)]
    earlier = {f.round_id: f.round_name for f in before[: [f.round_id for f in before].index(round_id)]}
    questionnaire = rounds.questionnaire_of(store, round_id)
    texts = texts_for(questionnaire, view.plan.languages[0])
    return Results(rounds.published_for_members(store, round_id), questionnaire, texts, earlier)


def _drawn(draw: Draw) -> tuple[Markup, ...]:
    pictures = ((draw(INLINE, True), ON_A_PHONE), (draw(INLINE, False), ON_PAPER))
    # Every word in a picture was escaped where it was drawn.
    return tuple(Markup(inline(picture, form)) for picture, form in pictures if picture.height)  # noqa: S704


def _overall(results: Results) -> Part:
    value, heading = ranked(results), "How we see ourselves"
    drawn = _drawn(lambda tokens, narrow: ranked_picture(value, tokens, narrow, heading))
    return Part(heading, "", drawn, value.legend, table=ranking_table(results))


def _change(results: Results) -> Iterator[Part]:
    before = results.previous
    if before is None:
        return
    value, title = dumbbell(results, before), titled(results, Place.CHANGE, changes.headline(results, before))
    drawn = _drawn(lambda tokens, narrow: change_picture(value, tokens, narrow, title.words))
    under = f"{results.earlier[before]} and {results.release.facts.round_name}."
    yield Part(title.words, under, drawn, value.legend, (), change_table(results, before), title.note)


def _agreement(results: Results) -> Iterator[Part]:
    found = spreads(results)
    if not found:
        return
    apart, alike = furthest(found)[:MOST_APART], closest(found)
    title = titled(results, Place.ANSWERS, agreement_headline(results))
    value = answered(results, tuple(s.question.id for s in apart))
    drawn = _drawn(lambda tokens, narrow: answered_picture(value, tokens, narrow, title.words))
    lists = (
        ("Where we are furthest apart", _points(results, apart)),
        ("Where we are closest", _points(results, alike)),
    )
    asked = tuple(s.question for s in (*apart, *alike))
    table = answers_table(results, asked, "agreement")
    yield Part(title.words, "", drawn, BARS if drawn else "", lists, table, title.note)


def _balance(results: Results) -> Iterator[Part]:
    asked = tuple(q for q, _ in results.questions if q.scale and q.scale.best == "middle")
    if asked:
        value = answered(results, tuple(q.id for q in asked))
        title = titled(results, Place.BALANCE, balance.headline(results))
        drawn = _drawn(lambda tokens, narrow: answered_picture(value, tokens, narrow, title.words))
        under = balance.subtitle(results)
        table = answers_table(results, asked, "balance")
        yield Part(title.words, under, drawn, ABOUT_RIGHT, (), table, title.note)
    yield from _steering(results)


def _steering(results: Results) -> Iterator[Part]:
    pair = balance.steering(results)
    if pair is None:
        return
    value = steering_plot(results, pair)
    title = titled(results, Place.STEERING, balance.steering_headline(results, pair))
    drawn = _drawn(lambda tokens, narrow: steering_picture(value, tokens, narrow, title.words))
    under = balance.steering_subtitle(results, pair)
    table = answers_table(results, (pair.now, pair.needed), "steering")
    yield Part(title.words, under, drawn, STEERED, (), table, title.note)


def _success(results: Results) -> Iterator[Part]:
    four = tuple(result for _, result in tattersall.cells(results))
    if not four:
        return
    square, title = quadrant_plot((results,)), titled(results, Place.SUCCESS, tattersall.headline(results))
    cells, heading = ranked(results, four), "The four sides of success"
    drawn = _drawn(lambda tokens, narrow: square_picture(square, tokens, narrow, title.words))
    legend = CROSS if square.places else ""
    yield Part(title.words, tattersall.subtitle(results), drawn, legend, note=title.note)
    drawn = _drawn(lambda tokens, narrow: ranked_picture(cells, tokens, narrow, heading))
    yield Part(heading, "", drawn, "", table=ranking_table(results, four, "success"))


def _points(results: Results, found: tuple[Spread, ...]) -> tuple[Point, ...]:
    return tuple(Point(results.texts.question[s.question.id], _spread_words(results, s)) for s in found)


def _spread_words(results: Results, found: Spread) -> str:
    said = camps_sentence(results, found.question) if found.word is Agreement.SPLIT else f"{steps(found).capitalize()}."
    return f"{found.word.capitalize()}. {said}"


def _hidden(results: Results) -> tuple[Point, ...]:
    """Return each reason once, with everything that it hides."""
    by_reason: dict[str, list[str]] = {}
    for what, why in gaps(results, tuple(results.measures)):
        by_reason.setdefault(why, []).append(what)
    return tuple(Point(why, listed(what)) for why, what in by_reason.items())


BARS = (
    "Left of the line stand answers below the middle of the scale, right of it those above. "
    "The middle answer and “can't say” stand apart."
)
ABOUT_RIGHT = "“About right” stands across the line. Neither side is good or bad: it depends on the work."
STEERED = "Dots: the averages of today and of what is needed. Bars: how many want what for the work ahead."
CROSS = "Cross: where everybody's averages would likely be. Dashed: balanced."
