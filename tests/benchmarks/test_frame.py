"""The frame of the benchmarks: medians, ratios, aims and growth are what the table says they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from assessment.commands import bench, main
from benchmarks.frame import Limit, Row, Scale, at_least, at_most, growth, numpy_scan, raw_commits, timed
from benchmarks.machine import describe, peak_memory
from benchmarks.table import rendered


def test_a_row_is_told_by_its_median() -> None:
    assert Row("x", "", [1.0, 100.0, 3.0], "ms").median == 3.0


@pytest.mark.parametrize(
    ("unit", "value", "limit", "times"), [("ms", 30.0, 3.0, 10.0), ("saves/s", 300.0, 3000.0, 10.0)]
)
def test_what_takes_ten_times_as_long_costs_ten_times_the_limit(
    unit: str, value: float, limit: float, times: float
) -> None:
    assert Row("x", "", [value], unit, Limit("best", limit)).times_the_limit == pytest.approx(times)


def test_a_row_without_a_limit_claims_no_ratio() -> None:
    assert Row("x", "", [1.0], "ms").times_the_limit is None


@pytest.mark.parametrize(
    ("value", "aim", "said"),
    [
        (50.0, at_most(50), "≤ 50 ms: met"),
        (50.1, at_most(50), "≤ 50 ms: MISSED"),
        (3000.0, at_least(3000), "≥ 3,000 ms: met"),
        (2999.0, at_least(3000), "≥ 3,000 ms: MISSED"),
    ],
)
def test_an_aim_is_met_or_missed_in_the_table(value: float, aim: object, said: str) -> None:
    assert said in rendered([Row("x", "", [value], "ms", aim=aim)])  # type: ignore[arg-type]


def test_the_table_holds_its_columns_under_each_other() -> None:
    rows = [Row("short", "9 people", [1.0], "ms"), Row("much longer work", "14,000 people", [1.0, 2.0], "ms")]
    lines = rendered(rows).splitlines()
    assert len(lines) == 4
    assert len({tuple(i for i, letter in enumerate(line) if letter == "|") for line in lines}) == 1
    assert set(lines[1]) == set("|-: ")


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_growth_finds_the_exponent_that_values_were_made_with(exponent: float) -> None:
    sizes = [14_000, 100_000, 1_000_000]
    assert growth(sizes, [7 * size**exponent for size in sizes]) == pytest.approx(exponent)


def test_warm_runs_do_not_count() -> None:
    ran: list[int] = []
    assert len(timed(lambda: ran.append(1), 3, warm=2)) == 3
    assert len(ran) == 5


def test_sizes_on_the_command_line_win() -> None:
    assert Scale().sizes((1, 2), (3,)) == (1, 2)
    assert Scale(large=True).sizes((1, 2), (3,)) == (1, 2, 3)
    assert Scale((9,), large=True).sizes((1, 2), (3,)) == (9,)


def test_limits_are_measured_and_the_machine_is_named(tmp_path: Path) -> None:
    assert numpy_scan(100, runs=1).value > 0
    assert raw_commits(tmp_path, 5).value > 0
    assert "Python 3" in describe()
    assert peak_memory() is None or peak_memory() > 10  # type: ignore[operator]


def test_the_command_prints_the_table_of_the_module_it_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = ModuleType("benchmarks.seal", "Sealing, made up.\n\nMore.")

    def measure(scale: Scale) -> Iterator[Row]:
        for people in scale.sizes((1,)):
            yield Row("seal", f"{people} people", [float(scale.runs)], "s", aim=at_most(2))

    fake.measure = measure  # type: ignore[attr-defined]
    real = bench._module
    monkeypatch.setattr(bench, "_module", lambda name: fake if name == "seal" else real(name))
    assert main(["bench", "seal", "--people", "7", "8", "--runs", "2"]) == 0
    out, err = capsys.readouterr()
    title, _, machine, _, *table = out.splitlines()
    assert title == "Sealing, made up."
    assert machine.startswith("Measured on ")
    assert ["7 people" in table[2], "8 people" in table[3], "met" in table[3]] == [True] * 3
    assert err.splitlines() == ["seal, 7 people: 2 s", "seal, 8 people: 2 s"]


def test_without_the_checkouts_folder_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "benchmarks")
    assert main(["bench", "seal"]) == 2
    assert capsys.readouterr().err.startswith("There is no benchmarks/seal.py here.")
