"""An old release is read with the judgement values that it stored, whatever is in force now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assessment.disclosure.codec import read_release, to_json
from assessment.findings import agreement, balance, overview, standouts, tattersall
from assessment.findings.results import Results
from assessment.statistics.settings import JUDGEMENT
from tests.published import average, columns, gap, result, told

AXES = (result("tattersall/social_change", average(3.6)), result("tattersall/social_power", average(3.2)))
POWER = result("power", average(2.5), other_lens=average(2.2, None))
CAMPS = result("direction.needed", average(3.0), columns=columns(30, 30, 22, 30, 30))
UNSURE = result("trust.safety", average(3.0), columns=columns(30, 30, 22, 30, 30, dont_know=0.3))
PROCESS = result("balance.process", average(3.2), columns=columns(10, 14, 80, 20, 18))


def judged(shown: Results, **values: float) -> Results:
    """The same release, sealed when other values were in force."""
    plain = to_json(shown.release)
    return replace(shown, release=read_release(plain | {"judgement": JUDGEMENT.as_dict() | values}))


@pytest.mark.parametrize(
    ("setting", "then", "shown", "read"),
    [
        ("weak_below", 2.0, told(POWER), lambda r: "weak" in overview.row_words(r, r.dimensions[0])),
        ("lenses_differ", 0.5, told(POWER), lambda r: overview.lens_gap(r, r.dimensions[0])),
        ("notable", 0.5, told(*AXES, gaps=(gap(0.4),)), tattersall.gap_finding),
        ("quadrant_cut", 4.0, told(*AXES), tattersall.named_quadrant),
        ("camp_share", 0.45, told(CAMPS), lambda r: agreement.spreads(r)[0].word),
        ("cannot_judge", 0.4, told(UNSURE), lambda r: [f.topic for f in standouts.standouts(r)]),
        ("right_share", 0.5, told(PROCESS), lambda r: [one.lean for one in balance.leanings(r)]),
    ],
)
def test_a_release_is_read_with_the_judgement_that_it_stored(
    setting: str, then: float, shown: Results, read: Callable[[Results], object]
) -> None:
    assert read(shown) == read(judged(shown))
    assert read(shown) != read(judged(shown, **{setting: then}))
