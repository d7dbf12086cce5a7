"""The steps of a retreat as frozen values, what may be said at each, and their form as plain JSON data.

A plan is a tuple of steps in their order. It is stored with the retreat, so every field is checked when it comes back.
"""

from __future__ import annotations

import enum
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from assessment.errors import TendError

MOST_FINDINGS = 8
"""Steps that show findings in one retreat (charts 2.12); polls, pauses and talk between them are not counted."""
MOST_STEPS = 30
MOST_WORDS = 25
"""Words of text on one screen (charts 2.0.7): title and question together."""
LONGEST_QUESTION, LONGEST_TITLE, LONGEST_OPTION = 90, 110, 40
LONGEST_ID, LONGEST_NAME = 20, 80
"""Characters of a step's id, and of the id of what it shows."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
LONGEST_MINUTES = 180
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Invisible, but scripts such as Persian are not written without them."""


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


class PlanError(TendError):
    """Say what is wrong with a plan, and how to mend it."""


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
    if not votes(step):
        return ()
    return step.sort.offers or step.options


def asked(step: Step) -> str:
    """Return the sentence that phones show above the choices."""
    return step.guess if step.predict else step.question


def put(step: Step) -> tuple[Kind, str, tuple[str, ...]]:
    """Return what votes on a step are given to, asked now or not: beside other words they mean nothing."""
    return step.kind, step.question if step.sort.offers is not None else step.guess, step.options


def ordered(step: Step) -> bool:
    """Tell whether the choices stand in an order, so that a small column is merged with its neighbour."""
    return step.sort.ordered


def label(step: Step) -> str:
    """Return what a step is called where nothing may be told of what it shows: on the remote and on phones."""
    return step.question if step.sort.asks else step.sort.name


def step_faults(step: Step) -> dict[str, str]:
    """Return what is wrong with a step, as sentences by field; empty where it can be shown."""
    found = {
        "question": _words_fault(step.question, LONGEST_QUESTION, "question", needed=step.sort.asks),
        "title": _words_fault(step.title or "", LONGEST_TITLE, "title") or _together_fault(step),
        "guess": _words_fault(step.guess, LONGEST_QUESTION, "question to guess", needed=step.predict),
        "options": _options_fault(step),
        "minutes": _minutes_fault(step),
        "text_id": "Choose the quote that is shown." if step.kind is Kind.QUOTE and not step.text_id else None,
        "predict": "This step cannot be guessed." if step.predict and not step.sort.guessed else None,
    }
    return {name: fault for name, fault in found.items() if fault}


def plan_faults(plan: Plan) -> tuple[str, ...]:
    """Return what is wrong with a plan as a whole, as sentences."""
    found = []
    if len(plan) > MOST_STEPS:
        found.append(f"A retreat has at most {MOST_STEPS} steps. Drop some.")
    if sum(step.sort.finding for step in plan) > MOST_FINDINGS:
        found.append(f"A room follows at most {MOST_FINDINGS} findings. Drop one, and keep the rest for another day.")
    if len({step.id for step in plan}) != len(plan):
        found.append("Two steps have the same id.")
    return tuple(found)


def checked(plan: Plan) -> Plan:
    """Return a plan that can be shown; raise PlanError naming the first step that cannot."""
    for number, step in enumerate(plan, 1):
        for fault in step_faults(step).values():
            raise PlanError(f"Step {number} ({step.sort.name}): {fault}")
    for fault in plan_faults(plan):
        raise PlanError(fault)
    return plan


def to_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as dicts, lists and plain values."""
    steps = [asdict(step) | {"kind": str(step.kind), "options": list(step.options)} for step in plan]
    return {"steps": steps}


def from_data(data: object) -> Plan:
    """Read a plan back from what JSON gives, {} as none; raise PlanError for anything that `to_data` never wrote."""
    if data == {}:
        return ()
    if not isinstance(data, dict) or set(data) != {"steps"} or not isinstance(data["steps"], list):
        raise PlanError(UNREADABLE)
    return checked(tuple(_read(one) for one in data["steps"]))


UNREADABLE = "This plan cannot be read. Make a new one from the results."
_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "kind": (str,),
    "question": (str,),
    "title": (str, type(None)),
    "measure": (str, type(None)),
    "options": (list,),
    "text_id": (str, type(None)),
    "minutes": (int, type(None)),
    "predict": (bool,),
    "guess": (str,),
}


def _read(one: object) -> Step:
    names = {field.name for field in fields(Step)}
    if not isinstance(one, dict) or set(one) != names or any(type(one[n]) not in _TYPES[n] for n in names):
        raise PlanError(UNREADABLE)
    long = any(len(one[name] or "") > LONGEST_NAME for name in ("measure", "text_id"))
    if (
        long
        or not 0 < len(one["id"]) <= LONGEST_ID
        or one["kind"] not in set(Kind)
        or any(type(o) is not str for o in one["options"])
    ):
        raise PlanError(UNREADABLE)
    return Step(**(one | {"kind": Kind(one["kind"]), "options": tuple(one["options"])}))


def _words_fault(words: str, longest: int, what: str, needed: bool = False) -> str | None:
    if needed and not words.strip():
        return f"Write a {what}."
    if len(words) > longest:
        return f"The {what} is too long to be read from the back: {longest} characters at most."
    if not words.translate(_JOINERS).isprintable():
        return f"The {what} holds invisible characters. Type it again."
    return None


def _together_fault(step: Step) -> str | None:
    together = count_words(f"{step.title or ''} {step.question}")
    if together <= MOST_WORDS:
        return None
    return f"Title and question together have {together} words; a room reads at most {MOST_WORDS}. Shorten them."


def _options_fault(step: Step) -> str | None:
    if not (step.predict or step.sort.offers == ()):
        return None
    if not FEWEST_OPTIONS <= len(step.options) <= MOST_OPTIONS:
        return f"Offer {FEWEST_OPTIONS} to {MOST_OPTIONS} answers."
    if len({option.strip().casefold() for option in step.options}) != len(step.options):
        return "Two answers are the same."
    return next(filter(None, (_words_fault(o, LONGEST_OPTION, "answer", needed=True) for o in step.options)), None)


def _minutes_fault(step: Step) -> str | None:
    if step.minutes is None or 1 <= step.minutes <= LONGEST_MINUTES:
        return None
    return f"Choose 1 to {LONGEST_MINUTES} minutes."
