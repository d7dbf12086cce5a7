"""Errors on the screen in plain words: those meant for people as their sentence, our own mistakes as an apology."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assessment.errors import TendError
from assessment.ui.text import plain

OURS = (
    "Something went wrong here, and it is our mistake, not yours. What you saved before is safe. "
    "Reload the page; if it happens again, ask whoever runs this server to look into its log."
)
_log = logging.getLogger(__name__)


@contextmanager
def plain_words(title: str | None = None) -> Iterator[None]:
    """Show what went wrong in the block as a sentence instead of a traceback, and go on after it.

    What is not meant for people goes to the log whole. Streamlit's own signals (stop, rerun) are no `Exception`.
    """
    try:
        yield
    except TendError as error:
        _say(title, plain(str(error)))
    except Exception:
        _log.exception("A screen could not be shown")
        _say(title, OURS)


def _say(title: str | None, sentence: str) -> None:
    if title:
        st.title(title)
    st.error(sentence)
