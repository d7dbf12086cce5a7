"""Errors that are meant for people, on the screen in their own words; everything else goes to the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assessment.errors import TendError
from assessment.ui.text import plain


@contextmanager
def plain_words(title: str | None = None) -> Iterator[None]:
    """Show a TendError as its sentence instead of a traceback and go on after the block."""
    try:
        yield
    except TendError as error:
        if title:
            st.title(title)
        st.error(plain(str(error)))
