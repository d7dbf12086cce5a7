"""A rule that is broken must be noticed: the mutations that matter most, each in a copy of the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.mutations import MUTATIONS, RULES, copied, survives

NAMED = (
    "threshold off by one",
    "remainder check removed",
    "audit skipped",
    "rounding removed",
    "empty column shown",
    "second lens let through among few",
    "band from the exact spread",
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("mutated"))


@pytest.mark.parametrize("name", NAMED)
def test_a_broken_rule_is_noticed(name: str, tree: Path) -> None:
    mutation = next(m for m in MUTATIONS if m.name == name)
    assert not survives(mutation, tree)


def test_every_mutation_still_finds_its_line(tree: Path) -> None:
    assert len({m.name for m in MUTATIONS}) == len(MUTATIONS) > len(NAMED)
    for mutation in MUTATIONS:
        assert mutation.before in (tree / RULES / mutation.file).read_text(encoding="utf-8")
        assert mutation.before != mutation.after
