"""What averages weigh: put together again, weights give everybody's scores and the averages by organisation."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.disclosure import dealing
from assessment.disclosure.dealing import Dealing
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.tally import Tally
from assessment.disclosure.weights import ORGANISATIONS, PEOPLE, Weights
from assessment.questionnaire.measures import Measure
from assessment.statistics.scoring import MISSING
from benchmarks.world import answers_of, core

PEOPLE_ASKED = 400


@pytest.fixture(scope="module")
def weights() -> Weights:
    """Four hundred people of many organisations and the whole questionnaire: parts, dimensions and axes."""
    asked = core()
    rules = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
    return Weights(Tally(asked, answers_of(asked, PEOPLE_ASKED), rules))


def weighed(weights: Weights, measure: Measure, lens: str) -> np.ndarray:
    """Return each person's answers to a measure's questions, each in points, times their weights, added up."""
    everybody, found = np.arange(PEOPLE_ASKED), np.zeros(PEOPLE_ASKED)
    for question in measure.questions:
        scores = weights.tally.scores.of(question)
        _, weight = weights.of(question, [(measure.id, lens)], everybody)
        found += weight * np.nan_to_num(scores)
    return found


def test_weighed_answers_are_everybodys_scores(weights: Weights) -> None:
    assert any(m.components for m in weights.composites)
    for measure in weights.composites:
        scores = weights.tally.scores.of(measure.id)
        heard = weights.tally.scores.column(measure.id) != MISSING
        # units of long composites and of axes are rounded to 1/27720 of a point
        assert np.allclose(weighed(weights, measure, PEOPLE)[heard], scores[heard], atol=1e-4)


def test_weighed_by_organisation_they_are_the_average_by_organisation(weights: Weights) -> None:
    member = weights.tally.answers.member
    for measure in weights.composites:
        mean = weights.tally.organisations_mean(measure)
        heard = (weights.tally.scores.column(measure.id) != MISSING) & (member >= 0)
        assert mean is not None
        assert weighed(weights, measure, ORGANISATIONS)[heard].sum() / heard.sum() == pytest.approx(
            float(mean.value), abs=1e-4
        )


def test_whoever_did_not_answer_weighs_nothing(weights: Weights) -> None:
    everybody = np.arange(PEOPLE_ASKED)
    for measure in weights.composites:
        for question in measure.questions:
            answered, weight = weights.of(question, [(measure.id, PEOPLE)], everybody)
            assert set(answered) <= {0.0, 1.0}
            assert not weight[answered == 0].any()


@pytest.mark.parametrize("at_once", [7, 64, 1 << 16])
def test_hands_add_up_to_everybody_however_many_are_weighed_at_once(
    weights: Weights, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dealing, "CHUNK", at_once)
    measure = weights.composites[0]
    question = measure.questions[0]
    names = [(measure.id, PEOPLE), (question, PEOPLE), (measure.id, ORGANISATIONS)]
    dealt = Dealing(weights, weights.member, weights.groups + 1, 5)
    *hands, everybody = dealt.sums(question, names)
    table = weights.of(question, names, np.arange(PEOPLE_ASKED))
    for group in range(weights.groups + 1):
        inside = table[:, weights.member == group]
        assert np.allclose(everybody[group], inside @ inside.T)
    assert np.allclose(np.sum(hands, axis=0), everybody)


def test_alike_people_are_dealt_to_all_hands(weights: Weights) -> None:
    question = weights.composites[0].questions[0]
    *hands, _ = Dealing(weights, weights.member, weights.groups + 1, 5).sums(question, [(question, PEOPLE)])
    people = np.array(hands)[:, :, 0, 0]
    held = np.bincount(weights.member, minlength=weights.groups + 1)
    answered = np.bincount(weights.member, weights.tally.scores.column(question) != MISSING, weights.groups + 1)
    told = (answered == held) & (held >= 5)
    assert told.any()
    assert (np.ptp(people[:, told], axis=0) <= 1).all()
