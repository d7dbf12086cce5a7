"""What share of a release is shown: `python -m benchmarks.shown > docs/disclosure-table.md`.

A rule that hides without protecting is a defect too, so this table is looked at with every change of a rule. Made-up
alliances answer the core questionnaire; each number is the mean over five of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from assessment.disclosure.release import Header, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Protection, Rules
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import ALLIANCE, PublishedRelease
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Questionnaire
from assessment.statistics.answers import Answers, Roster, RosterEntry

CORE = Path(__file__).resolve().parents[1] / "data" / "instruments" / "core"
ALLIANCES = ((9, 6), (14, 8), (40, 10), (190, 16))
RATES = (0.6, 0.8, 1.0)
WORLDS = 5
CHAPTERS = 3
ROLES = (0.08, 0.3, 0.32, 0.1, 0.2)
CANT_SAY, SKIPPED = 0.04, 0.01

HEAD = """# What share is shown

Made by `python -m benchmarks.shown` from made-up alliances that answer the core questionnaire ({averages} averages, \
{columns} questions with columns): organisations of uneven size, {chapters} chapters, 4 % "can't say" and 1 % skipped. \
Means of {worlds} alliances each, in per cent. A dash: the breakdown leaves nothing to show.

*Averages*, *second lens* and *columns* are the alliance's in a round without a breakdown; *organisations*, *roles* \
and *chapters* are the averages of all groups that have five people or more, each in a round with that breakdown.
"""
TITLES = (
    "people / organisations",
    "answered",
    "averages",
    "second lens",
    "columns",
    "organisations",
    "roles",
    "chapters",
)


def alliance(asked: Questionnaire, people: int, organisations: int, rate: float, seed: int) -> Answers:
    """Make up who belongs where, who answers, and what."""
    chance = np.random.default_rng([people, organisations, seed])
    weight = chance.dirichlet(np.full(organisations, 4.0))
    place = np.concatenate([np.arange(organisations), chance.choice(organisations, people - organisations, p=weight)])
    heads = np.bincount(place, minlength=organisations)
    here = np.sort(chance.permutation(people)[: round(rate * people)])
    codes = np.zeros((len(here), len(asked.coded)), np.uint8)
    lean = chance.normal(0, 0.6, len(here))
    for i, question in enumerate(asked.coded):
        if question.use == "role":
            codes[:, i] = chance.choice(question.options, len(here), p=ROLES) + 1
            continue
        middle = (question.options + 1) / 2 + chance.normal(0, 0.4)
        raw = np.rint(middle + lean + chance.normal(0, 0.9, len(here)))
        codes[:, i] = np.clip(raw, 1, question.options)
        codes[chance.random(len(here)) < CANT_SAY, i] = 255
        codes[chance.random(len(here)) < SKIPPED, i] = 0
    entries = (RosterEntry(f"o{i}", f"O{i}", f"c{i % CHAPTERS}", int(n)) for i, n in enumerate(heads))
    return Answers(codes, place[here], np.zeros(len(here), bool), Roster(tuple(entries)))


def share(shown: int, asked: int) -> float:
    return shown / asked if asked else float("nan")


def of_alliance(release: PublishedRelease) -> tuple[float, float, float]:
    """Return the shares of averages, of second lenses beside them, and of columns."""
    whole = [r for r in release.results if r.group == ALLIANCE]
    averaged = [r for r in whole if r.average or r.why]
    counted = [r for r in whole if r.columns or r.why_columns]
    return (
        share(sum(r.average is not None for r in averaged), len(averaged)),
        share(sum(r.other_lens is not None for r in averaged), len(averaged)),
        share(sum(r.columns is not None for r in counted), len(counted)),
    )


def of_groups(release: PublishedRelease, large: set[str]) -> float:
    """Return the share of averages of groups with at least five people that are shown."""
    found = [r for r in release.results if r.group in large]
    return share(sum(r.average is not None for r in found), len(found))


def large_groups(asked: Questionnaire, answers: Answers, breakdown: Breakdown) -> set[str]:
    """Return the groups in which five people or more answered the round, whatever else keeps them from being shown."""
    tally = Tally(asked, answers, Rules(attribution=Attribution.VISIBLE, breakdown=breakdown))
    return {unit.key for unit, n in zip(tally.units, tally.holders, strict=True) if n >= 5}


def shares(asked: Questionnaire, people: int, organisations: int, rate: float, level: Protection) -> list[float]:
    """Return one row of the table."""
    rows = []
    for seed in range(WORLDS):
        answers = alliance(asked, people, organisations, rate, seed)
        made = {
            breakdown: release_round(
                asked,
                answers,
                Rules(protection=level, attribution=Attribution.VISIBLE, breakdown=breakdown),
                Header("r", "Round", date(2026, 1, 1)),
            ).release
            for breakdown in Breakdown
        }
        groups = [b for b in Breakdown if b is not Breakdown.NONE]
        rows.append(
            [*of_alliance(made[Breakdown.NONE]), *(of_groups(made[b], large_groups(asked, answers, b)) for b in groups)]
        )
    table = np.array(rows)
    seen = ~np.isnan(table)
    means = np.where(seen, table, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return [float(m) if s else float("nan") for m, s in zip(means, seen.any(axis=0), strict=True)]


def lines(asked: Questionnaire) -> Iterator[str]:
    """Yield the page, a line at a time."""
    probe = release_round(
        asked, alliance(asked, 190, 16, 1.0, 0), Rules(), Header("r", "Round", date(2026, 1, 1))
    ).release
    averages = sum(1 for r in probe.results if r.average or r.why)
    columns = sum(1 for r in probe.results if r.columns or r.why_columns)
    yield HEAD.format(averages=averages, columns=columns, chapters=CHAPTERS, worlds=WORLDS)
    for level in Protection:
        yield f"## {level.value.capitalize()}\n"
        yield "| " + " | ".join(TITLES) + " |"
        yield "|" + "---|" * len(TITLES)
        for people, organisations in ALLIANCES:
            for rate in RATES:
                row = shares(asked, people, organisations, rate, level)
                cells = ["–" if np.isnan(x) else f"{100 * x:.0f}" for x in row]
                yield f"| {people} / {organisations} | {100 * rate:.0f} % | " + " | ".join(cells) + " |"
        yield ""


def main() -> None:
    for line in lines(load_questionnaire(CORE)):
        print(line)


if __name__ == "__main__":
    main()
