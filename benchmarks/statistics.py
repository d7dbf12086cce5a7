"""Time and memory of a round's statistics: `python -m benchmarks.statistics`.

Each size runs in a process of its own, so that the peak of memory is its own. Prints, and asserts nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np

from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire
from assessment.settings import load_settings
from assessment.statistics.agreement import leik, split, van_der_eijk
from assessment.statistics.answers import Answers, Roster, RosterEntry
from assessment.statistics.change import verdicts
from assessment.statistics.gaps import against_rest
from assessment.statistics.groups import by_choice, by_organisation, everyone
from assessment.statistics.lenses import differences, organisations_lens, post_stratified
from assessment.statistics.means import interval
from assessment.statistics.reliability import alpha, omega
from assessment.statistics.scoring import Scores, score
from assessment.statistics.sums import RoundStatistics, Sums, round_statistics

ORGANISATIONS = 130
SIZES = (14_000, 100_000, 1_000_000)


def random_round(form: Questionnaire, people: int) -> Answers:
    """Draw a round with gaps, "can't say", and 130 organisations of unequal size."""
    random = np.random.default_rng(7)
    codes = np.empty((people, len(form.coded)), np.uint8)
    for i, question in enumerate(form.coded):
        codes[:, i] = random.integers(1, question.options + 1, people, dtype=np.uint8)
        drawn = random.random(people, dtype=np.float32)
        codes[drawn < 0.10, i] = 0
        codes[drawn > 0.95, i] = 255
    where = (ORGANISATIONS * random.random(people) ** 2).astype(np.int32)
    entries = (RosterEntry(str(i), f"Organisation {i}", None, people) for i in range(ORGANISATIONS))
    return Answers(codes, where, random.random(people) < 0.02, Roster(tuple(entries)))


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
        n, mean, sd, invited = sums.summary
        interval(n, mean, sd, invited, points)
    n, mean, sd, invited = organisations.summary
    organisations_lens(n, mean, sd, invited[:, 0], ORGANISATIONS)
    post_stratified(n, mean, sd, invited[:, 0])
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


def _columns(scores: Scores, measure: Measure) -> np.ndarray:
    return np.stack([scores.of(question) for question in measure.questions], axis=1)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(people: int) -> dict[str, float]:
    """Run one size in this process and return its seconds and megabytes."""
    form = load_questionnaire(load_settings().instruments / "core")
    answers = random_round(form, people)
    before, start = _megabytes(), time.perf_counter()
    everything(form, answers)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "before": before, "peak": _megabytes(), "questions": len(form.coded)}


def main() -> None:
    """Print a table of all sizes."""
    print("people     questions  organisations  seconds  peak MB  (before)")
    for people in SIZES:
        command = [sys.executable, "-m", "benchmarks.statistics", str(people)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"{people:<10,} {found['questions']:<10} {ORGANISATIONS:<14} {found['seconds']:<8.2f} "
            f"{found['peak']:<8.0f} ({found['before']:.0f})",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
