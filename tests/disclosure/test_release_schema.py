"""`release --format json` holds what data/README.md says, and says all that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from assessment.disclosure import values
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection
from assessment.settings import ROOT
from tests.attacks.worlds import World, rules_for
from tests.disclosure.test_gaps import ROWS, seal

SECTION = (ROOT / "data" / "README.md").read_text(encoding="utf-8").split("## Release JSON")[1].split("\n## ")[0]
TOLD = set(re.findall(r"`([a-z_0-9]+)`", SECTION))
TABLES = [re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE) for table in SECTION.split("| key | what it holds |")[1:]]
WORLD = World(
    5, tuple(i % 4 for i in range(60)), tuple(1 + i % 3 for i in range(60)),
    tuple((1 + i % 5,) for i in range(60)), rules_for(Breakdown.ROLES),
)  # fmt: skip
OPEN_KEYS = {"texts", "judgement"}
"""Below these stand the keys of the questionnaire and of the settings."""


def keys(value: Any) -> Iterator[str]:
    """Walk through everything written, but for names that are not ours."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from () if key in OPEN_KEYS else keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def documented(table: int) -> set[str]:
    return {name for row in TABLES[table] for name in re.findall(r"`(\w+)`", row)}


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    return dict(seal(np.tile(ROWS, (12, 1))).plain)


def test_the_parts_of_a_release_are_the_documented_ones(written: dict[str, Any]) -> None:
    assert set(written) == documented(0)


def test_a_result_has_the_documented_keys_and_no_other(written: dict[str, Any]) -> None:
    assert {frozenset(result) for result in written["results"]} == {frozenset(documented(1))}


def test_every_key_that_is_written_is_explained(written: dict[str, Any]) -> None:
    columns = WORLD.seal().plain
    assert set(keys(written)) | set(keys(columns)) <= TOLD
    assert {"codes", "dont_know", "band90", "spread", "noticeable"} - set(keys(columns)) <= {"noticeable"}


@pytest.mark.parametrize("kind", [values.Withheld, values.Verdict, values.GroupKind], ids=lambda kind: kind.__name__)
def test_every_reason_verdict_and_kind_is_explained(kind: type[values.Withheld]) -> None:
    assert {str(member) for member in kind} <= TOLD


def test_the_promises_are_explained() -> None:
    for kind in (Protection, Attribution, Breakdown, Lens):
        assert {str(member) for member in kind} <= TOLD, kind.__name__
