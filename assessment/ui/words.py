"""Panels of the screen of words: what may be read, and moderation by coordinators."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assessment.alliance import words
from assessment.alliance.values import Person
from assessment.alliance.words import Decision, ShownWords, TextState, TextView
from assessment.findings.results import Results
from assessment.findings.words import counted, in_sentence
from assessment.ui import panels
from assessment.ui.entries import fresh, remove_button, save, several_of
from assessment.ui.instance import store
from assessment.ui.text import plain

UNDER = "In people's own words, in a random order. What could point to a person was taken out first."
STEPS = (
    "First take out what could point to a person: names, places, events that only a few know. Put what it was into "
    "square brackets, like [a person]. Then show it, or only count it. What you take out is gone for good."
)
STAYS = "Texts that are not shown are deleted 30 days after sealing, shown ones after 90 days unless they are kept."
NEWS = {TextState.SHOWN: "The text is shown.", TextState.COUNTED: "The text is counted and not shown."}


def finding(results: Results, told: Mapping[str, ShownWords]) -> str:
    """Return the title of the screen: what the texts of one question are about most, else how many there are."""
    name = results.release.facts.round_name
    shown = sum(len(one.texts) for one in told.values())
    if not shown:
        return f"No words from {name} are shown yet"
    tops = [(*top, question) for question, one in told.items() if (top := _most_named(one.themes))]
    if tops:
        _, theme, question = max(tops, key=lambda one: one[0])
        return f"“{results.texts.question[question]}” Named most often: {in_sentence(theme, results.texts)}"
    return f"{counted(shown, 'text')} from {name}"


def _most_named(themes: tuple[tuple[str, int], ...]) -> tuple[int, str] | None:
    """Return count and name of the one theme that most texts of a question are about, None where two share the place.

    Never over several questions: what fewer than three texts of another one are about is not told.
    """
    first, *others = sorted(((count, theme) for theme, count in themes), reverse=True) or [(0, "")]
    return first if first[0] and (not others or first[0] > others[0][0]) else None


def question_panel(results: Results, question: str, told: ShownWords | None) -> None:
    """Show the texts of one question, and how many were about what."""
    wrote = results.release.facts.texts.get(question)
    shown = told.texts if told else ()
    few = "Too few people wrote for their texts to be shown."
    said = few if wrote is None else f"{counted(wrote, 'person', 'people')} wrote. {counted(len(shown), 'text')} shown."
    panels.heading(results.texts.question[question], said)
    if told and told.themes:
        about = " · ".join(f"**{plain(theme)}** {count}" for theme, count in told.themes)
        st.markdown(f"{about}  \n:gray[Themes of {words.FEWEST_TEXTS} texts and more.]")
    with st.grid(2, gap=("small", "large"), min_column_width=320) as grid:
        for text in shown:
            with grid.cell():
                chosen = "  \n:gray[Chosen for the retreat]" if text.quote else ""
                st.markdown(f"“{plain(text.words)}”{chosen}")


def moderate_panel(person: Person, results: Results) -> None:
    """Offer moderators the next text that waits, and those that were decided on."""
    texts = words.to_moderate(store(), person.alliance_id, results.release.facts.round_id)
    waiting = [text for text in texts if text.state is TextState.WAITING]
    decided = {text.id: text for text in texts if text.state is not TextState.WAITING}
    if waiting:
        with st.expander(f"Read what waits ({len(waiting)})", expanded=True):
            panels.soft(STEPS)
            _decide(person, results, waiting[0])
    if decided:
        with st.expander("Change what was decided"):
            panels.soft(STAYS)
            key = st.selectbox("Text", list(decided), format_func=lambda one: _called(decided[one]), key="decided")
            _decide(person, results, decided[key])


def codebook_panel(person: Person) -> None:
    """Offer coordinators to keep the short list of themes."""
    there = {theme.id: theme.name for theme in words.list_themes(store(), person.alliance_id)}
    with st.expander(f"Themes ({len(there)})"):
        panels.soft("A short list that everybody uses alike. A text can have several.")
        new = fresh("new theme")
        with st.form(new, border=False):
            name = st.text_input("New theme", max_chars=words.LONGEST_THEME, key=f"{new} name")
            if st.form_submit_button("Add the theme", key=f"{new} submit"):
                mine = (store(), person.alliance_id, name)
                save(lambda: words.add_theme(*mine, by=person.account_id), "The theme is added.")
        if there:
            _change_theme(person, there)


def _change_theme(person: Person, there: Mapping[str, str]) -> None:
    key = st.selectbox("Theme", list(there), format_func=there.__getitem__, key="theme")
    which = (store(), person.alliance_id, key)
    with st.form(f"theme {key}", border=False):
        name = st.text_input("Its name", there[key], words.LONGEST_THEME, key=f"theme {key} name")
        if st.form_submit_button("Rename the theme", key=f"theme {key} submit"):
            save(lambda: words.rename_theme(*which, name, by=person.account_id), "The theme has its new name.")
    gone = "The theme is gone. The texts stay."
    remove_button(f"theme {key} gone", lambda: words.remove_theme(*which, by=person.account_id), gone)


def _decide(person: Person, results: Results, text: TextView) -> None:
    themes = {theme.id: theme.name for theme in words.list_themes(store(), person.alliance_id)}
    with st.form(f"text {text.id}", border=False):
        st.markdown(f"**{plain(results.texts.question[text.question])}**")
        redacted = st.text_area(
            "Text", text.words, height=140, max_chars=words.LONGEST_TEXT, key=f"text {text.id} words"
        )
        about = several_of("Themes", themes, text.themes, f"text {text.id} themes")
        quote = st.checkbox("Choose it for the retreat", text.quote, key=f"text {text.id} quote")
        kept = st.checkbox("Keep it beyond 90 days", text.kept, key=f"text {text.id} kept")
        with st.container(horizontal=True):
            show = st.form_submit_button("Show it", type="primary", key=f"text {text.id} show")
            count = st.form_submit_button("Only count it", key=f"text {text.id} count")
    if show or count:
        state = TextState.SHOWN if show else TextState.COUNTED
        decision = Decision(redacted, state, about, quote, kept)
        which = (store(), person.alliance_id, text.id, decision)
        save(lambda: words.decide(*which, by=person.account_id), NEWS[state])


def _called(text: TextView) -> str:
    start = text.words if len(text.words) <= 70 else text.words[:68].rstrip() + " …"
    return f"{start or '(emptied)'} ({text.state})"
