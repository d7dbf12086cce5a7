"""What phones said at a step, as it may be shown: columns merged until nobody stands alone in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.disclosure.polls import poll_columns
from assessment.slides.steps import Step, ordered, put

OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of revealed votes: its words, merged where fewer than three chose them, and how many votes."""

    label: str
    votes: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Revealed votes. No column and 0 voted: fewer than five voted, and nothing more is known."""

    columns: tuple[Column, ...]
    voted: int


def merged(step: Step, votes: Sequence[int]) -> dict[str, Any]:
    """Return what is kept of votes by choice, as plain data: `counted` reads it. No column where fewer than five voted.

    Columns of one or two votes are merged with a neighbour on a scale, else into "other". Empty ones stay.
    """
    columns = [[list(codes), people] for codes, people in poll_columns(votes, ordered(step))]
    return {"columns": columns, "options": list(put(step)[2])}


def counted(step: Step, kept: Mapping[str, Any]) -> Counted:
    """Return kept counts with the words that they were given to, also where the room is not asked any more."""
    # of older counts the words were not kept
    labels = kept.get("options") or put(step)[2]
    columns = tuple(Column(_label(step, labels, codes), votes) for codes, votes in kept["columns"])
    return Counted(columns, sum(column.votes for column in columns))


def _label(step: Step, labels: Sequence[str], codes: Sequence[int]) -> str:
    words = [labels[code - 1] for code in codes if code <= len(labels)]
    if len(words) < 2:
        return words[0] if words else OTHER
    if not ordered(step):
        return OTHER
    return f"{words[0]}–{words[-1]}" if len(words[0]) <= 2 else f"{words[0]} to {words[-1]}"
