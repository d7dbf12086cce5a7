"""A day, typed: Streamlit's own date field has parts too small for a finger (WCAG 2.2, target size)."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessment.errors import TendError


class NoDay(TendError):
    """Say that something typed is no day of the calendar."""


def day_field(label: str, known: date | None, key: str, help: str | None = None) -> str:
    """Show a field for a day and return what was typed."""
    return st.text_input(label, known.isoformat() if known else "", 10, placeholder="2027-05-31", help=help, key=key)


def read_day(typed: str) -> date | None:
    """Return a typed day, None for an empty field; raise NoDay for anything else.

    >>> read_day(" 2027-05-31 "), read_day("") is None
    (datetime.date(2027, 5, 31), True)
    """
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise NoDay(f"“{typed.strip()}” is no day. Write it as year, month and day, like 2027-05-31.") from None
