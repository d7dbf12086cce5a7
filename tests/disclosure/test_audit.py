"""The attacker on a sealed release: silent on what the door let out, loud on what it would never."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessment.disclosure.audit import ATTEMPTS, audit_release, report_lines
from assessment.disclosure.codec import read_release, to_json
from assessment.disclosure.exact import Earlier
from assessment.disclosure.rules import Breakdown, Protection
from assessment.statistics.means import interval
from assessment.statistics.settings import judgement
from tests.attacks.worlds import World, rules_for

Tampering = Callable[[dict[str, Any]], None]
ANSWERS = tuple((1 + (i * i) % 5,) for i in range(60))
WORLD = World(5, tuple(i % 4 for i in range(60)), (1,) * 60, ANSWERS, rules_for(Breakdown.ORGANISATIONS))


@pytest.mark.parametrize("breakdown", Breakdown)
@pytest.mark.parametrize("protection", Protection)
@pytest.mark.parametrize("people", [9, 14, 24, 60])
def test_what_the_door_let_out_withstands(breakdown: Breakdown, protection: Protection, people: int) -> None:
    rules = rules_for(breakdown, protection=protection)
    world = World(5, WORLD.organisation[:people], (1,) * people, ANSWERS[:people], rules)
    first = world.seal()
    later = world.with_answers([(6 - a,) for (a,) in world.answers])
    second = later.seal([Earlier(first.release, first.statistics, world.asked)], "r2")
    report = audit_release(second.release, world.asked, [first.release])
    assert report.withstood, report_lines(report)
    assert [attempt.name for attempt in report.attempts] == list(ATTEMPTS)


def tampered(change: Tampering) -> list[str]:
    """Read a release that somebody altered, and return which attempts succeed."""
    plain = to_json(WORLD.seal().release)
    change(plain)
    report = audit_release(read_release(plain), WORLD.asked)
    return [attempt.name for attempt in report.attempts if attempt.found]


def few(plain: dict[str, Any]) -> None:
    plain["results"][2]["people"] = "1-4"


def thin(plain: dict[str, Any]) -> None:
    plain["results"][0]["columns"]["columns"][0]["people"] = 2


def alike(plain: dict[str, Any]) -> None:
    plain["results"][0]["average"]["value"] = 1.0


def narrow(plain: dict[str, Any]) -> None:
    plain["results"][0]["average"]["band90"] = [3.0, 3.01]


def pinned(plain: dict[str, Any]) -> None:
    plain["results"][0]["columns"]["columns"] = [
        {"codes": [1], "people": 20},
        {"codes": [2, 3], "people": 20},
        {"codes": [4, 5], "people": 20},
    ]
    plain["results"][0]["average"]["value"] = 2.3


@pytest.mark.parametrize(
    ("change", "attempt"),
    [
        (few, "Numbers of too few people"),
        (thin, "Columns of one or two people"),
        (alike, "Averages that tell everybody's answer"),
        (narrow, "Bands that tell more than their average"),
    ],
)
def test_what_the_door_would_never_let_out_is_found(change: Tampering, attempt: str) -> None:
    assert attempt in tampered(change)


def test_a_missing_alpha_beside_hidden_columns_is_found() -> None:
    """It tells that everybody answered a question alike."""
    two = WORLD.with_answers([(a, 1 + i % 5) for i, (a,) in enumerate(ANSWERS)])
    plain = to_json(two.seal().release)
    assert audit_release(read_release(plain), two.asked).withstood
    plain["reliability"][0] |= {"alpha": None, "low": None, "high": None}
    next(r for r in plain["results"] if r["measure"] == "q1")["columns"] = None
    (found,) = (a for a in audit_release(read_release(plain), two.asked).attempts if a.found)
    assert (found.name, found.tried) == ("How questions without columns hang together", 1)


def test_a_release_is_tried_with_the_judgement_that_it_was_made_with() -> None:
    def judged_otherwise(plain: dict[str, Any]) -> None:
        plain["judgement"] |= {"level": 0.8, "prior_spread": 0.5}
        used, invited = judgement(plain["judgement"]), plain["facts"]["invited"]
        for found in plain["results"]:
            if found["average"] and found["average"]["band90"] and found["group"] == "alliance":
                fewest, average = int(found["people"].split("-")[0]), found["average"]
                average["band90"] = interval(fewest, average["value"], average["spread"], invited, 5, used)

    assert tampered(judged_otherwise) == []


def test_columns_and_average_that_leave_three_answers_are_let_pass() -> None:
    assert "Answers left by columns and average" not in tampered(pinned)


def test_the_report_says_what_was_tried() -> None:
    lines = report_lines(audit_release(WORLD.seal().release, WORLD.asked))
    assert lines[-1] == "The release withstood."
    assert any(line.startswith("Columns of one or two people: 1 tried") for line in lines)


def test_an_average_that_is_shown_again_is_not_taken_for_unanimity() -> None:
    rules = rules_for(Breakdown.NONE)
    before = World(3, (0, 0, 0, 2, 0, 0, 0, 1), (1,) * 8, tuple((a,) for a in (1, 3, 3, 3, 1, 2, 3, 3)), rules)
    now = World(3, before.organisation[3:], (1,) * 5, before.answers[3:], rules)
    first = before.seal()
    second = now.seal([Earlier(first.release, first.statistics, before.asked)], "r2")
    assert second.release.results[0].repeats == "r1"
    assert audit_release(second.release, now.asked, [first.release]).withstood
