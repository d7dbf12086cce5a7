"""What keeps a step or a plan from being shown, as sentences for whoever writes it."""

from __future__ import annotations

from assessment.errors import TendError
from assessment.slides.steps import (
    FEWEST_OPTIONS,
    LONGEST_MINUTES,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_FINDINGS,
    MOST_OPTIONS,
    MOST_STEPS,
    MOST_WORDS,
    Kind,
    Plan,
    Step,
    count_words,
)

_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Invisible, but scripts such as Persian are not written without them."""


class PlanError(TendError):
    """Say what is wrong with a plan, and how to mend it."""


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
