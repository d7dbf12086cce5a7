"""More answers than people who were asked: shares and bands must not become nonsense."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Tend
from tests.commands.test_import_answers import HEADER, MAPPING
from tests.questionnaire.small import write_small


def test_people_of_no_organisation_beyond_those_asked_are_counted_soundly(
    tend: Tend, alliance: str, tmp_path: Path
) -> None:
    write_small(tmp_path)
    everybody = "headcounts = { Reed = 5, Fern = 5, Moss = 5 }"
    (tmp_path / "map.toml").write_text(MAPPING.replace("headcounts = { Reed = 5, Fern = 4 }", everybody))
    rows = [f"{name},{2 + n % 3},3,2,," for name in ("Reed", "Fern", "Moss") for n in range(5)]
    strangers = [f",{1 + n % 5},3,2,," for n in range(10)]
    (tmp_path / "answers.csv").write_text("\n".join([HEADER, *rows, *strangers]))
    assert tend("import-answers", str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "map.toml")).status == 0
    assert tend("seal", "Spring").status == 0
    written = json.loads(tend("release", "Spring").out)
    assert written["facts"]["answered"] == 25
    shown = next(r for r in written["results"] if (r["measure"], r["group"]) == ("trust.promises", "alliance"))
    assert shown["average"]["value"] == 2.9
    assert shown["average"]["band90"] is None or shown["average"]["band90"][0] <= 2.9 <= shown["average"]["band90"][1]
