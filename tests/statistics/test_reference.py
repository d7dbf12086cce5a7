"""Every constant of `tests/reference/statistics.json`, to its printed digits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from assessment.statistics import (
    agreement,
    balance,
    change,
    gaps,
    lenses,
    means,
    reliability,
    response,
    shares,
    success,
)
from assessment.statistics.scoring import score
from assessment.statistics.settings import Judgement
from assessment.statistics.values import Summary, floats, summary
from assessment.statistics.weights import kish
from tests.statistics.cronbach import PINGOUIN
from tests.statistics.worlds import questionnaire

FILE = Path(__file__).parent.parent / "reference" / "statistics.json"
PRINTED: dict[str, Any] = json.loads(FILE.read_text(), parse_float=Decimal)
GIVEN: dict[str, Any] = json.loads(FILE.read_text())

PUT_OFF = {
    "network": "network questions wait (statistics.md, first paragraph)",
    "shrinkage": "benchmarks across alliances wait (statistics.md, first paragraph)",
}
ELSEWHERE = {"suppression_k5": "rule R5, asserted where the door is tested"}
PROSE = {"by", "source", "icc_by", "_note"}
INPUTS = {
    *("mean.x", "mean.N", "effect.a", "effect.b", "bh.p", "bh.q", "org_mix.w1", "org_mix.w2"),
    *("org_mix.y1", "org_mix.y2", "response.n", "response.N", "balance.x", "balance.overall", "autonomy.now"),
    *("autonomy.needed", "tattersall.rows_wins_climate_relationships_leaders", "tattersall.N", "scoring.rows"),
    *("change.r1", "change.N1", "change.r2", "change.N2", "change.r", "kish_neff.w", "decomposition.stayers_r1"),
    *(
        "decomposition.stayers_r2",
        "decomposition.leavers_r1",
        "decomposition.joiners_r2",
        *(f"organisations.groups.{name}" for name in "ABCD"),
    ),
}


def of(path: str) -> Any:
    """Return what the file gives under a dotted path."""
    found = GIVEN
    for key in path.split("."):
        found = found[key]
    return found


def _mean(path: str) -> Summary:
    return summary(floats(np.array(of(path))))


def _groups() -> tuple[np.ndarray, ...]:
    rows = [(len(x), np.mean(x), np.std(x, ddof=1), invited) for x, invited in of("organisations.groups").values()]
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def _lens(organisations: int) -> lenses.Lens:
    return lenses.organisations_lens(*_groups(), organisations=organisations)


def _anova() -> lenses.Differences:
    return lenses.differences(*_groups()[:3])


def _mean_se(stable: float) -> float:
    n, _, sd, _ = _mean("mean.x")
    # the reference takes the spread as observed: a prior of next to no weight
    plain = Judgement(stable=stable, prior_people=1e-12)
    return float(np.sqrt(change.comparison_variance(n, sd, of("mean.N"), 5, plain)))


def _interval(function: Callable[..., Any], level: float) -> list[float]:
    n, mean, sd, _ = _mean("mean.x")
    return list(function(n, mean, sd, of("mean.N"), 5, level=level))


def _compared() -> change.Comparison:
    first, second = (_mean(f"change.r{i}")._replace(invited=of(f"change.N{i}")) for i in (1, 2))
    return change.compare(first, second, 5, Judgement(stable=of("change.r")))


def _probability() -> float:
    return float(gaps.probability_higher(*gaps.tallied(of("effect.a"), of("effect.b"))))


def _mix() -> change.OrganisationMix:
    return change.organisation_mix(*(of(f"org_mix.{key}") for key in ("w1", "y1", "w2", "y2")))


def _people() -> change.Turnover:
    keys = ("stayers_r1", "stayers_r2", "leavers_r1", "joiners_r2")
    return change.turnover(*(of(f"decomposition.{key}") for key in keys))


def _two_sided() -> balance.TwoSided:
    return balance.two_sided(np.bincount(np.array(of("balance.x")) + 2, minlength=5))


def _penalty() -> balance.Penalty:
    return balance.penalty(np.array(of("balance.x")) + 3, of("balance.overall"), 5)


def _autonomy() -> balance.Autonomy:
    return balance.autonomy(of("autonomy.now"), of("autonomy.needed"), 5)


def _tattersall() -> success.PairedGap:
    rows = np.array(of("tattersall.rows_wins_climate_relationships_leaders"), dtype=float)
    return success.paired_gap(rows[:, :2].mean(axis=1), rows[:, 2:].mean(axis=1), of("tattersall.N"), 5)


def _scores() -> np.ndarray:
    rows = np.array([[x or 0 for x in row] + [0, 0] for row in of("scoring.rows")], np.uint8)
    return score(questionnaire(sizes=(4,)), rows).values[:, [0, 1, 2, 3, 6]]


def _nan_as_null(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in values]


def _responses(function: Callable[..., float]) -> float:
    return function(of("response.n"), of("response.N"))


def _people_shares() -> list[list[float]]:
    rows = of("proportion.beta_binomial_uniform_90")
    return [[x, n, invited, *shares.likely_people(x, n, invited)] for x, n, invited, _, _ in rows]


COMPUTED: dict[str, Callable[[], Any]] = {
    "proportion.beta_binomial_uniform_90": _people_shares,
    "proportion.wilson_fpc_90.7/9 of 14": lambda: list(shares.wilson(7, 9, 14)),
    "proportion.wilson_fpc_90.20/25 of 60": lambda: list(shares.wilson(20, 25, 60)),
    "proportion.wilson_fpc_95.7/9 of 14": lambda: list(shares.wilson(7, 9, 14, 0.95)),
    "proportion.wilson_inf_95.7/9": lambda: list(shares.wilson(7, 9, level=0.95)),
    "proportion.missing_bounds.7 of 9 answered, N=14": lambda: list(shares.possible_people(7, 9, 14)),
    "mean.mean": lambda: _mean("mean.x").mean,
    "mean.sd": lambda: _mean("mean.x").sd,
    "mean.se_fpc": lambda: means.standard_error(9, _mean("mean.x").sd, of("mean.N")),
    "mean.t_fpc_90": lambda: _interval(means.plain_interval, 0.90),
    "mean.t_fpc_95": lambda: _interval(means.plain_interval, 0.95),
    "mean.blend_90(nu0=1,s0=0.8)": lambda: _interval(means.interval, 0.90),
    "mean.se_r0.6": lambda: _mean_se(0.6),
    "mean.se_r0": lambda: _mean_se(0.0),
    "organisations.simple_person_mean": lambda: lenses.pooled_mean(*_groups()[:2]),
    "organisations.org_equal_mean": lambda: _lens(5).mean,
    "organisations.org_equal_se_H5": lambda: _lens(5).se,
    "organisations.org_equal_se_H4": lambda: _lens(4).se,
    "organisations.poststratified_person_mean": lambda: lenses.post_stratified(*_groups()).mean,
    "organisations.poststratified_se": lambda: lenses.post_stratified(*_groups()).se,
    "organisations.pooled_within_var": lambda: lenses.pooled_variance(_groups()[0], _groups()[2]),
    "organisations.MSB": lambda: _anova().between,
    "organisations.MSW": lambda: _anova().within,
    "organisations.ICC1": lambda: _anova().icc1,
    "organisations.ICC2": lambda: _anova().icc2,
    "effect.U": lambda: _probability() * len(of("effect.a")) * len(of("effect.b")),
    "effect.prob_higher": _probability,
    "effect.cliffs_delta": lambda: gaps.cliffs_delta(_probability()),
    "effect.brunner_munzel_stat_abs": lambda: abs(stats.brunnermunzel(of("effect.a"), of("effect.b")).statistic),
    "change.diff": lambda: _compared().difference,
    "change.se": lambda: _compared().se,
    "change.df": lambda: _compared().df,
    "change.ci90": lambda: [_compared().low, _compared().high],
    "change.p": lambda: _compared().p,
    "bh.rejected": lambda: int((change.adjusted(of("bh.p")) < of("bh.q")).sum()),
    "bh.bonferroni_rejected": lambda: int((np.array(of("bh.p")) * len(of("bh.p")) < of("bh.q")).sum()),
    "bh.adjusted_first5": lambda: list(change.adjusted(of("bh.p"))[:5]),
    "decomposition.mean1": lambda: _people().first,
    "decomposition.mean2": lambda: _people().second,
    "decomposition.total": lambda: _people().total,
    "decomposition.same_people": lambda: _people().stayed,
    "decomposition.new_people": lambda: _people().joined,
    "decomposition.people_who_left": lambda: _people().left,
    "org_mix.total": lambda: _mix().total,
    "org_mix.within": lambda: _mix().within,
    "org_mix.mix": lambda: _mix().mix,
    "response.rate": lambda: response.response_rate(sum(of("response.n")), sum(of("response.N"))),
    "response.dissimilarity": lambda: _responses(response.voice_balance),
    "response.R_raw": lambda: _responses(response.r_indicator),
    "response.R_adjusted": lambda: _responses(response.adjusted_r_indicator),
    "reliability.pingouin_doc_example.alpha": lambda: reliability.alpha(PINGOUIN).value,
    "reliability.pingouin_doc_example.ci95": lambda: list(reliability.alpha(PINGOUIN)[1:3]),
    "balance.inward": lambda: _two_sided().low,
    "balance.right": lambda: _two_sided().right,
    "balance.outward": lambda: _two_sided().high,
    "balance.direction": lambda: _two_sided().direction,
    "balance.distance": lambda: _two_sided().distance,
    "balance.balance_0_100": lambda: _two_sided().balance,
    "balance.drop_inward": lambda: _penalty().low,
    "balance.drop_outward": lambda: _penalty().high,
    "autonomy.mean_gap": lambda: _autonomy().gap,
    "autonomy.misfit": lambda: _autonomy().misfit,
    "autonomy.leik_needed": lambda: _autonomy().disagreement,
    "autonomy.more_same_less": lambda: [_autonomy().more, _autonomy().same, _autonomy().less],
    "tattersall.change": lambda: _tattersall().change,
    "tattersall.power": lambda: _tattersall().power,
    "tattersall.gap": lambda: _tattersall().gap,
    "tattersall.gap_ci90_r0.6": lambda: [_tattersall().low, _tattersall().high],
    "scoring.person_scores": lambda: _nan_as_null(_scores()[:, -1]),
    "scoring.dimension": lambda: np.nanmean(_scores()[:, -1]),
    "scoring.mean_of_item_means": lambda: np.nanmean(_scores()[:, :4], axis=0).mean(),
    "kish_neff.neff": lambda: kish(of("kish_neff.w")),
} | {
    f"agreement.rows.{i}.{key}": (lambda f=function, v=row["v"]: f(v))
    for i, row in enumerate(GIVEN["agreement"]["rows"])
    for key, function in (("leik", agreement.leik), ("A", agreement.van_der_eijk), ("cns", agreement.consensus))
}


def paths(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Walk through the file: every key that holds a number, a list of numbers or a text."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        here = f"{path}.{key}".lstrip(".")
        if isinstance(inner, dict) or (here == "agreement.rows" or path == "agreement.rows"):
            yield from paths(inner, here)
        else:
            yield here, inner


def _asserted() -> dict[str, Any]:
    skipped = (*PUT_OFF, *ELSEWHERE)
    return {
        path: printed
        for path, printed in paths(PRINTED)
        if path.split(".")[0] not in skipped and path.split(".")[-1] not in {*PROSE, "v"} and path not in INPUTS
    }


def test_every_key_of_the_file_is_asserted_given_or_explicitly_put_off() -> None:
    assert set(_asserted()) == set(COMPUTED)
    assert len(COMPUTED) == 72 + 3 * 11
    assert {*PUT_OFF, *ELSEWHERE} < set(GIVEN)
    assert set(dict(paths(PRINTED))) > INPUTS


def _agrees(found: Any, printed: Any) -> bool:
    if isinstance(printed, list):
        return len(found) == len(printed) and all(map(_agrees, found, printed))
    if printed is None or found is None:
        return found is printed
    # half a unit of the last printed digit, and what floating point adds to it
    last = 10.0 ** int(Decimal(printed).as_tuple().exponent)
    return abs(float(found) - float(printed)) <= 0.5 * last * (1 + 1e-6) + 1e-12


@pytest.mark.parametrize("path", sorted(COMPUTED))
def test_the_constant_holds_to_its_printed_digits(path: str) -> None:
    found, printed = COMPUTED[path](), _asserted()[path]
    assert _agrees(found, printed), f"{path}: computed {found}, printed {printed}"
