"""How are we overall: the finding sentence, who was heard, and the words beside each dimension (charts 2.1)."""

from __future__ import annotations

from assessment.disclosure.values import Result, Verdict
from assessment.findings.changes import COMPARED
from assessment.findings.results import Results
from assessment.findings.words import band_word, counted, in_sentence, interval, listed

VERDICT_WORDS = {
    Verdict.UP: "went up",
    Verdict.DOWN: "went down",
    Verdict.MAYBE_UP: "may have gone up",
    Verdict.MAYBE_DOWN: "may have gone down",
}


def headline(results: Results) -> str:
    """Return the title of a round: what is strongest and weakest if that is certain, and who sees it differently."""
    shown = [r for r in results.dimensions if r.average]
    if not shown:
        return "Nothing can be shown from this round"
    if not results.release.facts.speaks_for_all:
        return "The views of those who answered"
    apart = _furthest_apart(results, shown)
    first = _strongest_and_weakest(results, *apart) if apart else "No score stands clearly apart."
    return f"{first} {_lens_sentence(results, apart) or _change_sentence(results)}".strip()


def subtitle(results: Results) -> str:
    """Return who was heard, and what changed since the round before."""
    facts = results.release.facts
    people = f"{facts.answered:,} of {facts.invited:,}" if facts.invited else f"{facts.answered:,}"
    heard = ""
    if facts.organisations_heard is not None and facts.organisations_invited:
        heard = f", from {facts.organisations_heard} of {counted(facts.organisations_invited, 'organisation')}"
    return f"{people} people answered{heard}. {_since(results)}".strip()


def caution(results: Results) -> str | None:
    """Return the warning that belongs above everything when too few were heard."""
    if results.release.facts.speaks_for_all:
        return None
    return "These are the views of those who answered, not of the alliance."


def row_words(results: Results, result: Result) -> str:
    """Return the words beside one dimension: its band, a clear change, a lens that sees it differently."""
    if result.average is None or not results.release.facts.speaks_for_all:
        return ""
    word = band_word(result.average, results.points(result.measure), results.judged)
    change = results.change(result)
    moved = VERDICT_WORDS.get(change.verdict) if change else None
    lens = {-1: "small organisations lower", 1: "small organisations higher"}.get(lens_gap(results, result))
    return ", ".join(part for part in (word if word != "mixed" else None, moved, lens) if part)


def lens_gap(results: Results, result: Result) -> int:
    """Return -1 or 1 where small organisations rate clearly lower or higher than large ones, else 0.

    Each organisation counting the same moves the average towards the small ones (statistics 1.2).
    """
    difference = lens_difference(results, result)
    if abs(difference) < results.judged.step(results.judged.lenses_differ, results.points(result.measure)):
        return 0
    return 1 if difference > 0 else -1


def lens_difference(results: Results, result: Result) -> float:
    """Return the average counted by organisation minus the one counted by person; 0 where not both are shown."""
    pair = results.lenses(result)
    return round(pair[1].value - pair[0].value, 2) if pair else 0.0


def moved(results: Results, verdict: Verdict) -> list[Result]:
    """Return the dimensions with one verdict against the round before, in the order of the ranking."""
    if not results.release.facts.speaks_for_all:
        return []
    changes = ((r, results.change(r)) for r in results.dimensions)
    return [r for r, change in changes if change and change.verdict is verdict]


def _furthest_apart(results: Results, shown: list[Result]) -> tuple[Result, Result] | None:
    """Return the strongest and the weakest dimension where their intervals do not overlap."""
    top, bottom = shown[0], shown[-1]
    if top.average is None or bottom.average is None or len(shown) < 2:
        return None
    high = interval(top.average, results.points(top.measure))
    low = interval(bottom.average, results.points(bottom.measure))
    return (top, bottom) if high and low and high[0] > low[1] else None


def _strongest_and_weakest(results: Results, top: Result, bottom: Result) -> str:
    # Not a full sentence: names are singular and plural ("Wins", "Trust"), in any language.
    strongest, weakest = (in_sentence(results.name(r.measure), results.texts) for r in (top, bottom))
    return f"Strongest: {strongest}. Weakest: {weakest}."


def _lens_sentence(results: Results, apart: tuple[Result, Result] | None) -> str:
    lower = [r for r in results.dimensions if lens_gap(results, r) < 0]
    if not lower:
        return ""
    widest = min(lower, key=lambda r: lens_difference(results, r))
    if apart and widest is apart[1]:
        return "Small organisations see it lower still."
    return f"Small organisations rate {in_sentence(results.name(widest.measure), results.texts)} lower."


def _change_sentence(results: Results) -> str:
    for verdict in (Verdict.UP, Verdict.DOWN):
        if found := moved(results, verdict):
            return f"{_names(results, found)} {VERDICT_WORDS[verdict]}."
    return ""


def _since(results: Results) -> str:
    if results.previous is None or not results.release.facts.speaks_for_all:
        return ""
    up, down = moved(results, Verdict.UP), moved(results, Verdict.DOWN)
    before = results.earlier[results.previous]
    if not any(change and change.verdict in COMPARED for change in map(results.change, results.dimensions)):
        return ""
    if not up and not down:
        return f"Nothing clearly changed since {before}."
    if not down:
        return f"{_names(results, up)} went up since {before}; nothing clearly went down."
    if not up:
        return f"{_names(results, down)} went down since {before}; nothing clearly went up."
    return f"Since {before}, {_inside(results, up)} went up and {_inside(results, down)} went down."


def _names(results: Results, found: list[Result]) -> str:
    joined = _inside(results, found)
    return joined[:1].upper() + joined[1:]


def _inside(results: Results, found: list[Result]) -> str:
    return listed([in_sentence(results.name(r.measure), results.texts) for r in found])
