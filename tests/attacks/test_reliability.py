"""Attack on R16: alpha beside everything else that is told of a dimension's questions.

Alpha of two questions is the sum of the products of their answers, once the columns tell both variances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assessment.disclosure.exact import Earlier
from assessment.disclosure.reliability import FINE_FROM, told
from assessment.disclosure.rules import Attribution, Rules
from assessment.disclosure.values import Reliability, Withheld
from tests.attacks.enumeration import promised
from tests.attacks.worlds import World

POINTS = np.arange(1, 6)
Codes = NDArray[np.int64]


def world(first: Sequence[int] | Codes, second: Sequence[int] | Codes) -> World:
    """A dimension of two questions; answer 0: skipped."""
    n = len(first)
    answers = tuple(zip(map(int, first), map(int, second), strict=True))
    return World(5, (0,) * n, (1,) * n, answers, Rules())


def reliability(made: World, earlier: Sequence[Earlier] = ()) -> Reliability:
    (found,) = made.seal(earlier, f"r{len(earlier)}").release.reliability
    return found


def spread_out(n: int, seed: int) -> Codes:
    return np.random.default_rng(seed).permutation(np.resize(POINTS, n))


@pytest.mark.parametrize(
    "first",
    [
        pytest.param([3] * 40, id="all alike: a question that does not vary has no alpha, and its average tells which"),
        pytest.param([5] + [1] * 39, id="one exception, who knows how the own answers alone would go together"),
        pytest.param([3] * 38 + [2, 4], id="columns that would merge until too few are left"),
    ],
)
def test_a_question_without_columns_tells_nothing_of_how_it_goes_with_others(first: list[int]) -> None:
    found = reliability(world(first, spread_out(40, 1)))
    assert (found.alpha, found.low, found.high, found.omega, found.why) == (None,) * 4 + (Withheld.PROTECTED,)


def test_two_organisations_are_told_no_alpha_either() -> None:
    two = replace(world(spread_out(40, 2), spread_out(40, 3)), organisation=(0,) * 20 + (1,) * 20)
    found = reliability(replace(two, rules=Rules(attribution=Attribution.VISIBLE)))
    assert (found.alpha, found.why) == (None, Withheld.PROTECTED)


def test_one_person_who_joins_changes_no_alpha() -> None:
    first, second = spread_out(40, 2), spread_out(40, 3)
    before = world(first, second)
    sealed = before.seal()
    assert sealed.release.reliability[0].alpha is not None
    later = world([*first, 5], [*second, 1])
    found = reliability(later, [Earlier(sealed.release, sealed.statistics, before.asked)])
    assert (found.alpha, found.why) == (None, Withheld.PROTECTED)


def skipped(n: int, seed: int) -> tuple[Codes, Codes]:
    """Answers of which one person, the first, skips the second question; often nearly the same in both."""
    random = np.random.default_rng(seed)
    first = random.permutation(np.concatenate([np.repeat(POINTS, 3), random.choice(POINTS, n - 15)]))
    apart = np.clip(first + random.choice([-1, 0, 1], n), 1, 5)
    second = np.array([random.permutation(first), first, apart])[seed % 3]
    second[0] = 0
    return first, second


def possible(first: Codes, second: Codes, shown: float | None) -> list[int]:
    """Return what the first person can have answered: columns and alpha of everybody are known, and who skipped."""
    here, n = second[second > 0], len(first)
    variances = first.var(ddof=1) + here.var(ddof=1)
    found = []
    for own in np.unique(first):
        rest = np.sort(np.delete(first, np.flatnonzero(first == own)[0]))
        products = np.arange(rest @ np.sort(here)[::-1], rest @ np.sort(here) + 1)
        both = (products - rest.sum() * here.sum() / (n - 1)) / (n - 2)
        alphas = 2 * (1 - variances / (variances + 2 * both))
        if any(told(float(alpha), len(here)) == shown for alpha in alphas):
            found.append(int(own))
    return found


@pytest.mark.parametrize("n", [31, 41, 61, FINE_FROM, FINE_FROM + 1, 150])
def test_alpha_does_not_tell_what_the_one_person_answered_who_skipped_the_other_question(n: int) -> None:
    tried = 0
    for seed in range(12):
        first, second = skipped(n, seed)
        found = reliability(world(first, second))
        if found.why is None:
            tried += 1
            assert len(possible(first, second, found.alpha)) >= promised(5), (seed, found)
    assert tried >= 3


def test_the_interval_is_that_of_the_shown_alpha() -> None:
    """Of the exact one it told alpha to half a digit more."""
    first, second = spread_out(40, 4), spread_out(40, 4)
    second[::4] = second[::-4]
    other = second.copy()
    other[:2] = second[1::-1]
    one, two = reliability(world(first, second)), reliability(world(first, other))
    assert (one.alpha, one.low, one.high) == (two.alpha, two.low, two.high)
    assert one.low is not None
    assert one.high is not None
    assert one.low < float(one.alpha or 0) < one.high
