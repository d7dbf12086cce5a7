"""A retreat before and after it is held: plan it, start it, end it, read what is kept of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from assessment import clock, tokens
from assessment.alliance.accounts import name_fault
from assessment.alliance.commitments import CommitmentView, list_commitments
from assessment.alliance.entries import refuse
from assessment.alliance.values import Person
from assessment.retreat.values import LEADERS, NoRetreat, Record, RetreatError, RetreatView, may_lead, view
from assessment.retreat.where import stand
from assessment.rounds import finish_purge
from assessment.slides.plan_data import from_data, to_data
from assessment.slides.step_faults import checked
from assessment.slides.steps import Plan, again, put
from assessment.slides.votes import counted
from assessment.storage import alliance as alliances
from assessment.storage import audit
from assessment.storage import retreats as rows
from assessment.storage import rounds as round_rows
from assessment.storage.engine import Store
from assessment.storage.tables import Retreat, State


def list_retreats(store: Store, alliance_id: str) -> tuple[RetreatView, ...]:
    """Return an alliance's retreats, the newest first."""
    with store.read() as session:
        return tuple(_view(session, row) for row in rows.list_retreats(session, alliance_id))


def read(store: Store, retreat_id: str, person: Person) -> RetreatView:
    """Return a retreat; raise NoRetreat where it is not theirs to plan."""
    with store.read() as session:
        row = rows.find_retreat(session, retreat_id)
        if row is None or not may_lead(person, row):
            raise NoRetreat
        return _view(session, row)


def make(store: Store, person: Person, round_id: str, name: str, steps: Plan) -> str:
    """Plan a retreat about an open or sealed round and return its id; raise RetreatError, FieldFaults, PlanError."""
    _check(name, steps)
    with store.write() as session:
        round_ = round_rows.hold_round(session, round_id)
        if round_ is None or round_.alliance_id != person.alliance_id or person.role not in LEADERS:
            raise RetreatError("Only coordinators of this alliance plan retreats about its rounds.")
        if round_.state is State.DRAFT:
            raise RetreatError("This round is a draft. Open it or seal it first; then there is something to look at.")
        row = Retreat(alliance_id=round_.alliance_id, round_id=round_.id, made_at=clock.now(), name=name.strip())
        row.plan = to_data(steps)
        audit.note(session, person.account_id, "retreat planned", row.name)
        return rows.add_retreat(session, row)


def change(store: Store, retreat_id: str, person: Person, name: str, steps: Plan) -> None:
    """Change a plan, also while the retreat runs: the step that is looked at stays, wherever it stands now.

    Raise NoRetreat, RetreatError for a running plan without the present step and where votes would count for other
    words than those they were given to, FieldFaults, PlanError.
    """
    _check(name, steps)
    with store.write() as session:
        row = _theirs(session, retreat_id, person)
        present = from_data(row.plan)[row.position - 1].id if row.position else None
        places = {step.id: place for place, step in enumerate(steps, 1)}
        steps = _with_votes_true(session, row, steps)
        if present is not None and present not in places:
            if row.started_at is not None and row.ended_at is None:
                raise RetreatError("The room looks at this step now. Move on first, then drop it.")
            row.position = 0
        row.name, row.plan, row.position = name.strip(), to_data(steps), places.get(present or "", 0)
        stand(session, row)


def remove(store: Store, retreat_id: str, person: Person) -> None:
    """Delete a retreat and what is kept of it; its commitments stay. Raise NoRetreat, RetreatError while it runs."""
    with store.write() as session:
        row = _theirs(session, retreat_id, person)
        if row.started_at is not None and row.ended_at is None:
            raise RetreatError("This retreat is running. End it first.")
        audit.note(session, person.account_id, "retreat deleted", row.name)
        rows.delete_retreat(session, row.id)


def start(store: Store, retreat_id: str, person: Person) -> RetreatView:
    """Start a retreat: its screen has an address and its phones a code from now on. One that ended goes on.

    Raise NoRetreat, RetreatError where it runs already.
    """
    with store.write() as session:
        row = _theirs(session, retreat_id, person)
        if row.started_at is not None and row.ended_at is None:
            raise RetreatError("This retreat is running already. Open its remote.")
        row.started_at, row.ended_at = row.started_at or clock.now(), None
        row.code, row.screen_token = _free_code(session), tokens.new_token()
        stand(session, row)
        audit.note(session, person.account_id, "retreat started", row.name)
        return _view(session, row)


def end(store: Store, retreat_id: str, person: Person) -> None:
    """End a retreat: its screen shows nothing more, its code opens nothing, its phones are forgotten.

    Raise NoRetreat; ending twice changes nothing.
    """
    with store.write() as session:
        row = _theirs(session, retreat_id, person)
        audit.note(session, person.account_id, "retreat ended", row.name)
        close(session, row)
    finish_purge(store)


def close(session: Session, row: Retreat) -> None:
    """End a retreat in the transaction of whoever ends it; the files are still to be cleaned of its phones."""
    row.ended_at = row.ended_at or clock.now()
    row.code = row.screen_token = row.timer_ends_at = None
    stand(session, row)
    rows.forget_phones(session, row.id)
    alliances.instance(session).purge_due = True


def renew_screen(store: Store, retreat_id: str, person: Person) -> str:
    """Give a running retreat's screen a new address and return its token; the earlier one shows nothing any more.

    Raise NoRetreat, RetreatError where it does not run.
    """
    with store.write() as session:
        row = _running(session, retreat_id, person)
        row.screen_token = tokens.new_token()
        stand(session, row)
        audit.note(session, person.account_id, "screen address made", row.name)
        return row.screen_token


def withdraw_screen(store: Store, retreat_id: str, person: Person) -> None:
    """End the address of a retreat's screen. Raise as `renew_screen`."""
    with store.write() as session:
        row = _running(session, retreat_id, person)
        row.screen_token = None
        stand(session, row)
        audit.note(session, person.account_id, "screen address withdrawn", row.name)


def record(store: Store, retreat_id: str, person: Person) -> Record:
    """Return what is kept of a retreat; raise NoRetreat."""
    seen = read(store, retreat_id, person)
    with store.read() as session:
        kept = rows.revealed(session, retreat_id)
    polls = {step.id: counted(step, kept[step.id]) for step in seen.steps if step.id in kept}
    return Record(seen, polls, commitments_of(store, seen.alliance_id, retreat_id))


def commitments_of(store: Store, alliance_id: str, retreat_id: str) -> tuple[CommitmentView, ...]:
    """Return the commitments that were made in a retreat, as they stand now, by their day."""
    with store.read() as session:
        made = set(rows.commitments(session, retreat_id))
    return tuple(one for one in list_commitments(store, alliance_id) if one.id in made) if made else ()


def _check(name: str, steps: Plan) -> None:
    refuse({"name": name_fault(name, 80)})
    checked(steps)


def _with_votes_true(session: Session, row: Retreat, steps: Plan) -> Plan:
    """Refuse other words for what phones answer or have answered; forget hidden votes on what is asked later again.

    A step that lost votes is another one from then on: what a phone still sends for its old words meets nothing.
    Hidden votes on a step that is dropped are forgotten too: it may be put back with other words.
    """
    made = []
    before = {step.id: put(step) for step in from_data(row.plan)}
    answered = rows.revealed(session, row.id)
    for dropped in before.keys() - {step.id for step in steps}:
        rows.forget_votes(session, row.id, dropped)
    for step in steps:
        if before.get(step.id, put(step)) == put(step):
            made.append(step)
            continue
        if step.id in answered:
            raise RetreatError("The room has answered this step: its words stay. Drop it and add another instead.")
        if step.id == row.asked:
            raise RetreatError("Phones answer this step now. Move on first, then change it.")
        made.append(again(step) if rows.forget_votes(session, row.id, step.id) else step)
    return tuple(made)


def _theirs(session: Session, retreat_id: str, person: Person) -> Retreat:
    row = rows.lock_retreat(session, retreat_id)
    if row is None or not may_lead(person, row):
        raise NoRetreat
    return row


def _running(session: Session, retreat_id: str, person: Person) -> Retreat:
    row = _theirs(session, retreat_id, person)
    if row.started_at is None or row.ended_at is not None:
        raise RetreatError("This retreat is not running. Start it first.")
    return row


def _free_code(session: Session) -> str:
    code = tokens.new_room_code()
    while rows.takes_code(session, code):
        code = tokens.new_room_code()
    return code


def _view(session: Session, row: Retreat) -> RetreatView:
    round_ = round_rows.find_round(session, row.round_id)
    if round_ is None:
        raise NoRetreat
    return view(row, round_)
