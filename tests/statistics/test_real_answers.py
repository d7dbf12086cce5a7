"""Real answers and the real questionnaire: published figures of `bfi`, and every reading of the core."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.measures import alias, measures
from assessment.statistics.reliability import alpha, items, omega
from assessment.statistics.scoring import score
from tests.statistics.worlds import codes

HERE = Path(__file__).parent.parent
CORE = load_questionnaire(HERE.parent / "data" / "instruments" / "core")
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}


def dimension(letter: str) -> np.ndarray:
    """Return the five statements of a dimension, reversed ones turned round: people x 5, NaN where missing."""
    frame = pd.read_csv(HERE / "real" / "bfi.csv")
    columns = [f"{letter}{i}" for i in range(1, 6)]
    return np.column_stack([7 - frame[c] if c in REVERSED else frame[c] for c in columns])


@pytest.mark.parametrize(("letter", "published"), [("A", 0.70), ("C", 0.73), ("E", 0.76), ("N", 0.81), ("O", 0.60)])
def test_alpha_of_bfi_is_the_published_one(letter: str, published: float) -> None:
    found = alpha(dimension(letter))
    assert round(found.value, 2) == published
    assert found.low < found.value < found.high
    assert omega(dimension(letter)) == pytest.approx(published, abs=0.03)


def test_the_items_of_agreeableness_are_as_r_psych_prints_them() -> None:
    found = items(dimension("A"))
    assert [round(end, 2) for end in alpha(dimension("A"))[1:3]] == [0.69, 0.72]
    assert [i.people for i in found] == [2784, 2773, 2774, 2781, 2784]
    assert [round(i.mean, 1) for i in found] == [4.6, 4.8, 4.6, 4.7, 4.6]
    assert [round(i.sd, 1) for i in found] == [1.4, 1.2, 1.3, 1.5, 1.3]
    assert [round(i.rest, 2) for i in found] == [0.31, 0.56, 0.59, 0.39, 0.49]
    assert [round(i.alpha_without, 2) for i in found] == [0.72, 0.62, 0.60, 0.69, 0.64]


def test_every_measure_of_the_core_questionnaire_is_scored() -> None:
    scores = score(CORE, codes(CORE, 200, 5))
    assert {"trust", "tattersall/social_change", "tattersall/social_power"} <= set(scores.position)
    for measure in scores.measures:
        found = scores.of(measure.id)
        valid = found[~np.isnan(found)]
        assert len(valid) > 100, measure.id
        assert ((valid >= 1) & (valid <= measure.points)).all(), measure.id


def test_every_part_of_every_reading_has_its_scores() -> None:
    drawn = codes(CORE, 60, 9)
    scores = score(CORE, drawn)
    parts = [(reading, part) for reading in CORE.readings for part in reading.parts if part.questions or part.dimension]
    assert len(parts) > 20
    for reading, part in parts:
        stands_for = alias(CORE, measures(CORE), reading.key, part)
        assert stands_for in scores.position
        if len(part.questions) == 1:
            np.testing.assert_array_equal(scores.of(stands_for), scores.of(part.questions[0]))


def test_social_change_averages_cells_not_questions() -> None:
    drawn = np.zeros((1, len(CORE.coded)), np.uint8)
    for question, answer in {"wins.won": 5, "wins.felt": 5, "wins.secure": 5, "climate.possible": 1}.items():
        drawn[0, CORE.position[question]] = answer
    drawn[0, CORE.position["climate.seriously"]] = 2
    assert score(CORE, drawn, measures(CORE)).of("tattersall/social_change").tolist() == [3.25]
