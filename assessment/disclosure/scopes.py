"""Where the exact average of a composite may be shown: beside its questions (R18) and all other measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.disclosure.composites import exact_alliance, exact_groups, fewest_partial, parts_of, unmasked
from assessment.disclosure.joint import Joint, Shown
from assessment.disclosure.people import nobody_or_enough
from assessment.disclosure.planner import Plan
from assessment.disclosure.tally import Tally
from assessment.disclosure.weights import Weights
from assessment.questionnaire.measures import Measure


@dataclass(frozen=True)
class Scope:
    """Where a measure's exact average may be shown: for the alliance, and for which groups."""

    whole: bool
    groups: tuple[int, ...]


def together(tally: Tally, plans: Mapping[str, Plan]) -> dict[str, Scope]:
    """Give up composites one by one until all measures together tell nothing about fewer than k people."""
    given_up: set[tuple[str, int | None]] = set()
    weights, dealing = Weights(tally), None
    while True:
        scopes = {m.id: _scope(tally, plans, m, given_up) for m in tally.measures if m.id in plans}
        shown = {measure: _shown(plans[measure], scope) for measure, scope in scopes.items()}
        joint = Joint(weights, shown, tally.rules.k, dealing)
        found = joint.exposed()
        if not found:
            return scopes
        given_up |= found
        dealing = joint.dealing


def _shown(plan: Plan, scope: Scope) -> Shown:
    return Shown(
        scope.whole and plan.people is None, scope.whole and plan.organisations is None, frozenset(scope.groups)
    )


def _scope(tally: Tally, plans: Mapping[str, Plan], measure: Measure, given_up: set[tuple[str, int | None]]) -> Scope:
    """Return where a measure may be shown exactly, beside its own questions and without what was given up."""
    shown = plans[measure.id].shown
    if measure.kind == "question":
        return Scope(True, shown)
    partial, k = [int(n) for n in tally.partial(measure)], fewest_partial(tally.rules)
    left = tuple(i for i in shown if (measure.id, i) not in given_up)
    whole = (measure.id, None) not in given_up
    if any(i in plans[part].shown for part in parts_of(measure) for i in shown):
        exact = exact_groups(partial, left, k)
        return Scope(whole and exact_alliance(partial, exact, k), exact)
    exact = unmasked(partial, left, tally.who(measure).rest(left), k)
    return Scope(whole and nobody_or_enough(sum(partial), k), exact)
