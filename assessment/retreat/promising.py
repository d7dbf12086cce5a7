"""Commitments typed on the remote, and the results that follow once a round was sealed in the room."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assessment import rounds
from assessment.alliance import organisations
from assessment.alliance.commitments import CommitmentDraft
from assessment.alliance.values import FieldFaults, Person
from assessment.questionnaire.measures import measures
from assessment.retreat import proposal
from assessment.retreat.steering import Steering
from assessment.slides.plan_data import to_data
from assessment.storage import retreats as rows
from assessment.storage.engine import Store
from assessment.web.forms import Form

FIELDS = ("what", "organisation", "due_on", "measure")


class Offered(NamedTuple):
    """What a commitment can name, each by its id: organisations that see to it, measures that it should move."""

    organisations: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]


def offered(store: Store, alliance_id: str, round_id: str) -> Offered:
    """Return what can be chosen; no measure before the round is sealed."""
    there = [one for one in organisations.list_organisations(store, alliance_id) if one.left_on is None]
    named: tuple[tuple[str, str], ...] = ()
    if rounds.round_view(store, round_id).state is rounds.State.SEALED:
        questionnaire = rounds.questionnaire_of(store, round_id)
        names = next(iter(questionnaire.texts.values())).dimension
        named = tuple((m.id, names[m.id]) for m in measures(questionnaire) if m.kind == "dimension")
    return Offered(tuple((one.id, one.name) for one in there), named)


def read(form: Form, round_id: str) -> CommitmentDraft:
    """Return what was typed as a commitment; raise FieldFaults for a day that is none."""
    try:
        due = date.fromisoformat(form.text("due_on"))
    except ValueError as error:
        raise FieldFaults({"due_on": "Choose a day."}) from error
    measure = form.text("measure") or None
    return CommitmentDraft(
        form.text("what"), due, form.text("organisation") or None, measure, round_id if measure else None
    )


def append_results(store: Store, retreat_id: str, person: Person) -> None:
    """Put the results of a round that was just sealed behind the step at which it was answered."""
    with store.read() as session:
        row = rows.find_retreat(session, retreat_id)
    if row is not None:
        plan = proposal.propose(store, row.round_id)
        Steering(store, retreat_id, person, row.version).append(to_data(plan))


def day(one: date) -> str:
    """Return a day as people write it.

    >>> day(date(2027, 3, 1))
    '1 March 2027'
    """
    return f"{one.day} {one:%B %Y}"
