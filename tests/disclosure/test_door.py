"""Published values are made inside the door, or not at all."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

import assessment
from assessment.disclosure import values
from assessment.disclosure.codec import UnreadableRelease, from_rows, header, read_release, to_json
from assessment.disclosure.door import NotThroughTheDoor, Sealed
from assessment.disclosure.rules import Breakdown
from tests.attacks.worlds import World, rules_for

ROOT = Path(assessment.__file__).parent
MAKERS = {"release.py", "codec.py", "polls.py"}
SEALED = [kind for kind in vars(values).values() if isinstance(kind, type) and issubclass(kind, Sealed)]
WORLD = World(
    5, tuple(i % 4 for i in range(60)), (1,) * 60, tuple((1 + i % 5,) for i in range(60)),
    rules_for(Breakdown.ORGANISATIONS),
)  # fmt: skip


@pytest.mark.parametrize("kind", [k for k in SEALED if k is not Sealed], ids=lambda k: k.__name__)
def test_no_published_value_can_be_made_elsewhere(kind: type) -> None:
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]
    with pytest.raises(NotThroughTheDoor):
        kind(**dict.fromkeys(fields))


def test_a_published_value_cannot_be_altered() -> None:
    average = WORLD.seal().release.results[0].average
    assert average is not None
    with pytest.raises(NotThroughTheDoor):
        replace(average, value=1.0)
    with pytest.raises(AttributeError):
        average.value = 1.0  # type: ignore[misc]


def test_only_sealing_reading_and_revealing_votes_open_the_door() -> None:
    files = list(ROOT.rglob("*.py"))
    assert len(files) > 50
    opened = {
        file.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "assessment.disclosure.door"
        for name in node.names
        if name.name != "Sealed"
    }
    assert opened == MAKERS


def test_a_release_reads_back_as_it_was_written() -> None:
    release = WORLD.seal().release
    plain = to_json(release)
    assert read_release(plain) == release
    rows = [(shown["group"], json.dumps(shown)) for shown in plain["results"]]
    assert from_rows(plain["rules"], header(plain), reversed(rows)) != release
    assert from_rows(plain["rules"], header(plain), rows) == release


def test_a_stored_result_that_is_no_json_says_that_the_release_cannot_be_read() -> None:
    plain = to_json(WORLD.seal().release)
    with pytest.raises(UnreadableRelease, match="cannot be read"):
        from_rows(plain["rules"], header(plain), [("alliance", "{")])


@pytest.mark.parametrize("broken", [{}, {"facts": {}}, {"rules": {"k": 4}}])
def test_what_is_not_a_release_is_refused(broken: dict[str, object]) -> None:
    plain = {**to_json(WORLD.seal().release), **broken} if broken else broken
    with pytest.raises(UnreadableRelease):
        read_release(plain)


def test_exact_sums_are_kept_of_shown_averages_only() -> None:
    sealed = WORLD.seal()
    for statistic in sealed.statistics:
        found = sealed.release.result(statistic.measure, statistic.group.partition("/")[0])
        assert found is not None
        assert found.average is not None or found.other_lens is not None


def test_every_gap_has_its_reason() -> None:
    for result in WORLD.seal().release.results:
        counted = result.measure == "role"
        assert (result.average is None) == (result.why is not None) or counted
        assert (result.other_lens is None) == (result.why_other_lens is not None) or counted
        assert (result.columns is None) == (result.why_columns is not None)
