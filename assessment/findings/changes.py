"""What changed against an earlier round: verdicts in words, in the order of their size (statistics 1.6, charts 2.4)."""

from __future__ import annotations

from typing import NamedTuple

from assessment.disclosure.values import Change, Result, Verdict
from assessment.findings.results import Results
from assessment.findings.words import in_sentence, listed, number, reason

STRENGTH = {
    Verdict.UP: 2,
    Verdict.DOWN: 2,
    Verdict.MAYBE_UP: 1,
    Verdict.MAYBE_DOWN: 1,
}
"""How surely a verdict speaks: 2 clear, 1 possible, 0 no clear change or nothing to compare."""
COMPARED = frozenset({*STRENGTH, Verdict.NONE})
"""Verdicts that compare at all; where there is none of these, nobody knows whether anything changed."""


class Changed(NamedTuple):
    """One dimension then and now; `sentence` is all that may be said. None where an average is not shown exactly."""

    measure: str
    name: str
    before: float | None
    now: float | None
    verdict: Verdict
    sentence: str
    short: str

    @property
    def size(self) -> float:
        """Difference of the two shown averages, 0 where one is missing."""
        return abs(self.now - self.before) if self.now is not None and self.before is not None else 0.0


def changes(results: Results, earlier: str) -> tuple[Changed, ...]:
    """Return every dimension against one earlier round: clear ones first, the largest on top."""
    found = [_changed(results, r, _against(r, earlier)) for r in results.dimensions]
    return tuple(sorted(found, key=lambda c: (-STRENGTH.get(c.verdict, 0), -c.size)))


def change_since(results: Results, measure: str, earlier: str) -> Changed | None:
    """Return one measure against one earlier round; None where this round did not ask it."""
    result = results.release.result(measure)
    return _changed(results, result, _against(result, earlier)) if result else None


def headline(results: Results, earlier: str) -> str:
    """Return what clearly changed; nothing else makes a title."""
    if not results.release.facts.speaks_for_all:
        return "Too few answered to speak of change"
    found = changes(results, earlier)
    up, down = (_names(results, found, verdict) for verdict in (Verdict.UP, Verdict.DOWN))
    if up and down:
        return f"{_capital(up)} went up, {down} went down"
    if up or down:
        return f"{_capital(up or down)} went {'up' if up else 'down'}"
    return "Nothing clearly changed" if any(c.verdict in COMPARED for c in found) else "These rounds cannot be compared"


def subtitle(results: Results, earlier: Results) -> str:
    """Return who answered then and now."""
    now, then = results.release.facts, earlier.release.facts
    said = [f"{_of(f.answered, f.invited)} people in {f.round_name}" for f in (then, now)]
    heard = [_of(f.organisations_heard, f.organisations_invited) for f in (then, now) if f.organisations_heard]
    organisations = f" {heard[0]} organisations then, {heard[1]} now." if len(heard) == 2 else ""
    return f"{said[0]}, {said[1]}.{organisations}"


def _changed(results: Results, result: Result, change: Change | None) -> Changed:
    name = results.name(result.measure)
    verdict = change.verdict if change else Verdict.NOT_COMPARABLE
    now = result.average.value if result.average and result.average.bound == "exact" else None
    before = change.before if change else None
    if result.why is not None:
        return Changed(result.measure, name, None, None, verdict, *[reason(result.why, results.release.rules.k)] * 2)
    sentence, short = _said(name, before, now, verdict, change.noticeable if change else None)
    return Changed(result.measure, name, before, now, verdict, sentence, short)


def _said(
    name: str, before: float | None, now: float | None, verdict: Verdict, noticeable: float | None
) -> tuple[str, str]:
    """Return the sentence about one change, and its few words beside the line."""
    numbers = f", from {number(before)} to {number(now)}" if before is not None and now is not None else ""
    way = "up" if verdict in {Verdict.UP, Verdict.MAYBE_UP} else "down"
    if STRENGTH.get(verdict) == 2:
        return f"{name} went {way}{numbers}. This is more than chance.", f"went {way}"
    if STRENGTH.get(verdict) == 1:
        return f"{name} may have gone {way}{numbers}. Ask people if they see it too.", f"may have gone {way}"
    if verdict is Verdict.NONE:
        least = f" Only a change of about {number(noticeable)} could have been noticed." if noticeable else ""
        return f"{name}: no clear change.{least}", "no clear change"
    return {
        Verdict.TOO_FEW: (f"{name}: too few answers to compare.", "too few to compare"),
        Verdict.UNHEARD: (f"{name}: too few were heard to compare.", "too few heard"),
    }.get(verdict, (f"{name}: not comparable, as not the same was asked.", "not comparable"))


def _against(result: Result, earlier: str) -> Change | None:
    return next((c for c in result.changes if c.round_id == earlier), None)


def _names(results: Results, found: tuple[Changed, ...], verdict: Verdict) -> str:
    return listed([in_sentence(c.name, results.texts) for c in found if c.verdict is verdict])


def _of(part: int | None, whole: int | None) -> str:
    return f"{part:,} of {whole:,}" if whole else f"{part:,}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
