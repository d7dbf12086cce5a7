"""What the forms of the kept logs share: organisations to choose from, saving with a sentence, removing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import streamlit as st

from assessment.alliance.organisations import list_organisations
from assessment.alliance.values import Person
from assessment.ui import panels
from assessment.ui.days import NoDay, read_day
from assessment.ui.instance import store
from assessment.ui.trouble import plain_words

T = TypeVar("T")
_SAVED = "entries saved"


def organisations_of(person: Person) -> dict[str, str]:
    """Return the names of the alliance's organisations by id."""
    return {o.id: o.name for o in list_organisations(store(), person.alliance_id)}


def day_words(day: date) -> str:
    """Return a day as people write it.

    >>> day_words(date(2026, 3, 4))
    '4 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def typed_day(typed: str, missing: str) -> date | None:
    """Return a typed day; where there is none, say what is wrong with it and return None."""
    found: date | None = None
    with plain_words():
        found = read_day(typed)
        if found is None:
            raise NoDay(missing)
    return found


def one_of(label: str, offered: Mapping[T, str], known: T | None, key: str) -> T | None:
    """Ask for one of a few things; nothing is chosen beforehand where nothing is known."""
    index = None if known is None else list(offered).index(known)
    return st.radio(label, list(offered), index, lambda one: offered[one], key=key)


def organisation_input(label: str, names: Mapping[str, str], known: str | None, key: str) -> str | None:
    """Ask for one organisation or none; not where there is none: Streamlit greys such a field out of reading."""
    if not names:
        return None
    index = None if known is None or known not in names else list(names).index(known)
    return st.selectbox(label, list(names), index, names.__getitem__, key=key)


def several_of(label: str, names: Mapping[str, str], known: Iterable[str], key: str) -> tuple[str, ...]:
    """Ask for any number of things, by id; not where there are none."""
    if not names:
        return ()
    return tuple(st.multiselect(label, list(names), [k for k in known if k in names], names.__getitem__, key=key))


def fresh(key: str) -> str:
    """Return a key for a form of something new: another one after each saving, so that it is empty again."""
    return f"{key} {st.session_state.get(_SAVED, 0)}"


def save(act: Callable[[], object], said: str) -> None:
    """Do something, say it and draw the screen again; what went wrong is said in its own words."""
    with plain_words():
        act()
        st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1
        panels.saved(said)
        st.rerun()


def remove_button(key: str, act: Callable[[], object], said: str) -> None:
    """Offer to remove an entry that was typed by mistake; asked twice."""
    with st.popover("Remove"):
        if st.button("Remove it for good", key=key):
            save(act, said)
