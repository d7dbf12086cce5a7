"""What we are made of: every pin has a hash and a licence that we may ship, and known holes are told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assessment.commands import main as tend
from assessment.commands.bill import Part, bill, licence, parts, typeface
from assessment.slides.fonts import RANGES, TYPEFACE
from tests import known_holes
from tests.known_holes import ROOT, SILENT, Hole, holes, reviewed

TODAY = date(2026, 11, 27)
HOLE = Hole("jinja2", "3.1.6", "GHSA-1", ("3.1.7",))
ANSWER = [
    {"name": "jinja2", "version": "3.1.6", "vulns": [{"id": "GHSA-1", "fix_versions": ["3.1.7"], "aliases": []}]},
    {"name": "anyio", "version": "4.16.0", "vulns": []},
]


def here(lock: Path) -> list[str]:
    """Return the names in a lock whose markers hold on this system."""
    lines = [line.split("\\")[0] for line in lock.read_text().splitlines() if "==" in line and line[0].isalnum()]
    wanted = map(Requirement, lines)
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def copyleft(stated: str) -> bool:
    """Tell whether a licence asks that the whole is given under it: GPL and AGPL do, LGPL does not."""
    return "GPL" in stated.replace("LGPL", "").upper() or "GNU General" in stated or "Affero" in stated


def test_every_pin_of_both_locks_has_a_hash() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        listed = parts(lock)
        assert len(listed) > 40
        assert [part.name for part in listed if not part.hashes] == []


def test_whatever_runs_states_a_licence_and_none_is_gpl() -> None:
    runs = here(ROOT / "requirements.lock")
    stated = {name: licence(name) for name in runs}
    assert len(runs) > 40
    assert [name for name, said in stated.items() if said in {None, "not stated"}] == []
    assert [name for name, said in stated.items() if copyleft(str(said))] == []


@pytest.mark.parametrize(
    ("stated", "found"),
    [("GPL-3.0-only", True), ("GNU General Public License v2", True), ("AGPL-3.0", True), ("LGPL-3.0-only", False)],
)
def test_a_planted_gpl_is_caught(stated: str, found: bool) -> None:
    assert copyleft(stated) is found


def test_the_bill_names_version_hashes_and_licence() -> None:
    (component,) = bill([Part("SQLAlchemy", "2.1.9", ("ab", "cd"), "MIT")])["components"]
    assert component["purl"] == "pkg:pypi/sqlalchemy@2.1.9"
    assert [one["value"] for one in component["properties"]] == ["ab", "cd"]
    assert component["licenses"] == [{"license": {"name": "MIT"}}]


def test_the_command_prints_a_bill_of_the_whole_lock(capsys: pytest.CaptureFixture[str]) -> None:
    assert tend(["bill"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["bomFormat"] == "CycloneDX"
    locked = {p.name for p in parts(ROOT / "requirements.lock")}
    assert {one["name"] for one in printed["components"]} == locked | {typeface().name}


def test_the_fonts_in_the_repository_are_in_the_bill_with_their_licence() -> None:
    (component,) = bill([typeface()])["components"]
    assert component["purl"] == "pkg:npm/%40fontsource-variable/source-serif-4@5.3.1"
    assert len(component["properties"]) == len(RANGES)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (TYPEFACE / "LICENSE").read_text(encoding="utf-8")


def test_a_hole_with_a_mend_is_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert holes(ANSWER) == [HOLE]
    monkeypatch.setattr(known_holes, "ask", lambda _: ANSWER)
    assert known_holes.main() == 1
    assert "jinja2 3.1.6: GHSA-1, mended in 3.1.7\n2 packages asked about, 1 known holes, 1 to mend." in (
        capsys.readouterr().out
    )


def test_a_hole_without_a_mend_is_told_and_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_holes, "holes", lambda _: [HOLE._replace(mended=())])
    monkeypatch.setattr(known_holes, "ask", lambda _: ANSWER)
    assert known_holes.main() == 0


@pytest.mark.parametrize(
    ("review", "holds"),
    [
        ({"why": "not called", "until": date(2026, 11, 27)}, True),
        ({"why": "not called", "until": date(2026, 11, 26)}, False),
        ({"why": "", "until": date(2027, 1, 1)}, False),
    ],
)
def test_a_review_holds_for_its_time_and_with_its_reason(review: Mapping[str, object], holds: bool) -> None:
    assert reviewed(HOLE, {"GHSA-1": review}, TODAY) is holds
    assert not reviewed(HOLE, {"GHSA-2": review}, TODAY)


@pytest.mark.parametrize("said", ["", "no such host", '{"dependencies": [{"name": "x", "skip_reason": "not found"}]}'])
def test_where_no_index_answers_it_says_so_and_fails_nothing(
    said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = subprocess.CompletedProcess([], 1, stdout=said)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert known_holes.main() == 0
    assert capsys.readouterr().out.strip() == SILENT
