"""What stands beside a promise: how the measure that it should move looks since, never why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assessment.findings.changes import change_since
from assessment.findings.results import Results


def measure_name(history: Sequence[Results], measure: str, since: str) -> str | None:
    """Return what a measure was called in the round `since`; None where that round is gone."""
    found = _round(history, since)
    return found.name(measure) if found else None


def verdict_beside(history: Sequence[Results], measure: str, since: str, due_on: date) -> str:
    """Return what may be said of a measure since a round, or that it is looked at again later; "" for a lost round.

    `history` are the sealed rounds, oldest first. A promise is carried from round to round until one is sealed on or
    after its day; that one has the last word, until then the newest.
    """
    before = _round(history, since)
    if before is None:
        return ""
    later = history[history.index(before) + 1 :]
    if not later:
        return "Looked at again when the next round is sealed."
    judging = next((r for r in later if r.release.facts.sealed_on >= due_on), later[-1])
    changed = change_since(judging, measure, since)
    said = changed.sentence.removeprefix(changed.name).lstrip(": ") if changed else "not asked again."
    return f"{before.release.facts.round_name} to {judging.release.facts.round_name}: {said.rstrip('.')}."


def _round(history: Sequence[Results], round_id: str) -> Results | None:
    return next((r for r in history if r.release.facts.round_id == round_id), None)
