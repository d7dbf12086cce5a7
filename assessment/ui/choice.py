"""Which round is looked at. The address keeps it (`?round=…`), on every screen that shows results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from assessment import rounds
from assessment.alliance.titles import own_titles
from assessment.alliance.values import Person
from assessment.findings.looking import LONGEST
from assessment.findings.results import Results
from assessment.findings.words import texts_for
from assessment.questionnaire.values import Questionnaire, Reading
from assessment.ui import panels
from assessment.ui.identity import COORDINATORS
from assessment.ui.instance import store
from assessment.ui.measures import way
from assessment.ui.navigation import page_file
from assessment.ui.progress import so_far
from assessment.ui.text import plain


def results(person: Person) -> Results:
    """Return the results of the chosen round; where there is nothing to show yet, say so and end the page."""
    seen = _seen(person)
    chosen = _choose(person, seen)
    if chosen is not None and chosen.state == rounds.State.SEALED:
        found = _results(person, chosen, [r for r in reversed(seen) if r.state == rounds.State.SEALED])
        panels.say_saved()
        return replace(found, own_titles=own_titles(store(), chosen.id))
    if chosen is None:
        _nothing_yet(person)
    else:
        _still_open(person, chosen)
    st.stop()


def history(person: Person, results: Results) -> tuple[Results, ...]:
    """Return the sealed rounds up to the one that is looked at, oldest first."""
    sealed = [r for r in reversed(_seen(person)) if r.state == rounds.State.SEALED]
    wanted = {*results.earlier, results.release.facts.round_id}
    return tuple(_results(person, r, sealed) for r in sealed if r.id in wanted)


def sealed_results(person: Person) -> tuple[Results, ...]:
    """Return every sealed round of the alliance, oldest first."""
    sealed = [r for r in reversed(_seen(person)) if r.state == rounds.State.SEALED]
    return tuple(_results(person, r, sealed) for r in sealed)


def compare_with(history: tuple[Results, ...]) -> Results:
    """Let an earlier round be chosen, the one just before proposed; with a first round say so and end the page."""
    earlier = history[:-1]
    if not earlier:
        panels.title("One round so far", "What changed is told from the second round on.")
        st.stop()
    names = [r.release.facts.round_name for r in reversed(earlier)]
    if len(names) == 1:
        return earlier[0]
    chosen = st.selectbox("Compared with", names, key="against", bind="query-params", width=210)
    return next(r for r in earlier if r.release.facts.round_name == chosen)


def reading_or_stop(found: Reading | None) -> Reading:
    """Return a reading; where the round's questionnaire has none of this kind, say so and end the page."""
    if found is None:
        panels.title("Not asked in this way", "The questions of this round do not lead to this picture.")
        st.stop()
    return found


def look_at_answers(results: Results, person: Person) -> Callable[[str | None], None]:
    """Return what shows the way from a finding to the answers behind it, and coordinators the way to a promise."""

    def look(measure: str | None) -> None:
        with st.container(horizontal=True, gap="medium"):
            if measure:
                way(results, measure, "answers", "See the answers")
            if person.role in COORDINATORS:
                _promise_about(results, measure)

    return look


def head(person: Person) -> None:
    """Show whose screen this is, where there is no round to choose."""
    panels.soft(person.alliance_name)


def _seen(person: Person) -> list[rounds.RoundView]:
    return [r for r in rounds.list_rounds(store(), person.alliance_id) if r.state != rounds.State.DRAFT]


def _choose(person: Person, seen: list[rounds.RoundView]) -> rounds.RoundView | None:
    """Show the alliance's name and the round switch: sealed rounds first, the newest chosen; then what is open."""
    ordered = sorted(seen, key=lambda r: r.state != rounds.State.SEALED)
    by_id = {r.id: r for r in ordered}
    # Streamlit drops a name that it does not know from the address and shows the newest.
    asked = st.query_params.get("round")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        head(person)
        if not ordered:
            return None
        picked = st.selectbox(
            "Round",
            list(by_id),
            format_func=lambda key: _called(by_id[key]),
            key="round",
            bind="query-params",
            label_visibility="collapsed",
            width=210,
        )
    if asked and asked not in map(_called, ordered):
        st.warning(plain(f"There is no round called “{asked[:LONGEST]}”. This is {_called(by_id[picked])}."))
    return by_id[picked]


def _called(view: rounds.RoundView) -> str:
    return view.name + ("" if view.state == rounds.State.SEALED else " (open)")


def _results(person: Person, chosen: rounds.RoundView, sealed: list[rounds.RoundView]) -> Results:
    earlier = {r.id: r.name for r in sealed[: [r.id for r in sealed].index(chosen.id)]}
    questionnaire = _questionnaire(chosen.id)
    texts = texts_for(questionnaire, chosen.plan.languages[0])
    return Results(rounds.published_for(store(), chosen.id, person), questionnaire, texts, earlier)


@st.cache_resource(max_entries=256, show_spinner=False)
def _questionnaire(round_id: str) -> Questionnaire:
    # A sealed round's questions never change.
    return rounds.questionnaire_of(store(), round_id)


def _promise_about(results: Results, measure: str | None) -> None:
    query = {"promise": "new", "round": results.release.facts.round_name} | ({"measure": measure} if measure else {})
    st.page_link(page_file("commitments"), label=":violet[Let us do something about this]", query_params=query)


def _nothing_yet(person: Person) -> None:
    panels.title("Nothing has been asked yet", "The first results appear here when a round is sealed.")
    if person.role in COORDINATORS:
        st.page_link(page_file("rounds"), label=":violet[Prepare the first round]")


def _still_open(person: Person, chosen: rounds.RoundView) -> None:
    progress = rounds.progress(store(), chosen.id)
    panels.title(f"{chosen.name} is open")
    st.write(plain(so_far(progress)))
    panels.soft("While a round is open there is no result of any kind. Results come when it is sealed.")
    if person.role in COORDINATORS:
        st.page_link(page_file("rounds"), label=":violet[Go to the round]")
