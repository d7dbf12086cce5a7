"""Written answers: moderated in two steps, given themes by hand, chosen for the retreat (rule R14).

Until somebody has redacted a text and decided to show it, nobody but moderators sees it. What was redacted is
overwritten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.alliance.accounts import name_fault
from assessment.alliance.entries import NotThere, refuse
from assessment.storage import alliance as alliances
from assessment.storage import audit, retreats
from assessment.storage import texts as rows
from assessment.storage.columns import TextState as TextState
from assessment.storage.engine import Store
from assessment.storage.tables import Written
from assessment.web.forms import unusable

FEWEST_TEXTS = 3
"""A theme is counted where so many of a question's texts have it: each was written by somebody else."""
LONGEST_THEME, LONGEST_TEXT, MOST_THEMES = 60, 1_000, 40
_REPLACED = re.compile(r"\[[^\[\]]{0,40}\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ThemeView:
    """An entry of the codebook."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A written answer as far as it was redacted; `themes` are ids."""

    id: str
    question: str
    words: str
    state: TextState
    quote: bool
    kept: bool
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What moderators decide about a text: its redacted words, whether they are shown, what it is about."""

    words: str
    state: TextState
    themes: tuple[str, ...] = ()
    quote: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ShownWords:
    """What everybody who is signed in may read of one question's texts; `themes`: name and number of texts."""

    texts: tuple[TextView, ...]
    themes: tuple[tuple[str, int], ...]


def shown(store: Store, alliance_id: str, round_id: str) -> dict[str, ShownWords]:
    """Return by question what may be read: texts in a random order that stays, and themes of three texts or more."""
    with store.read() as session:
        decided = _views(session, alliance_id, round_id, (TextState.SHOWN, TextState.COUNTED))
        names = {theme.id: theme.name for theme in rows.list_themes(session, alliance_id)}
    by_question: dict[str, list[TextView]] = {}
    for view in decided:
        by_question.setdefault(view.question, []).append(view)
    return {question: _shown(views, names) for question, views in by_question.items()}


def to_moderate(store: Store, alliance_id: str, round_id: str) -> tuple[TextView, ...]:
    """Return every text of a round, the waiting ones first. For moderators only."""
    with store.read() as session:
        found = _views(session, alliance_id, round_id, tuple(TextState))
    return tuple(sorted(found, key=lambda view: view.state is not TextState.WAITING))


def decide(store: Store, alliance_id: str, text_id: str, decision: Decision, *, by: str | None = None) -> None:
    """Overwrite a text with its redacted words, and show it or count it only; a screen that shows it in a room follows.

    Redacting takes words away; what stands in their place goes into square brackets. Raise NotThere for another
    alliance's text, FieldFaults for what cannot be stored.
    """
    with store.write() as session:
        found = rows.lock_text(session, alliance_id, text_id)
        if found is None:
            raise NotThere
        row, round_name = found
        words = decision.words.strip()
        codebook = {theme.id for theme in rows.list_themes(session, alliance_id)}
        refuse(
            {
                "words": text_fault(row.words, words, decision.state),
                "themes": None if codebook.issuperset(decision.themes) else "This theme is gone. Choose another one.",
            }
        )
        # before the instance, as whoever ends a retreat: two who each wait for the other would both be refused
        retreats.draw_again(session, row.round_id)
        if words != row.words:
            # The file may still hold what was overwritten: it is cleaned within the hour.
            alliances.instance(session).purge_due = True
        is_shown = decision.state is TextState.SHOWN
        row.words, row.state = words, decision.state
        row.quote, row.kept = is_shown and decision.quote, is_shown and decision.kept
        rows.set_themes(session, text_id, decision.themes)
        audit.note(session, by, f"text {decision.state}", round_name)


def text_fault(original: str, redacted: str, state: TextState) -> str | None:
    """Return what is wrong with a redacted text, None where it only takes words of the original away.

    >>> text_fault("Ana of the choir shouted", "[somebody] shouted", TextState.SHOWN) is None
    True
    >>> text_fault("Ana shouted", "Ben shouted", TextState.SHOWN) is None
    False
    """
    if state is TextState.SHOWN and not _WORD.search(_REPLACED.sub(" ", redacted)):
        return "Nothing is left that could be shown. Count it only."
    if len(redacted) > LONGEST_TEXT:
        return f"This is too long: {LONGEST_TEXT:,} characters at most."
    if unusable(redacted):
        return "The text holds invisible characters. Type it again."
    if not _only_taken_away(original, redacted):
        return "Only take words away. What you put in their place goes into square brackets, like [a person]."
    return None


def list_themes(store: Store, alliance_id: str) -> tuple[ThemeView, ...]:
    """Return an alliance's codebook by name."""
    with store.read() as session:
        return tuple(ThemeView(theme.id, theme.name) for theme in rows.list_themes(session, alliance_id))


def add_theme(store: Store, alliance_id: str, name: str, *, by: str | None = None) -> str:
    """Add a theme to the codebook and return its id; raise FieldFaults for what cannot be stored."""
    with store.write() as session:
        there = rows.list_themes(session, alliance_id)
        full = "The codebook is full: keep it short, so that everybody uses it alike. Remove a theme first."
        refuse({"name": _theme_fault(name, (t.name for t in there)) or (full if len(there) >= MOST_THEMES else None)})
        audit.note(session, by, "theme added", name.strip())
        return rows.add_theme(session, alliance_id, name.strip())


def rename_theme(store: Store, alliance_id: str, theme_id: str, name: str, *, by: str | None = None) -> None:
    """Give a theme another name; raise NotThere, FieldFaults as `add_theme`."""
    with store.write() as session:
        theme = rows.find_theme(session, alliance_id, theme_id)
        if theme is None:
            raise NotThere
        others = (t.name for t in rows.list_themes(session, alliance_id) if t.id != theme_id)
        refuse({"name": _theme_fault(name, others)})
        theme.name = name.strip()
        audit.note(session, by, "theme renamed", theme.name)


def remove_theme(store: Store, alliance_id: str, theme_id: str, *, by: str | None = None) -> None:
    """Remove a theme from the codebook and from every text; raise NotThere."""
    with store.write() as session:
        theme = rows.find_theme(session, alliance_id, theme_id)
        if theme is None:
            raise NotThere
        audit.note(session, by, "theme removed", theme.name)
        rows.delete_theme(session, theme_id)


def _only_taken_away(original: str, redacted: str) -> bool:
    """Tell whether every word outside square brackets stands in the original, in the same order."""
    source, place = original.casefold(), 0
    for word in _WORD.findall(_REPLACED.sub(" ", redacted).casefold()):
        place = source.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def _theme_fault(name: str, others: Iterable[str]) -> str | None:
    if name.strip().casefold() in {other.casefold() for other in others}:
        return "There is a theme of this name already. Use that one, or another name."
    return name_fault(name, LONGEST_THEME, "name for the theme")


def _views(session: Session, alliance_id: str, round_id: str, states: Collection[TextState]) -> tuple[TextView, ...]:
    themes = rows.themes_of(session, round_id)
    return tuple(_view(row, themes) for row in rows.of_round(session, alliance_id, round_id, states))


def _view(row: Written, themes: Mapping[str, list[str]]) -> TextView:
    about = tuple(sorted(themes.get(row.id, [])))
    return TextView(row.id, row.question_id, row.words, row.state, row.quote, row.kept, about)


def _shown(decided: list[TextView], names: Mapping[str, str]) -> ShownWords:
    counts = Counter(names[theme] for view in decided for theme in view.themes if theme in names)
    enough = [(name, count) for name, count in counts.items() if count >= FEWEST_TEXTS]
    enough.sort(key=lambda one: (-one[1], one[0].casefold()))
    return ShownWords(tuple(view for view in decided if view.state is TextState.SHOWN), tuple(enough))
