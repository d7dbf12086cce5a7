"""The steps of a retreat as frozen values, and what each of them asks. A plan is a tuple of steps in their order."""

from __future__ import annotations

import enum
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

MOST_FINDINGS = 8
"""Steps that show findings in one retreat (charts 2.12); polls, pauses and talk between them are not counted."""
MOST_STEPS = 30
MOST_WORDS = 25
"""Words of text on one screen (charts 2.0.7): title and question together."""
LONGEST_QUESTION, LONGEST_TITLE, LONGEST_OPTION = 90, 110, 40
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
LONGEST_MINUTES = 180


class Kind(enum.StrEnum):
    """What a step shows. Before the first stands the lobby, after the last the end: both are always there."""

    ANSWER_HERE = "answer_here"
    ANSWERED = "answered"
    OVERVIEW = "overview"
    ALIKE = "alike"
    SPLIT = "split"
    BALANCE = "balance"
    SUCCESS = "success"
    CHANGE = "change"
    COMMITMENTS = "commitments"
    QUOTE = "quote"
    TALK = "talk"
    POLL_FIST = "poll_fist"
    POLL_TEMPERATURE = "poll_temperature"
    POLL_CHOOSE = "poll_choose"
    PAUSE = "pause"
    BLANK = "blank"


class Sort(NamedTuple):
    """What is true of a kind of step: its name for coordinators, whether it shows a finding and so counts as one.

    `guessed`: the room may guess before it is shown. `offers`: what a poll offers, None where it is no poll, and ()
    where its step brings the options. `asks`: whether it must have a question. `ordered`: what it offers has an order.
    """

    name: str
    finding: bool = False
    guessed: bool = False
    offers: tuple[str, ...] | None = None
    asks: bool = False
    ordered: bool = True


KINDS: Mapping[Kind, Sort] = {
    Kind.ANSWER_HERE: Sort("Answer here, together"),
    Kind.ANSWERED: Sort("Who answered", finding=True),
    Kind.OVERVIEW: Sort("How we see ourselves", finding=True, guessed=True),
    Kind.ALIKE: Sort("What we see alike", finding=True),
    Kind.SPLIT: Sort("Where we are split", finding=True, guessed=True),
    Kind.BALANCE: Sort("Inward and outward", finding=True, guessed=True),
    Kind.SUCCESS: Sort("Wins and power", finding=True, guessed=True, ordered=False),
    Kind.CHANGE: Sort("What changed", finding=True, guessed=True),
    Kind.COMMITMENTS: Sort("Commitments", finding=True),
    Kind.QUOTE: Sort("A quote"),
    Kind.TALK: Sort("A question to talk about", asks=True),
    Kind.POLL_FIST: Sort("Poll: fist to five", offers=("0", "1", "2", "3", "4", "5"), asks=True),
    Kind.POLL_TEMPERATURE: Sort("Poll: temperature", offers=("Cold", "Cool", "Lukewarm", "Warm", "Hot"), asks=True),
    Kind.POLL_CHOOSE: Sort("Poll: choose one", offers=(), asks=True, ordered=False),
    Kind.PAUSE: Sort("Pause"),
    Kind.BLANK: Sort("Blank screen"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the screen, with one question to talk about.

    `title` replaces the finding's own sentence. `measure` is the dimension or question that a finding is about, None
    for the one that stands out. `options` are what a poll or a guess offers. `text_id` names a quote. `guess` is what
    the room is asked before a result is shown, asked only with `predict`.
    """

    id: str
    kind: Kind
    question: str = ""
    title: str | None = None
    measure: str | None = None
    options: tuple[str, ...] = ()
    text_id: str | None = None
    minutes: int | None = None
    predict: bool = False
    guess: str = ""

    @property
    def sort(self) -> Sort:
        """What is true of its kind."""
        return KINDS[self.kind]


Plan = tuple[Step, ...]


def new_step(kind: Kind, question: str = "", **more: Any) -> Step:
    """Return a step with an id of its own."""
    return Step(secrets.token_hex(8), kind, question, **more)


def again(step: Step) -> Step:
    """Return the same step as another one, with an id of its own."""
    return replace(step, id=secrets.token_hex(8))


def count_words(text: str) -> int:
    """Return how many words a text has.

    >>> count_words("Trust went up, from 3.1 to 3.8 …")
    7
    """
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def votes(step: Step) -> bool:
    """Tell whether phones may answer at this step: a poll, or a guess before a result."""
    return step.sort.offers is not None or step.predict


def choices(step: Step) -> tuple[str, ...]:
    """Return what phones choose from at this step, in the order of its columns; nothing where there is no poll.

    >>> choices(Step("a", Kind.POLL_FIST, "Shall we?"))
    ('0', '1', '2', '3', '4', '5')
    """
    return put(step)[2] if votes(step) else ()


def asked(step: Step) -> str:
    """Return the sentence that phones show above the choices."""
    return step.guess if step.predict else step.question


def put(step: Step) -> tuple[Kind, str, tuple[str, ...]]:
    """Return what votes on a step are given to, asked now or not: its kind, its sentence, what can be chosen.

    Beside other words they mean nothing.

    >>> put(Step("a", Kind.OVERVIEW, "What helps?", options=("Low", "High"), guess="Where are we?"))[1:]
    ('Where are we?', ('Low', 'High'))
    """
    return step.kind, step.question if step.sort.offers is not None else step.guess, step.sort.offers or step.options


def ordered(step: Step) -> bool:
    """Tell whether the choices stand in an order, so that a small column is merged with its neighbour."""
    return step.sort.ordered


def label(step: Step) -> str:
    """Return what a step is called where nothing may be told of what it shows: on the remote and on phones."""
    return step.question if step.sort.asks else step.sort.name
