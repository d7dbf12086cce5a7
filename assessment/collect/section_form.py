"""What a section's page sends beside its answers: the revision it was filled in on, where to go on, what to clear."""

from __future__ import annotations

from assessment.collect.asked import AskedRound
from assessment.collect.validation import Answers
from assessment.questionnaire.values import Section
from assessment.web.forms import Form

ASIDE = frozenset({"round", "whose", "revision", "then", "clear", "language"})
"""Fields of a section's page that are no questions."""
STEPS = ("next", "back", "review")

NOT_OURS = "Something arrived that this part never asks, and was left out. Look at your answers and send them again."
NO_REVISION = "This page had lost its place. Look at your answers and send them again."
REVISIONS = frozenset(str(number) for number in range(256))


def form_faults(form: Form, asked: AskedRound, section: Section) -> dict[str, str]:
    """Return what is wrong beside the answers themselves; "" is what belongs to no question."""
    questions = {q.id for q in section.questions}
    faults = {name: fault for name, fault in form.faults.items() if name in questions}
    revision = form.values.get("revision", "")
    if revision not in REVISIONS:
        faults[""] = NO_REVISION
    aside_wrong = (
        form.faults.keys() - questions
        or form.values.keys() - questions - ASIDE
        or form.values.get("round", asked.id) != asked.id
        or form.values.get("then", "next") not in STEPS
        or form.values.get("clear", section.questions[0].id) not in questions
        or form.values.get("language", asked.languages[0]) not in asked.languages
    )
    if aside_wrong:
        faults[""] = NOT_OURS
    return faults


def revision_of(form: Form) -> str:
    """Return the revision on which a page was filled in; "0", which no saved section has, where it names none.

    Never the one that is stored now: what another screen saved meanwhile would be overwritten without a word.
    """
    revision = form.values.get("revision", "")
    return revision if revision in REVISIONS and "revision" not in form.faults else "0"


def without(answers: Answers, question: str) -> Answers:
    """Return answers with one question as never answered."""
    codes = {name: 0 if name == question else code for name, code in answers.codes.items()}
    texts = {name: "" if name == question else text for name, text in answers.texts.items()}
    return Answers(codes, texts)
