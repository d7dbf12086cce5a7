"""The sequence that a retreat is offered: what its results have to say, each with one question to talk about.

What has nothing to show is left out: no change after a first round, no split where there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from assessment.charts.quadrant import CORNERS
from assessment.charts.ranked import ranked
from assessment.findings import balance, changes, tattersall
from assessment.findings.agreement import closest, furthest, spreads
from assessment.findings.discussion import Topic, question
from assessment.findings.results import Results
from assessment.findings.words import in_sentence
from assessment.questionnaire.values import Question
from assessment.slides.polls import CHANGES
from assessment.slides.steps import (
    FEWEST_OPTIONS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Kind,
    Plan,
    Step,
    new_step,
)
from assessment.statistics.agreement import Agreement
from assessment.statistics.success import Ahead

TOPICS = {
    Kind.ANSWERED: Topic.HEARD,
    Kind.OVERVIEW: Topic.READING,
    Kind.ALIKE: Topic.ALIKE,
    Kind.SPLIT: Topic.SPLIT,
    Kind.BALANCE: Topic.BALANCE,
    Kind.SUCCESS: Topic.SUCCESS,
    Kind.CHANGE: Topic.CHANGE,
    Kind.COMMITMENTS: Topic.COMMITMENTS,
    Kind.QUOTE: Topic.WORDS,
}
"""What is talked about where the finding itself says nothing more special."""
AHEAD = {Ahead.WINS: Topic.WINS_AHEAD, Ahead.POWER: Topic.POWER_AHEAD}


def propose(history: tuple[Results, ...]) -> Plan:
    """Return the proposed steps of the newest of some sealed rounds; only to answer, and to promise, without any."""
    if not history:
        return (proposed(Kind.ANSWER_HERE), proposed(Kind.COMMITMENTS))
    results = history[-1]
    findings = (_answered, _overview, _alike, _split, _balance, _success, _change)
    cautious = (_answered, _overview)
    makers: tuple[Callable[[Results], Iterator[Step]], ...] = (
        findings if results.release.facts.speaks_for_all else cautious
    )
    return (*(step for make in makers for step in make(results)), proposed(Kind.COMMITMENTS))


def proposed(
    kind: Kind, topic: Topic | None = None, guess: str = "", options: tuple[str, ...] = (), **more: str
) -> Step:
    """Return a step; what it offers to guess is kept only where phones and the screen have room for it."""
    few = FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS and all(len(o) <= LONGEST_OPTION for o in options)
    fits = guess and len(guess) <= LONGEST_QUESTION and few
    guessed = {"guess": guess, "options": options} if fits else {}
    asked = topic or TOPICS.get(kind)
    return new_step(kind, question(asked) if asked else "", **more, **guessed)


def _answered(results: Results) -> Iterator[Step]:
    yield proposed(Kind.ANSWERED)


def _overview(results: Results) -> Iterator[Step]:
    value = ranked(results)
    shown = [row for row in value.rows if row.value is not None]
    if not shown:
        return
    lowest = shown[-1]
    guess = f"{lowest.label}: where will our average lie?"
    yield proposed(Kind.OVERVIEW, None, guess, _labels_of(results, lowest.measure), measure=lowest.measure)


def _alike(results: Results) -> Iterator[Step]:
    if any(one.word is Agreement.ALIKE for one in closest(spreads(results))):
        yield proposed(Kind.ALIKE)


def _split(results: Results) -> Iterator[Step]:
    apart = [s for s in furthest(spreads(results)) if s.word in {Agreement.SPLIT, Agreement.DIFFERENT}]
    if apart:
        asked = apart[0].question
        topic = Topic.STEERING if asked.pair else Topic.SPLIT
        yield proposed(Kind.SPLIT, topic, *expected(results, asked), measure=asked.id)


def _balance(results: Results) -> Iterator[Step]:
    leaning = balance.leanings(results)
    if leaning:
        first = next((one for one in leaning if one.pull), leaning[0]).question
        yield proposed(Kind.BALANCE, None, *expected(results, first), measure=first.id)


def _success(results: Results) -> Iterator[Step]:
    if tattersall.axes(results) or any(result.average for _, result in tattersall.cells(results)):
        told = tattersall.named_quadrant(results) is not None
        guess = "Wins and power: where do we stand?" if told else ""
        ahead = tattersall.gap_finding(results)
        topic = AHEAD.get(ahead.ahead) if ahead else None
        yield proposed(Kind.SUCCESS, topic, guess, tuple(CORNERS.values()))


def _change(results: Results) -> Iterator[Step]:
    before = results.previous
    compared = [c for c in changes.changes(results, before) if c.before is not None and c.now] if before else []
    if not before or not compared:
        return
    first = compared[0]
    guess = f"{first.name} since {results.earlier[before]}: what do our answers say?"
    yield proposed(Kind.CHANGE, None, guess, CHANGES, measure=first.measure)


def expected(results: Results, about: Question) -> tuple[str, tuple[str, ...]]:
    """Return what the room guesses about one question, and its answers."""
    asked = results.texts.question[about.id]
    longer = f"What did most of us say? {asked}"
    return longer if len(longer) <= LONGEST_QUESTION else asked, results.texts.counted(about)


def _labels_of(results: Results, dimension: str) -> tuple[str, ...]:
    """Return the answers in which a dimension is mostly asked, as they stand on its scale."""
    asked = [q for q, _ in results.questions if q.dimension == dimension and q.scale and not q.reverse]
    used = Counter(q.scale.key for q in asked if q.scale)
    if not used:
        return ()
    labels = results.texts.scale[used.most_common(1)[0][0]]
    return tuple(f"{place} {in_sentence(label, results.texts)}" for place, label in enumerate(labels, 1))
