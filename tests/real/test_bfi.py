"""2,800 real people go in by `import-answers`, are sealed, and come out as pandas counts them from the same file.

`education` stands in for the organisation. Nobody was invited who did not answer, so headcounts are unknown. The file
has no "can't say"; 508 answers are missing. What the door changes is applied here to pandas' figures: averages to 0.1,
groups' numbers as bands; with 224 people and more in every group nothing is end-coded, merged or withheld. A few dozen
of the same people show what is.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from assessment.alliance import setup
from assessment.commands import main
from assessment.disclosure.values import Average, PublishedRelease
from assessment.rounds import list_rounds, published
from assessment.storage import alliance as alliances
from assessment.storage.ballots import read_sent
from assessment.storage.engine import Store, migrate, open_store

HERE = Path(__file__).parent
REVERSED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")
DIMENSIONS = {
    "A": "agreeableness",
    "C": "conscientiousness",
    "E": "extraversion",
    "N": "neuroticism",
    "O": "openness",
}
SCHOOLS = {
    1: "High school not finished",
    2: "High school finished",
    3: "College begun",
    4: "College finished",
    5: "Graduate degree",
}
ALPHAS = {"agreeableness": 0.70, "conscientiousness": 0.73, "extraversion": 0.76, "neuroticism": 0.81, "openness": 0.60}
"""As the manual of psych prints them for these keys."""
ITEMS = [f"{letter}{number}" for letter in DIMENSIONS for number in range(1, 6)]


def measure_of(item: str) -> str:
    return f"{DIMENSIONS[item[0]]}.{item.lower()}"


def answers() -> pd.DataFrame:
    """Read the file with pandas alone: reversed statements turned round, a column per dimension, education."""
    frame = pd.read_csv(HERE / "bfi.csv")
    for item in REVERSED:
        frame[item] = 7 - frame[item]
    for letter, dimension in DIMENSIONS.items():
        items = frame[[f"{letter}{number}" for number in range(1, 6)]]
        # The half rule for five questions: at least three answered.
        frame[dimension] = items.mean(axis=1).where(items.notna().sum(axis=1) >= 3)
    return frame


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return answers()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A round with all 2,800 ballots, imported and sealed by the command line, on each database."""
    if request.param == "sqlite":
        url, drop = f"sqlite:///{tmp_path_factory.mktemp('bfi') / 'tend.db'}", lambda: None
    else:
        server = request.getfixturevalue("postgres")
        url = server.create()
        drop = lambda: server.drop(url)  # noqa: E731
    store = _sealed(url)
    yield store
    store.close()
    drop()


def _sealed(url: str, file: Path = HERE / "bfi.csv") -> Store:
    migrate(url)
    store = open_store(url)
    token = setup.setup_link(store, "http://here").rsplit("/", 1)[1]
    setup.set_up(store, token, "SAPA", "Ada", "ada@sapa.invalid", "nine quiet rivers flow")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", url)
        mapping = str(HERE / "bfi.toml")
        assert main(["import-answers", str(file), "--mapping", mapping]) == 0
        assert main(["seal", "SAPA"]) == 0
    return store


@pytest.fixture(scope="module")
def release(imported: Store) -> PublishedRelease:
    return published(imported, round_id(imported))


def round_id(store: Store) -> str:
    with store.read() as session:
        alliance = alliances.first_alliance(session)
    assert alliance
    return list_rounds(store, alliance.id)[0].id


def to_tenth(mean: Any) -> float:
    """Round to 0.1 as the door does, halves up."""
    return math.floor(Fraction(str(round(float(mean), 9))) * 10 + Fraction(1, 2)) / 10


def average(release: PublishedRelease, measure: str, group: str = "alliance") -> Average:
    result = release.result(measure, group)
    assert result
    assert result.average, result.why
    return result.average


def group_key(release: PublishedRelease, school: str) -> str:
    return next(group.key for group in release.groups if group.name == school)


def band(people: int) -> str:
    return next(name for least, name in ((100, "100+"), (50, "50-99"), (20, "20-49"), (10, "10-19")) if people >= least)


def test_every_row_was_counted(release: PublishedRelease, frame: pd.DataFrame) -> None:
    assert release.facts.answered == len(frame) == 2800
    assert release.facts.invited is None
    assert release.facts.organisations_heard == frame["education"].nunique() == 5


def test_averages_of_statements_agree_with_pandas(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for item in ITEMS:
        shown = average(release, measure_of(item))
        assert (shown.value, shown.bound) == (to_tenth(frame[item].mean()), "exact"), item


def test_averages_of_dimensions_agree_with_pandas(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for dimension in DIMENSIONS.values():
        shown = average(release, dimension)
        assert (shown.value, shown.step, shown.bound) == (to_tenth(frame[dimension].mean()), 0.1, "exact"), dimension


def test_counts_agree_with_pandas_to_the_last_person(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for item in ITEMS:
        result = release.result(measure_of(item))
        assert result
        assert result.columns, result.why_columns
        counted = frame[item].value_counts()
        expected = {(point,): int(counted[point]) for point in range(1, 7)}
        assert {column.codes: column.people for column in result.columns.columns} == expected, item
        assert result.columns.dont_know == 0.0


def test_shares_agree_with_pandas(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for item in ITEMS:
        result = release.result(measure_of(item))
        assert result
        assert result.columns
        upper = sum(column.people for column in result.columns.columns if min(column.codes) > 3)
        share = (frame[item].dropna() > 3).mean()
        assert upper / result.columns.people == pytest.approx(share, abs=1e-12), item


def test_averages_of_groups_agree_with_pandas(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for code, school in SCHOOLS.items():
        people = frame[frame["education"] == code]
        for column, measure in [(i, measure_of(i)) for i in ITEMS] + [(d, d) for d in DIMENSIONS.values()]:
            shown = average(release, measure, group_key(release, school))
            assert shown.value == to_tenth(people[column].mean()), (school, measure)


def test_the_organisations_lens_agrees_with_pandas(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for dimension in DIMENSIONS.values():
        result = release.result(dimension)
        assert result
        assert result.other_lens, result.why_other_lens
        assert result.other_lens.value == to_tenth(frame.groupby("education")[dimension].mean().mean()), dimension


def test_numbers_of_groups_are_told_as_bands_only(release: PublishedRelease, frame: pd.DataFrame) -> None:
    for code, school in SCHOOLS.items():
        people = frame[frame["education"] == code]
        for item in ITEMS:
            result = release.result(measure_of(item), group_key(release, school))
            assert result
            assert result.people == band(int(people[item].notna().sum()))


def test_what_is_hidden_follows_from_the_rules(release: PublishedRelease, frame: pd.DataFrame) -> None:
    """Every group and the people in none number at least five (R3, R5), so all is shown; columns are of all (R10)."""
    assert frame["education"].isna().sum() == 223
    assert frame["education"].value_counts().min() == 224
    for result in release.results:
        assert result.average, (result.measure, result.group, result.why)
        if result.group != "alliance":
            assert result.columns is None
            assert result.other_lens is None


def test_alpha_is_the_published_one(release: PublishedRelease) -> None:
    found = {reliability.dimension: reliability.alpha for reliability in release.reliability}
    assert found == ALPHAS


def test_nothing_of_a_person_is_left(imported: Store) -> None:
    with imported.read() as session:
        assert list(read_sent(session, round_id(imported))) == []


def test_the_written_release_says_the_same(
    imported: Store, release: PublishedRelease, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", imported.url)
    assert main(["release", "sapa"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert len(written["results"]) == len(release.results) == 30 * 6
    assert main(["release", round_id(imported), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    found = {(row["group"], row["measure"]): row["average"] for row in rows if row["group kind"] == "organisation"}
    openness = average(release, "openness", group_key(release, "College begun"))
    assert found["College begun", "openness"] == str(openness.value)
    assert len(rows) == len(release.results)


def published_groups(item: pd.Series, education: pd.Series) -> set[str]:
    """Return which groups rules R2, R3, R5 and R9b let through for one statement, from who answered it and how.

    At the guarded level groups stand beside the alliance's columns from 50 answers on.
    """
    if item.count() < 50:
        return set()
    answered = {name: item[education == code].dropna() for code, name in SCHOOLS.items()}
    kept = {name: people for name, people in answered.items() if len(people) >= 5}
    while kept and 0 < len(rest(item, education, kept)) < 5:
        # The smallest goes; of equals the last by name.
        del kept[min(sorted(kept, reverse=True), key=lambda name: len(kept[name]))]
    told = [*kept.values(), rest(item, education, kept)]
    return set() if any(len(people) and end_coded(people) for people in told) else set(kept)


def rest(item: pd.Series, education: pd.Series, kept: dict[str, pd.Series]) -> pd.Series:
    return item[~education.map(SCHOOLS).isin(list(kept))].dropna()


def end_coded(people: pd.Series, points: int = 6) -> bool:
    low, high = len(people) + points - 1 + 2, len(people) * points - (points - 1) - 2
    return not low < people.sum() < high


@pytest.mark.parametrize(("people", "seed"), [(40, 1), (55, 2), (60, 3), (90, 4)])
def test_what_is_hidden_of_a_few_dozen_follows_from_the_rules(
    sqlite_url: str, tmp_path: Path, frame: pd.DataFrame, people: int, seed: int
) -> None:
    lines = (HERE / "bfi.csv").read_text(encoding="utf-8").splitlines()
    few = frame.sample(people, random_state=seed)
    (tmp_path / "few.csv").write_text("\n".join([lines[0], *(lines[i + 1] for i in few.index)]), encoding="utf-8")
    store = _sealed(sqlite_url, tmp_path / "few.csv")
    release = published(store, round_id(store))
    hidden = 0
    for item in ITEMS:
        expected = published_groups(few[item], few["education"])
        groups = {g.name: release.result(measure_of(item), g.key) for g in release.groups if g.key != "alliance"}
        assert {name for name, result in groups.items() if result and result.average} == expected, item
        hidden += len(SCHOOLS) - len(expected)
        whole = release.result(measure_of(item))
        assert whole
        assert whole.average
        if whole.average.bound == "exact":
            assert whole.average.value == to_tenth(few[item].mean())
    assert hidden
