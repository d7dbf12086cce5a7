"""All statistics of a round in memory, more than sealing and any screen need at once: part of `bench seal`."""

from __future__ import annotations

import numpy as np

from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire
from assessment.statistics.agreement import leik, split, van_der_eijk
from assessment.statistics.answers import Answers
from assessment.statistics.change import verdicts
from assessment.statistics.gaps import against_rest
from assessment.statistics.groups import by_choice, by_organisation, everyone
from assessment.statistics.lenses import differences, organisations_lens, post_stratified
from assessment.statistics.means import interval
from assessment.statistics.reliability import alpha, omega
from assessment.statistics.scoring import Scores, score
from assessment.statistics.sums import RoundStatistics, Sums, round_statistics
from assessment.statistics.values import Floats


def everything(form: Questionnaire, answers: Answers) -> None:
    """Go from answers to all statistics of a round."""
    scores = score(form, answers.codes)
    groupings = [everyone(answers), by_organisation(answers), by_choice(answers, form, "you.role")]
    alliance, organisations, roles = round_statistics(form, answers, scores, groupings)
    _averages(alliance.sums, organisations.sums, roles.sums)
    _spreads(alliance, organisations)
    _reliabilities(scores)


def _averages(alliance: Sums, organisations: Sums, roles: Sums) -> None:
    points = np.array([m.points for m in alliance.measures])
    for sums in (alliance, organisations, roles):
        n, _, sd, asked = sums.summary
        interval(n, sums.mean, sd, asked, points)
    n, mean, sd, _ = organisations.summary
    invited = np.array([np.nan if n is None else n for n in organisations.invited])
    organisations_lens(n, mean, sd, invited, len(invited))
    post_stratified(n, mean, sd, invited)
    differences(n, mean, sd)
    for sums in (organisations, roles):
        compared = against_rest(sums, alliance)
        flat = type(compared)(*(values.ravel() for values in compared))
        verdicts(flat, np.tile(points, len(sums.keys)))


def _spreads(*found: RoundStatistics) -> None:
    for one in found:
        for i, question in enumerate(one.counts.questions):
            if question.scale:
                counts = one.counts.counts[:, i, : question.options]
                leik(counts), split(counts), van_der_eijk(counts)


def _reliabilities(scores: Scores) -> None:
    for measure in scores.measures:
        if measure.kind == "dimension" and len(measure.questions) > 2:
            answers = _columns(scores, measure)
            alpha(answers), omega(answers)


def _columns(scores: Scores, measure: Measure) -> Floats:
    return np.stack([scores.of(question) for question in measure.questions], axis=1)
