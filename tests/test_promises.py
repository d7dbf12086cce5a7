"""What stands beside a promise: the published verdict, from round to round, and never a cause."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.disclosure.values import Verdict
from assessment.findings.promises import measure_name, verdict_beside
from assessment.findings.results import Results
from tests.published import average, change, result, told

BEFORE = told(result("trust", average(3.0)), round_id="r1", round_name="Spring", sealed_on=date(2026, 4, 1))
DUE = date(2026, 12, 1)


def later(number: int, name: str, day: date, verdict: Verdict, value: float = 3.6) -> Results:
    moved = result("trust", average(value), changes=(change(verdict, 3.0, "r1"),))
    return told(moved, round_id=f"r{number}", round_name=name, sealed_on=day)


AUTUMN = later(2, "Autumn", date(2026, 10, 1), Verdict.UP)
WINTER = later(3, "Winter", date(2027, 1, 1), Verdict.NONE)
NEXT_SPRING = later(4, "Next spring", date(2027, 4, 1), Verdict.DOWN, 2.5)


def test_before_the_next_round_nothing_is_said() -> None:
    assert verdict_beside([BEFORE], "trust", "r1", DUE) == "Looked at again when the next round is sealed."


def test_the_newest_round_speaks_until_the_promises_day() -> None:
    said = verdict_beside([BEFORE, AUTUMN], "trust", "r1", DUE)
    assert said == "Spring to Autumn: went up, from 3.0 to 3.6. This is more than chance."


def test_the_first_round_on_or_after_its_day_has_the_last_word() -> None:
    for history in ([BEFORE, AUTUMN, WINTER], [BEFORE, AUTUMN, WINTER, NEXT_SPRING]):
        assert verdict_beside(history, "trust", "r1", DUE).startswith("Spring to Winter: no clear change.")
    assert verdict_beside([BEFORE, AUTUMN, WINTER], "trust", "r1", date(2026, 10, 1)).startswith("Spring to Autumn")


@pytest.mark.parametrize(("history", "measure"), [([AUTUMN], "trust"), ([], "trust")])
def test_a_round_that_is_gone_leaves_nothing_to_say(history: list[Results], measure: str) -> None:
    assert verdict_beside(history, measure, "r1", DUE) == ""
    assert measure_name(history, measure, "r1") is None


def test_what_was_not_asked_again_is_said_to_be_so() -> None:
    other = told(result("wins", average(3.0)), round_id="r2", round_name="Autumn", sealed_on=date(2026, 10, 1))
    assert verdict_beside([BEFORE, other], "trust", "r1", DUE) == "Spring to Autumn: not asked again."


def test_what_is_not_shown_stays_so() -> None:
    hidden = told(result("trust", None), round_id="r2", round_name="Autumn", sealed_on=date(2026, 10, 1))
    said = verdict_beside([BEFORE, hidden], "trust", "r1", DUE)
    assert said == "Spring to Autumn: not shown: fewer than 5 answers."
    assert measure_name([BEFORE], "trust", "r1") == "Trust"
