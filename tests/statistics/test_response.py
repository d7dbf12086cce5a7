"""Who answered, how evenly, and whether results speak for the alliance."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.statistics.response import (
    Evenness,
    adjusted_r_indicator,
    evenness,
    r_indicator,
    response_rate,
    speaks_for_alliance,
    voice_balance,
)


@pytest.mark.parametrize(
    ("balance", "word"),
    [(0.09, Evenness.BALANCED), (0.10, Evenness.SOMEWHAT), (0.20, Evenness.SOMEWHAT), (0.21, Evenness.UNEVEN)],
)
def test_voice_balance_in_words(balance: float, word: Evenness) -> None:
    assert evenness(balance) is word


def test_equal_rates_are_perfectly_balanced_and_representative() -> None:
    n, invited = [5, 10, 2], [10, 20, 4]
    assert voice_balance(n, invited) == pytest.approx(0)
    assert r_indicator(n, invited) == pytest.approx(1)
    assert adjusted_r_indicator(n, invited) == pytest.approx(1)


def test_chance_in_small_organisations_is_taken_out_of_r() -> None:
    random = np.random.default_rng(4)
    drawn = random.binomial(4, 0.5, (400, 10))
    invited = np.full(10, 4)
    assert np.mean([r_indicator(n, invited) for n in drawn]) == pytest.approx(0.54, abs=0.04)
    assert np.mean([adjusted_r_indicator(n, invited) for n in drawn]) == pytest.approx(0.89, abs=0.03)


@pytest.mark.parametrize(
    ("answered", "invited", "heard", "organisations", "speaks"),
    [
        (30, 100, 5, 10, True),
        (29, 100, 10, 10, False),
        (90, 100, 4, 10, False),
        (90, None, 10, 10, False),
        (90, 100, 0, 0, True),
    ],
)
def test_few_answers_are_not_the_alliance(
    answered: int, invited: int | None, heard: int, organisations: int, speaks: bool
) -> None:
    assert speaks_for_alliance(answered, invited, heard, organisations) is speaks


def test_nobody_answered_has_no_balance() -> None:
    assert np.isnan(voice_balance([0, 0], [3, 4]))
    with pytest.raises(ValueError, match="nobody"):
        evenness(np.nan)


def test_numbers_invited_are_needed() -> None:
    with pytest.raises(ValueError, match="invited"):
        voice_balance([1, 2], [3, 0])
    with pytest.raises(ValueError, match="invited"):
        response_rate(0, 0)
