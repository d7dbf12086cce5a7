"""What the screen of a retreat is drawn from: results as everybody may see them, chosen texts, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assessment import rounds
from assessment.alliance.commitments import CommitmentView, Promise, list_commitments
from assessment.alliance.titles import own_titles
from assessment.alliance.words import shown
from assessment.findings.results import Results
from assessment.reports.members import as_members_see, day
from assessment.slides.material import Promised
from assessment.storage.engine import Store

KEPT_IN_MEMORY = 16
EARLIER_SHOWN = 4
"""So many promises of before stand above the new ones: those that are due first."""


def history(store: Store, round_id: str) -> tuple[Results, ...]:
    """Return the sealed rounds up to one, oldest first; none while it is open. The screen is public: no group."""
    alliance_id = rounds.round_view(store, round_id).alliance_id
    sealed = [release.facts.round_id for release in rounds.releases(store, alliance_id)]
    if round_id not in sealed:
        return ()
    found, own = _history(store, tuple(sealed[: sealed.index(round_id) + 1])), own_titles(store, round_id)
    return (*found[:-1], replace(found[-1], own_titles=own)) if own else found


def quotes(store: Store, alliance_id: str, round_id: str) -> Mapping[str, str]:
    """Return the texts of a round that were chosen for the retreat, by id."""
    by_question = shown(store, alliance_id, round_id)
    return {text.id: text.words for told in by_question.values() for text in told.texts if text.quote}


def promises(store: Store, alliance_id: str, new: Sequence[CommitmentView]) -> tuple[Promised, ...]:
    """Return what is still promised from before, then what this retreat promised, the newest last."""
    made = {one.id for one in new}
    kept = [one for one in list_commitments(store, alliance_id) if one.state is Promise.OPEN and one.id not in made]
    return tuple(_promised(one, one.id in made) for one in [*kept[:EARLIER_SHOWN], *new])


def _promised(one: CommitmentView, new: bool) -> Promised:
    return Promised(one.promise.what, f"{one.owner or 'All of us'}, by {day(one.promise.due_on)}", new)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _history(store: Store, sealed: tuple[str, ...]) -> tuple[Results, ...]:
    return tuple(as_members_see(store, round_id) for round_id in sealed)
