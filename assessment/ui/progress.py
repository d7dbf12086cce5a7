"""An open round in words: all that may be known of it, and no more (rule R12)."""

from __future__ import annotations

import streamlit as st

from assessment.rounds import Progress
from assessment.ui.text import plain


def so_far(progress: Progress) -> str:
    """Return how many answered, in steps of five."""
    people = f"{progress.at_least:,}" if progress.at_least else "Fewer than 5"
    of = f" of {progress.invited:,}" if progress.invited else ""
    lead = f"At least {people}" if progress.at_least else people
    return f"{lead}{of} people have answered so far. Counted in steps of five."


def show_progress(progress: Progress) -> None:
    """Show who was heard: the alliance in steps of five, an organisation only as fewer than five or more."""
    st.write(plain(so_far(progress)))
    if progress.invited:
        st.progress(min(progress.at_least / progress.invited, 1.0))
    heard = [o.name for o in progress.organisations if o.five_or_more]
    waiting = [o.name for o in progress.organisations if not o.five_or_more]
    for names, words in ((heard, "5 or more people"), (waiting, "fewer than 5 people")):
        if names:
            st.markdown(f"**{words.capitalize()}:** :gray[{plain(', '.join(names))}]")
