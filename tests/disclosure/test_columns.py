"""R10: which columns are merged, and when none are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure.columns import columns, dont_know_share
from assessment.disclosure.door import door
from assessment.disclosure.rules import Protection

GUARDED, OPEN = Protection.GUARDED, Protection.OPEN
Merged = list[tuple[tuple[int, ...], int]] | None


def merged(counts: list[int], protection: Protection = GUARDED, choice: bool = False) -> Merged:
    found = columns(counts, choice, protection)
    return None if found is None else [(c.codes, c.people) for c in found]


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([3, 3, 3, 3, 3], [((1,), 3), ((2,), 3), ((3,), 3), ((4,), 3), ((5,), 3)]),
        ([2, 3, 3, 3, 3], [((1, 2), 5), ((3,), 3), ((4,), 3), ((5,), 3)]),
        ([3, 2, 3, 3, 0], [((1, 2), 5), ((3,), 3), ((4, 5), 3)]),
        ([0, 2, 4, 3, 3], [((1, 2, 3), 6), ((4,), 3), ((5,), 3)]),
        ([4, 4, 2, 3, 5], [((1,), 4), ((2,), 4), ((3, 4), 5), ((5,), 5)]),
        ([4, 3, 1, 3, 5], [((1,), 4), ((2, 3), 4), ((4,), 3), ((5,), 5)]),
        ([0, 0, 9, 0, 0], None),
        ([5, 0, 0, 0, 5], None),
        ([2, 2, 4, 0, 0], None),
        ([1, 2, 2, 2, 1], None),
        ([2, 4, 5, 6], [((1, 2), 6), ((3,), 5), ((4,), 6)]),
        ([3, 1, 4, 4, 0, 3], [((1,), 3), ((2, 3), 5), ((4, 5), 4), ((6,), 3)]),
        ([9, 9], [((1,), 9), ((2,), 9)]),
        ([16, 2], None),
    ],
)
def test_thin_columns_are_merged_from_the_ends(counts: list[int], expected: Merged) -> None:
    assert merged(counts) == expected


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(("people", "shown"), [(8, False), (9, True), (10, True)])
def test_columns_begin_with_nine_answers(people: int, shown: bool) -> None:
    assert (merged([0, 4, people - 4], OPEN) is not None) is shown


@pytest.mark.usefixtures("inside")
def test_the_open_level_shows_empty_columns_but_none_of_one_or_two() -> None:
    assert merged([0, 0, 9, 0, 0], OPEN) == [((1,), 0), ((2,), 0), ((3,), 9), ((4,), 0), ((5,), 0)]
    assert merged([1, 3, 5, 0, 0], OPEN) == [((1, 2), 4), ((3,), 5), ((4,), 0), ((5,), 0)]


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("counts", "protection", "expected"),
    [
        ([5, 4, 3, 3], GUARDED, [((1,), 5), ((2,), 4), ((3,), 3), ((4,), 3)]),
        ([5, 4, 3, 2], GUARDED, [((1,), 5), ((2,), 4), ((3, 4), 5)]),
        ([9, 5, 2, 1], GUARDED, [((1,), 9), ((2,), 5), ((3, 4), 3)]),
        ([5, 4, 3, 0], GUARDED, [((1,), 5), ((2,), 4), ((3, 4), 3)]),
        ([9, 0, 0, 0], GUARDED, None),
        ([5, 4, 0, 0], GUARDED, None),
        ([9, 0, 0, 0], OPEN, [((1,), 9), ((2,), 0), ((3,), 0), ((4,), 0)]),
    ],
)
def test_thin_choices_join_the_others(counts: list[int], protection: Protection, expected: Merged) -> None:
    assert merged(counts, protection, choice=True) == expected


@given(counts=st.lists(st.integers(0, 8), min_size=2, max_size=11), choice=st.booleans())
def test_no_one_is_lost_and_nobody_stands_alone(counts: list[int], choice: bool) -> None:
    with door():
        found = columns(counts, choice, GUARDED)
    if found is not None:
        assert sum(c.people for c in found) == sum(counts) >= 9
        assert sorted(code for c in found for code in c.codes) == list(range(1, len(counts) + 1))
        assert min(c.people for c in found) >= 3


@pytest.mark.parametrize(
    ("dont_know", "answered", "share"),
    [(0, 9, 0.0), (1, 9, None), (2, 9, None), (3, 9, 0.3), (2, 98, 0.0), (3, 3, 0.5), (0, 0, None)],
)
def test_cant_say_is_a_share_in_tenths_of_nobody_or_three(dont_know: int, answered: int, share: float | None) -> None:
    assert dont_know_share(dont_know, answered) == share
