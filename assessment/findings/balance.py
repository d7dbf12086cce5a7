"""Inward or outward, on our own or together: questions without a good end (statistics 1.8, charts 2.6).

The words rest on published columns alone (R17). A column that reaches over the middle counts as the middle: a side is
then named a little too seldom, never too often.
"""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Columns, Result
from assessment.findings.agreement import Spread, camps_sentence, spread
from assessment.findings.results import Results
from assessment.findings.words import in_sentence, number, share_of
from assessment.questionnaire.values import Question
from assessment.statistics.agreement import Agreement
from assessment.statistics.balance import Lean, lean, two_sided

INWARD, OUTWARD = "inward", "outward"


class Leaning(NamedTuple):
    """One two-sided question: where it leans, and that in words; `pull` is inward, outward or None."""

    question: Question
    lean: Lean
    words: str
    pull: str | None


class Steering(NamedTuple):
    """How we are steered now and should be: averages (None where not shown exactly), agreement on what is needed."""

    now: Question
    needed: Question
    now_value: float | None
    needed_value: float | None
    spread: Spread | None

    @property
    def agreed(self) -> bool:
        """Whether people agree enough on what is needed for a direction to be told."""
        return self.spread is not None and self.spread.word not in {Agreement.SPLIT, Agreement.DIFFERENT}


def leanings(results: Results) -> tuple[Leaning, ...]:
    """Return every question whose good place is the middle and whose columns are shown."""
    asked = [(q, r.columns) for q, r in results.questions if q.scale and q.scale.best == "middle"]
    return tuple(_leaning(results, q, columns) for q, columns in asked if columns)


def headline(results: Results) -> str:
    """Return where the energy goes, where the questions about inward and outward tell it; else a question."""
    poles = [one for one in leanings(results) if one.question.pole]
    pulls = [one.pull for one in poles]
    if not results.release.facts.speaks_for_all or not pulls:
        return "Where does our energy go?"
    if INWARD in pulls and OUTWARD in pulls:
        return "Our energy is pulled both ways"
    if INWARD in pulls:
        return "Our energy leans inward"
    if OUTWARD in pulls:
        return "Our energy leans outward"
    right = all(one.lean is Lean.RIGHT for one in poles)
    return "Our energy is about where it should be" if right else "Where does our energy go?"


def subtitle(results: Results) -> str:
    """Return the sentence behind the title: what people find too much and too little of inward and outward."""
    return " ".join(one.words for one in leanings(results) if one.pull)


def steering(results: Results) -> Steering | None:
    """Return the pair of questions about autonomy and control, None where the round did not ask it."""
    asked = {q.id: (q, r) for q, r in results.questions if q.scale and q.scale.best == "none" and q.pair}
    pairs = (one for one in asked.values() if one[0].pair in asked)
    now, now_result = next(pairs, (None, None))
    if now is None or now_result is None:
        return None
    needed, needed_result = asked[str(now.pair)]
    found = spread(needed, needed_result.columns, results.judged) if needed_result.columns else None
    return Steering(now, needed, _exact(now_result), _exact(needed_result), found)


def steering_headline(results: Results, found: Steering) -> str:
    """Return whether we agree on what is needed, and only then the way it points."""
    if not results.release.facts.speaks_for_all or found.spread is None:
        return "How are we steered, and how should we be?"
    if found.spread.word is Agreement.SPLIT:
        return "We are split on how we should be steered"
    if not found.agreed or found.now_value is None or found.needed_value is None:
        return "We do not agree on how we should be steered"
    step = results.judged.step(results.judged.notable, found.needed.options)
    difference = round(found.needed_value - found.now_value, 9)
    if abs(difference) < step:
        return "We are steered about as we should be"
    return "More should be decided together" if difference > 0 else "Groups should act more on their own"


def steering_subtitle(results: Results, found: Steering) -> str:
    """Return the numbers behind the title."""
    if found.spread is not None and not found.agreed:
        return camps_sentence(results, found.needed)
    if found.now_value is None or found.needed_value is None:
        return ""
    return f"On average {number(found.now_value)} today, {number(found.needed_value)} for the work ahead."


def _leaning(results: Results, question: Question, columns: Columns) -> Leaning:
    found = two_sided(_sides(columns, question.options))
    leans = lean(found, results.judged)
    asked = results.texts.question[question.id].rstrip(" …")
    return Leaning(question, leans, f"{asked}: {_words(results, question, columns, leans)}.", _pull(question, leans))


def _words(results: Results, question: Question, columns: Columns, leans: Lean) -> str:
    low, middle, high = (in_sentence(word, results.texts) for word in _names(results, question))
    below, right, above = (share_of(int(n), columns.people) for n in _camps(columns, question.options))
    return {
        Lean.RIGHT: f"{middle} ({right})",
        Lean.LOW: f"{low} ({below})",
        Lean.HIGH: f"{high} ({above})",
        Lean.BOTH: f"pulled both ways ({below} {low}, {above} {high})",
        Lean.UNCLEAR: f"no clear side ({middle} {right})",
    }[leans]


def _names(results: Results, question: Question) -> tuple[str, str, str]:
    """Return what the low side, the middle and the high side are called: the labels nearest to the middle."""
    labels = results.texts.scale[question.scale.key] if question.scale else ()
    half = len(labels) // 2
    return labels[half - 1], labels[half], labels[-half]


def _camps(columns: Columns, points: int) -> tuple[int, int, int]:
    centre = (points + 1) / 2
    low = sum(c.people for c in columns.columns if all(code < centre for code in c.codes))
    high = sum(c.people for c in columns.columns if all(code > centre for code in c.codes))
    return low, columns.people - low - high, high


def _sides(columns: Columns, points: int) -> list[float]:
    """Return counts with each side on the label nearest to the middle: `lean` asks for the sides only."""
    counts = [0.0] * points
    half = points // 2
    low, middle, high = _camps(columns, points)
    counts[half - 1], counts[-half] = float(low), float(high)
    if points % 2:
        counts[half] = float(middle)
    return counts


def _pull(question: Question, leans: Lean) -> str | None:
    if question.pole is None or leans not in {Lean.LOW, Lean.HIGH}:
        return None
    other = OUTWARD if question.pole == INWARD else INWARD
    return question.pole if leans is Lean.HIGH else other


def _exact(result: Result) -> float | None:
    return result.average.value if result.average and result.average.bound == "exact" else None
