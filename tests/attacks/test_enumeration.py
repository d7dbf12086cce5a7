"""The attacker's own arithmetic in whole numbers reads averages as the door shows them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from assessment.disclosure.averages import Mean, of_people, rounded
from assessment.disclosure.lenses import extremes
from tests.attacks.enumeration import averages_read, end_coded, extreme_averages, histograms

SAID = {"exact": 0, "at_most": -2, "at_least": -3}


@pytest.mark.parametrize("points", [3, 5])
@pytest.mark.parametrize("n", [9, 10, 21])
@pytest.mark.parametrize("by_organisation", [False, True])
def test_averages_read_as_the_door_shows_them(points: int, n: int, by_organisation: bool) -> None:
    plain = Mean(Fraction(0), n, 3 * 3, 3) if by_organisation else of_people(0, 1, n)
    values = np.arange(6 * n, 6 * n * points + 1)
    for value, read in zip(values, averages_read(values, 6 * n, plain, points), strict=True):
        mean = plain._replace(value=Fraction(int(value), 6 * n))
        shown = rounded(mean, points)
        if end_coded(mean, points):
            assert read in {-4, SAID[shown.bound]}
        else:
            assert read == shown.value / shown.step


def test_extremes_are_the_doors() -> None:
    sizes, nowhere, scale = [2, 3, 4], 1, 36
    rows = histograms(10, 3)
    lowest, highest = extreme_averages(rows, sizes, nowhere, scale)
    for row, low, high in zip(rows, lowest, highest, strict=True):
        scores = [code for code, people in enumerate(row, 1) for _ in range(people)]
        assert (Fraction(int(low), scale), Fraction(int(high), scale)) == extremes(scores, sizes, nowhere)
