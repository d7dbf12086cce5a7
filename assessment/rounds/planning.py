"""A round before and at its opening: draft it, change it, drop it, open it."""

from __future__ import annotations

from datetime import date

from assessment import clock
from assessment.alliance.accounts import name_fault
from assessment.alliance.values import FieldFaults
from assessment.disclosure.rules import Attribution, Breakdown, Lens
from assessment.questionnaire.snapshot import fingerprint, freeze, short_form, thaw
from assessment.questionnaire.values import Questionnaire
from assessment.rounds.values import RoundError, RoundPlan, RoundView, rules_of, view
from assessment.storage import alliance as alliances
from assessment.storage import audit, boxes
from assessment.storage import rounds as rows
from assessment.storage.engine import Store
from assessment.storage.tables import Organisation, RosterEntry, Round, State

FEWEST_ORGANISATIONS = 3
GONE = "There is no such round. Look at the list of rounds."


def create_round(
    store: Store, alliance_id: str, plan: RoundPlan, questionnaire: Questionnaire, *, by: str | None = None
) -> str:
    """Draft a round with a snapshot of its questions and return its id; raise FieldFaults for a plan that cannot be."""
    row = Round(alliance_id=alliance_id, state=State.DRAFT, created_at=clock.now())
    with store.write() as session:
        if alliances.find_alliance(session, alliance_id) is None:
            raise RoundError("There is no such alliance. Sign in again.")
        taken = {other.name.casefold() for other in rows.list_rounds(session, alliance_id)}
        _write(row, plan, questionnaire, taken)
        rows.add_round(session, row)
        audit.note(session, by, "round drafted", plan.name)
    return row.id


def edit_round(
    store: Store, round_id: str, plan: RoundPlan, questionnaire: Questionnaire, *, by: str | None = None
) -> None:
    """Change a draft; raise RoundError for a round that is open or sealed, FieldFaults as `create_round`."""
    with store.write() as session:
        audit.believe_clock(session)
        row = rows.lock_round(session, round_id)
        if row is None:
            raise RoundError(GONE)
        if row.state is not State.DRAFT:
            raise RoundError("This round is open or sealed: nothing in it can be changed any more. Draft another one.")
        others = rows.list_rounds(session, row.alliance_id)
        _write(row, plan, questionnaire, {other.name.casefold() for other in others if other.id != round_id})
        audit.note(session, by, "round changed", plan.name)


def delete_draft(store: Store, round_id: str, *, by: str | None = None) -> None:
    """Delete a round that was never opened; raise RoundError for another one."""
    with store.write() as session:
        audit.believe_clock(session)
        row = rows.lock_round(session, round_id)
        if row is None:
            raise RoundError(GONE)
        if row.state is not State.DRAFT:
            raise RoundError("This round has been opened. An open round can be sealed or destroyed.")
        audit.note(session, by, "draft deleted", row.name)
        rows.delete_round(session, round_id)


def open_round(store: Store, round_id: str, *, by: str | None = None) -> None:
    """Open a draft: from now on its questions, rules and roster are fixed. Raise RoundError where it cannot open.

    Raise ClockWrong while the date is not to be believed.
    """
    with store.write() as session:
        audit.believe_clock(session)
        row = rows.lock_round(session, round_id)
        if row is None:
            raise RoundError(GONE)
        if row.state is not State.DRAFT:
            raise RoundError(f"This round is {row.state} already.")
        asked = [o for o in alliances.list_organisations(session, row.alliance_id) if _takes_part(o, clock.today())]
        _check_opening(row, asked)
        rows.add_roster(session, [_entry(round_id, organisation) for organisation in asked])
        boxes.make_boxes(session, round_id)
        row.state, row.opened_at = State.OPEN, clock.now()
        audit.note(session, by, "round opened", row.name)


def list_rounds(store: Store, alliance_id: str) -> list[RoundView]:
    """Return an alliance's rounds, the newest first."""
    with store.read() as session:
        asked = rows.rosters(session, alliance_id)
        return [view(row, asked.get(row.id, ())) for row in rows.list_rounds(session, alliance_id)]


def round_view(store: Store, round_id: str) -> RoundView:
    """Return one round; raise RoundError when there is none of this id."""
    with store.read() as session:
        row = rows.find_round(session, round_id)
        if row is None:
            raise RoundError(GONE)
        return view(row, rows.roster(session, round_id))


def questionnaire_of(store: Store, round_id: str) -> Questionnaire:
    """Return the questions of a round as they were frozen into it; raise RoundError when there is no such round."""
    with store.read() as session:
        row = rows.find_round(session, round_id)
        if row is None:
            raise RoundError(GONE)
        return thaw(row.questionnaire)


def plan_faults(plan: RoundPlan, questionnaire: Questionnaire, taken: set[str] | None = None) -> dict[str, str]:
    """Return what is wrong with a plan by field; `taken` are the names of other rounds, case-folded."""
    faults = {
        "name": name_fault(plan.name, 80),
        "languages": _language_fault(plan, questionnaire),
        "phase": name_fault(plan.phase, 200, "phase") if plan.phase else None,
        "breakdown": _breakdown_fault(plan, questionnaire),
        "lens": _lens_fault(plan),
        "ends_on": _end_fault(plan.ends_on),
    }
    if plan.name.strip().casefold() in (taken or set()):
        faults["name"] = "There is a round of this name already. Use another name, for example with the season."
    return {name: fault for name, fault in faults.items() if fault}


def _write(row: Round, plan: RoundPlan, questionnaire: Questionnaire, taken: set[str]) -> None:
    asked = short_form(questionnaire) if plan.short_form else questionnaire
    faults = plan_faults(plan, asked, taken)
    if faults:
        raise FieldFaults(faults)
    row.questionnaire = freeze(asked)
    row.questionnaire_hash = fingerprint(row.questionnaire)
    row.name, row.phase, row.ends_on = plan.name.strip(), plan.phase, plan.ends_on
    row.short_form, row.languages = plan.short_form, list(plan.languages)
    rules = plan.rules
    row.k, row.k_text, row.protection = rules.k, rules.k_text, rules.protection
    row.attribution, row.breakdown, row.lens = rules.attribution, rules.breakdown, rules.lens


def _language_fault(plan: RoundPlan, questionnaire: Questionnaire) -> str | None:
    if not plan.languages:
        return "Choose at least one language."
    missing = [language for language in plan.languages if language not in questionnaire.texts]
    return f"The questions are not there in {', '.join(missing)}. Choose other languages." if missing else None


def _breakdown_fault(plan: RoundPlan, questionnaire: Questionnaire) -> str | None:
    breakdown, attribution = plan.rules.breakdown, plan.rules.attribution
    if breakdown in {Breakdown.ORGANISATIONS, Breakdown.CHAPTERS} and attribution is Attribution.ALLIANCE:
        return (
            f"Without organisations there are no {breakdown}. Choose roles or none, or let ballots name organisations."
        )
    if breakdown is Breakdown.ROLES and not any(question.use == "role" for question in questionnaire.questions):
        return "These questions do not ask for people's roles. Choose another breakdown."
    return None


def _lens_fault(plan: RoundPlan) -> str | None:
    if plan.rules.lens is Lens.ORGANISATIONS and plan.rules.attribution is Attribution.ALLIANCE:
        return "An organisation can be one voice only where ballots name organisations. Choose one voice a person."
    return None


def _end_fault(ends_on: date | None) -> str | None:
    return "The round would end before today. Choose a later day." if ends_on and ends_on < clock.today() else None


def _takes_part(organisation: Organisation, day: date) -> bool:
    joined = organisation.joined_on is None or organisation.joined_on <= day
    return joined and (organisation.left_on is None or organisation.left_on > day)


def _check_opening(row: Round, asked: list[Organisation]) -> None:
    rules = rules_of(row)
    if rules.attribution is not Attribution.ALLIANCE and len(asked) < FEWEST_ORGANISATIONS:
        raise RoundError(
            f"The alliance has {len(asked)} organisations, and results need at least {FEWEST_ORGANISATIONS}. "
            "Add organisations, or choose “alliance only”: then ballots name no organisation."
        )
    if rules.breakdown is Breakdown.CHAPTERS and not any(o.chapter for o in asked):
        raise RoundError("No organisation belongs to a chapter. Add chapters, or choose another breakdown.")
    end = _end_fault(row.ends_on)
    if end:
        raise RoundError(end)


def _entry(round_id: str, organisation: Organisation) -> RosterEntry:
    return RosterEntry(
        round_id=round_id,
        organisation_id=organisation.id,
        name=organisation.name,
        chapter=organisation.chapter,
        headcount=organisation.headcount,
    )
