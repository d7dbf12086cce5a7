"""The made-up alliances of the benchmarks are real ones, and the yardstick counts the same answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assessment import rounds
from assessment.statistics.groups import by_organisation, everyone
from assessment.statistics.scoring import score
from assessment.statistics.sums import sums
from assessment.storage.engine import Store
from benchmarks import naive, screens
from benchmarks.databases import file_size
from benchmarks.world import answers_of, core, file_url, open_round

PEOPLE = 260


def test_the_yardstick_finds_the_same_averages() -> None:
    asked, answers = core(), answers_of(core(), PEOPLE)
    scores = score(asked, answers.codes)
    found = naive.screen(naive.tidy(asked, answers))
    question = next(q for q in asked.coded if q.scale and not q.reverse)
    whole = sums(scores, everyone(answers))
    means, counts = (dict(zip(found.index, found[column], strict=True)) for column in ("mean", "count"))
    assert means[question.id] == pytest.approx(whole.of("alliance", question.id).mean)
    groups = by_organisation(answers)
    largest = groups.keys[int(np.bincount(answers.organisation).argmax())]
    everybody = answers.codes[answers.organisation == groups.keys.index(largest), asked.position[question.id]]
    given = everybody[(everybody != 0) & (everybody != 255)]
    assert counts[groups.keys.index(largest), question.id] == len(given)


def test_an_open_round_waits_to_be_sealed(tmp_path: Path) -> None:
    url = file_url(tmp_path)
    round_id = open_round(url, PEOPLE)
    assert file_size(tmp_path / "tend.db") > 0
    store = Store(url)
    rounds.seal(store, round_id)
    assert rounds.published(store, round_id).facts.answered == PEOPLE
    store.close()


def test_reading_gives_a_row_for_the_first_time_and_one_for_memory() -> None:
    first, again = screens._reading(PEOPLE, 1)
    assert (first.unit, again.unit) == ("ms", "ms")
    assert first.limit is not None
    assert "from memory" in again.work
