"""Panels of the screen of rounds: drafts, the open ones with their codes, what was sealed."""

from __future__ import annotations

import streamlit as st

from assessment import rounds
from assessment.alliance.values import Person
from assessment.questionnaire.loading import instruments, load_questionnaire
from assessment.questionnaire.values import Questionnaire
from assessment.reports.links import shared_since
from assessment.rounds import RoundPlan, RoundView, State
from assessment.rounds.sealing import seal
from assessment.ui import panels, round_words
from assessment.ui.codes import code_panel
from assessment.ui.instance import settings, store
from assessment.ui.navigation import page_file
from assessment.ui.progress import show_progress
from assessment.ui.reminder import reminder_panel
from assessment.ui.round_form import plan_form
from assessment.ui.sharing import share_panel
from assessment.ui.text import plain
from assessment.ui.trouble import plain_words


def finding(seen: list[RoundView]) -> tuple[str, str]:
    """Return title and subtitle of the screen: what is open, and what has been."""
    open_ones = [r for r in seen if r.state == State.OPEN]
    sealed = sum(r.state == State.SEALED for r in seen)
    under = f"{sealed} sealed so far." if sealed else "No round has been sealed yet."
    if not seen:
        return (
            "Nothing has been asked yet",
            "Prepare a round, open it, hand out codes, and seal it when all have answered.",
        )
    if not open_ones:
        return "No round is open", under
    first = open_ones[0]
    return f"{first.name} is open", f"Open since {_day(first.opened_at)}{_until(first)}."


def open_panel(person: Person, seen: RoundView, titled: bool) -> None:
    """Show an open round: who was heard, codes, its rules, sealing; `titled`: the screen's title names it already."""
    if not titled:
        panels.heading(seen.name, f"Open since {_day(seen.opened_at)}{_until(seen)}.")
    show_progress(rounds.progress(store(), seen.id))
    code_panel(seen)
    asked = rounds.questionnaire_of(store(), seen.id)
    reminder_panel(person, seen, asked.minutes)
    with st.expander("What is promised in it"):
        _promises(seen.plan)
    with st.expander("Seal this round"):
        st.warning(round_words.SEALING)
        if _confirmed("I know that this cannot be undone", "Seal the round", f"seal {seen.id}"):
            with plain_words(), st.spinner("Sealing. This may take some seconds."):
                seal(store(), seen.id, by=person.account_id)
                panels.saved(f"{seen.name} is sealed. Its results are on the overview.")
                st.rerun()
    with st.expander("Destroy this round"):
        st.warning(round_words.DESTROYING)
        if _confirmed("I know that all answers will be gone", "Destroy the round", f"destroy {seen.id}"):
            with plain_words():
                rounds.destroy_round(store(), seen.id, by=person.account_id)
                panels.saved(f"{seen.name} and all its answers are destroyed.")
                st.rerun()


def draft_panel(person: Person, seen: RoundView) -> None:
    """Show a draft: its plan to change, and the way to open it."""
    panels.heading(seen.name, "A draft. Nobody can answer it yet.")
    with st.expander("Change the plan"):
        plan = plan_form(core(), seen.plan, f"plan {seen.id}", "Save the plan")
        if plan is not None:
            with plain_words():
                rounds.edit_round(store(), seen.id, plan, core(), by=person.account_id)
                panels.saved(f"The plan of {plan.name} is saved.")
                st.rerun()
    with st.expander("What will be promised in it"):
        _promises(seen.plan)
    panels.soft(round_words.OPENING)
    with st.container(horizontal=True):
        if st.button("Open the round", type="primary", key=f"open {seen.id}"):
            with plain_words():
                rounds.open_round(store(), seen.id, by=person.account_id)
                panels.saved(f"{seen.name} is open. Make codes and hand them out.")
                st.rerun()
        if st.button("Delete the draft", key=f"delete {seen.id}"):
            with plain_words():
                rounds.delete_draft(store(), seen.id, by=person.account_id)
                panels.saved(f"The draft {seen.name} is deleted.")
                st.rerun()


def new_panel(person: Person, seen: list[RoundView]) -> None:
    """Offer to prepare a round; the newest round's settings are the proposal."""
    if seen:
        panels.heading("The next round")
    with st.expander("Prepare a round", expanded=not seen):
        last = seen[0].plan if seen else RoundPlan("")
        proposal = RoundPlan("", last.short_form, last.languages, last.rules)
        plan = plan_form(core(), proposal, "new round", "Save as a draft")
        if plan is not None:
            with plain_words():
                rounds.create_round(store(), person.alliance_id, plan, core(), by=person.account_id)
                panels.saved(f"{plan.name} is a draft. Look at it once more, then open it.")
                st.rerun()


def sealed_panel(person: Person, sealed: list[RoundView]) -> None:
    """List the sealed rounds with the way to their results, and to share them."""
    panels.heading("Sealed rounds")
    since = shared_since(store(), person.alliance_id)
    for seen in sealed:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown(f"**{plain(seen.name)}**  \n:gray[sealed on {_day(seen.sealed_at)}]", width=260)
            st.page_link(page_file("overview"), label=":violet[See the results]", query_params={"round": seen.name})
        share_panel(person, seen, since.get(seen.id))


@st.cache_resource(show_spinner=False)
def core() -> Questionnaire:
    """Return the questionnaire that new rounds ask."""
    return load_questionnaire(instruments(settings().instruments)["core"])


def _promises(plan: RoundPlan) -> None:
    rules = plan.rules
    said = (
        ("Questions", round_words.LENGTHS[plan.short_form]),
        ("Who learns about organisations", round_words.ATTRIBUTIONS[rules.attribution]),
        ("Compare", round_words.BREAKDOWNS[rules.breakdown]),
        ("Whose voice counts one", round_words.LENSES[rules.lens]),
        ("Protection", round_words.PROTECTIONS[rules.protection]),
        ("Smallest group", (f"{rules.k} people", round_words.THRESHOLD)),
    )
    for label, (choice, cost) in said:
        st.markdown(f"{label}: **{plain(choice)}**  \n:gray[{plain(cost)}]")


def _confirmed(understood: str, act: str, key: str) -> bool:
    sure = st.checkbox(understood, key=f"{key} sure")
    return st.button(act, type="primary", disabled=not sure, key=key)


def _until(seen: RoundView) -> str:
    return f", until {_day(seen.plan.ends_on)}" if seen.plan.ends_on else ""


def _day(when: object) -> str:
    return f"{when:%d %B %Y}".lstrip("0") if when else ""
