"""Sealing: from ballots in a database to a release, with all statistics and the audit

Every size is prepared, copied and sealed in processes of its own, so that each peak of memory is that of one sealing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from assessment.disclosure.door import door
from assessment.disclosure.drafting import Drafting
from assessment.disclosure.release import Header, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.tally import Tally
from assessment.statistics.groups import by_organisation, everyone
from assessment.statistics.scoring import score
from assessment.statistics.sums import round_statistics
from benchmarks import naive
from benchmarks.apart import Spent, apart
from benchmarks.databases import file_size, postgres_size
from benchmarks.frame import Row, Scale, at_most, growth, numpy_scan, timed
from benchmarks.one_seal import seal_copy
from benchmarks.statistics import everything
from benchmarks.world import answers_of, core, file_url, open_round

USUAL, LARGE = (14_000, 100_000), (1_000_000,)
ONCE_FROM = 500_000
"""People from which on everything is done once: it takes long enough to repeat itself."""
SEAL = {14_000: at_most(2_000)}
MOST_MEGABYTES = 500
SQLITE_BYTES, POSTGRES_BYTES = 79, 107
"""Bytes of a database per person that the design reached in a prototype."""
SIZE_ALLOWANCE = 1.5


class Sealed(NamedTuple):
    """One size: what each sealing took, and the size of its database before in MB."""

    people: int
    spent: list[Spent]
    megabytes: float

    @property
    def seconds(self) -> float:
        return median(one.seconds for one in self.spent)


def measure(scale: Scale) -> Iterator[Row]:
    """Give the rows of counting, sealing, growth, memory and size."""
    done: list[Sealed] = []
    for people in scale.sizes(USUAL, LARGE):
        runs = 1 if people >= ONCE_FROM else min(scale.runs, 3)
        yield from apart(_counting, people, runs)
        done.append(_sealed(people, runs))
        yield from _rows(done[-1])
    if len(done) > 1:
        yield from _growth(done)
    people = min(scale.sizes(USUAL))
    yield from apart(_door, people, min(scale.runs, 3))
    size = postgres_size(people)
    if size is not None:
        aim = at_most(POSTGRES_BYTES * SIZE_ALLOWANCE)
        yield Row("size of a ballot in PostgreSQL", f"{people:,} people", [size * 1e6 / people], "bytes", aim=aim)


def _counting(people: int, runs: int) -> list[Row]:
    """Count in memory: we, and pandas over a tidy table."""
    asked, size = core(), f"{people:,} people"
    answers = answers_of(asked, people)
    limit = numpy_scan(people, len(asked.coded), runs)
    groupings = [everyone(answers), by_organisation(answers)]

    def ours() -> None:
        round_statistics(asked, answers, score(asked, answers.codes), groupings)

    rows = [
        Row("score and count everything, in memory", size, timed(ours, runs), "ms", limit),
        Row("all statistics there are, in memory", size, timed(partial(everything, asked, answers), runs), "ms", limit),
    ]
    if people < ONCE_FROM:
        table = naive.tidy(asked, answers)
        taken = timed(partial(naive.screen, table), runs)
        rows.append(Row("pandas over a tidy table: averages and counts only", size, taken, "ms", limit))
    return rows


def _sealed(people: int, runs: int) -> Sealed:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        round_id = apart(open_round, file_url(folder), people)
        size = file_size(folder / "tend.db")
        return Sealed(people, [apart(seal_copy, folder, round_id) for _ in range(runs)], size)


def _rows(done: Sealed) -> Iterator[Row]:
    size = f"{done.people:,} people"
    taken, aim = [one.seconds * 1000 for one in done.spent], SEAL.get(done.people)
    yield Row("seal, audit and destroy, from SQLite", size, taken, "ms", numpy_scan(done.people), aim)
    yield Row("most memory while sealing", size, [s.megabytes for s in done.spent], "MB", aim=at_most(MOST_MEGABYTES))
    bytes_each = done.megabytes * 1e6 / done.people
    yield Row("size of a ballot in SQLite", size, [bytes_each], "bytes", aim=at_most(SQLITE_BYTES * SIZE_ALLOWANCE))


def _growth(done: list[Sealed]) -> Iterator[Row]:
    people = [float(one.people) for one in done]
    exponent = growth(people, [one.seconds for one in done])
    yield Row("growth exponent of sealing over people", f"{len(done)} sizes", [exponent], "", aim=at_most(1))


def _door(people: int, runs: int) -> list[Row]:
    """Plan, audit and release with each breakdown, once everything is counted."""
    asked = core()
    answers, rows = answers_of(asked, people), []
    for breakdown in Breakdown:
        rules = Rules(attribution=Attribution.VISIBLE, breakdown=breakdown)
        tally = Tally(asked, answers, rules)
        _ = tally.whole, tally.organisations, tally.groups, tally.counts

        def audit(tally: Tally = tally) -> None:
            with door():
                Drafting(tally, ()).draft_all()

        def release(rules: Rules = rules) -> None:
            release_round(asked, answers, rules, Header("r", "Round", date(2026, 1, 1)))

        size = f"{people:,} people"
        rows.append(Row(f"plan and audit, breakdown: {breakdown}", size, timed(audit, runs), "ms"))
        rows.append(Row(f"from answers to release, breakdown: {breakdown}", size, timed(release, runs), "ms"))
    return rows
