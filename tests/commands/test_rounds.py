"""codes, seal, release."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft
from assessment.collect.ballot import CodeRefused
from assessment.collect.ballots import look_up
from assessment.disclosure.audit import Attempt, AuditReport
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.disclosure.values import (
    Average,
    Change,
    Columns,
    Facts,
    PublishedRelease,
    Reliability,
    Result,
    Verdict,
    Withheld,
)
from assessment.questionnaire.loading import load_questionnaire
from assessment.reports.spreadsheet import HEADER
from assessment.rounds import ImportedBallot, RoundPlan, create_round, import_ballots, open_round, round_view
from assessment.settings import ROOT
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance, State
from tests.commands.conftest import Tend
from tests.questionnaire.small import write_small

NAMES = ("=Reed()", "Fern", "Moss")


@pytest.fixture
def spring(alliance: str, store: Store, tmp_path: Path) -> str:
    """The id of an open round with seven answers from each of three organisations."""
    with store.read() as session:
        alliance_id = session.scalars(select(Alliance.id)).one()
    ids = organisations.add(store, alliance_id, [OrganisationDraft(name, headcount=9) for name in NAMES])
    rules = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
    questionnaire = load_questionnaire(write_small(tmp_path))
    round_id = create_round(store, alliance_id, RoundPlan("Spring", rules=rules), questionnaire)
    open_round(store, round_id)
    answers = ({"trust.promises": str(2 + n % 3), "trust.hidden": str(2 + n % 2), "form.now": "1"} for n in range(7))
    import_ballots(store, round_id, [ImportedBallot(given, one) for given in answers for one in ids])
    return round_id


def test_codes_are_printed_once_and_open_the_round(tend: Tend, store: Store, spring: str) -> None:
    status, out, err = tend("codes", "spring", "--organisation", "fern", "--count", "3")
    codes = out.split()
    assert (status, err, len(set(codes))) == (0, "", 3)
    fern = next(e.organisation_id for e in round_view(store, spring).roster if e.name == "Fern")
    assert {look_up(store, code).organisation_id for code in codes} == {fern}


def test_a_code_without_organisation_leaves_the_choice(tend: Tend, store: Store, spring: str) -> None:
    code = tend("codes", spring, "--seats", "40").out.strip()
    assert look_up(store, code).organisation_id is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("codes", "Sprnig"), "There is no round 'Sprnig'. Did you mean 'Spring'?"),
        (("codes", "Winter"), "There are: Spring."),
        (("codes", "Spring", "--organisation", "Fearn"), "'Fearn' is not asked in Spring. Did you mean 'Fern'?"),
        (("codes", "Spring", "--organisation", "Oak"), "The round asks: "),
        (("codes", "Spring", "--count", "0"), "Ask for 1 to 5,000 codes"),
        (("codes", "Spring", "--count", "5001"), "Ask for 1 to 5,000 codes"),
        (("codes", "Spring", "--seats", "-1"), "Ask for 1 to 5,000 codes"),
        (("release", "Spring"), "This round has no results yet"),
        (("release", "Spring", "--format", "csv"), "This round has no results yet"),
        (("seal", "Autumn"), "There is no round 'Autumn'"),
    ],
)
def test_what_cannot_be_done_is_told(tend: Tend, spring: str, words: tuple[str, ...], told: str) -> None:
    status, out, err = tend(*words)
    assert (status, out) == (2, "")
    assert told in err


def test_sealing_ends_codes_and_leaves_results(tend: Tend, store: Store, spring: str) -> None:
    code = tend("codes", "Spring").out.strip()
    status, out, err = tend("seal", "Spring")
    assert (status, err) == (0, "")
    assert out == "Spring is sealed. 21 answered. The answers are destroyed; only the results are left.\n"
    assert round_view(store, spring).state is State.SEALED
    with pytest.raises(CodeRefused):
        look_up(store, code)


def test_a_sealed_round_is_neither_sealed_again_nor_given_codes(tend: Tend, spring: str) -> None:
    tend("seal", "Spring")
    assert "sealed already" in tend("seal", "Spring").err
    assert "This round is sealed" in tend("codes", "Spring").err


def test_a_release_is_written_as_json(tend: Tend, spring: str) -> None:
    tend("seal", spring)
    status, out, err = tend("release", spring)
    written = json.loads(out)
    assert (status, err) == (0, "")
    assert written["facts"]["answered"] == 21
    assert {result["measure"] for result in written["results"]} >= {"trust", "trust.promises", "form.now"}


def test_a_release_is_written_as_a_table_that_runs_no_formula(tend: Tend, spring: str) -> None:
    tend("seal", spring)
    rows = list(csv.DictReader(io.StringIO(tend("release", "Spring", "--format", "csv").out)))
    assert set(rows[0]) == set(HEADER)
    names = {row["group"] for row in rows if row["group kind"] == "organisation"}
    assert names == {"'=Reed()", "Fern", "Moss"}
    promises = next(row for row in rows if (row["measure"], row["group kind"]) == ("trust.promises", "alliance"))
    assert promises["words"] == "How often do we keep promises?"
    assert (promises["people who answered"], promises["average"]) == ("20-49", "2.9")
    assert promises["answers by point"] == "1/2: 9, 3: 6, 4/5: 6"


def test_what_is_hidden_has_its_reason_in_the_table(tend: Tend, spring: str) -> None:
    tend("seal", spring)
    rows = list(csv.DictReader(io.StringIO(tend("release", "Spring", "--format", "csv").out)))
    hidden = [row for row in rows if not row["average"] and row["measure"] != "form.now"]
    assert hidden
    assert all(row["not shown because"] for row in hidden)


def test_a_release_can_be_cut_short_by_its_reader(tend: Tend, spring: str, store: Store) -> None:
    tend("seal", spring)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "assessment", "release", "Spring"]
    environment = {**os.environ, "DATABASE_URL": store.url}
    try:
        said = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=write, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write)
    assert (said.returncode, said.stderr) == (2, "The output was closed before everything was written.\n")


@pytest.mark.parametrize("kind", [PublishedRelease, Facts, Rules, Result, Average, Columns, Change, Reliability])
def test_every_key_of_a_release_is_explained(kind: type) -> None:
    section = (ROOT / "data" / "README.md").read_text(encoding="utf-8").split("## Release JSON")[1]
    missing = [field.name for field in dataclasses.fields(kind) if f"`{field.name}`" not in section]
    assert missing == []


@pytest.mark.parametrize("word", [*Withheld, *Verdict])
def test_every_reason_and_verdict_is_listed(word: str) -> None:
    section = (ROOT / "data" / "README.md").read_text(encoding="utf-8").split("## Release JSON")[1]
    assert f"`{word}`" in section


def test_a_sealed_release_withstands_the_audit(tend: Tend, spring: str) -> None:
    tend("seal", spring)
    status, out, err = tend("audit", "Spring")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "The release withstood."
    assert all("tried, 0 succeeded" in line for line in out.splitlines()[:-1])


def test_an_audit_that_succeeds_is_told(tend: Tend, spring: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tend("seal", spring)
    lost = AuditReport((Attempt("One lens minus the other", 3, ("trust tells on somebody",)),))
    monkeypatch.setattr("assessment.commands.audit.audit_release", lambda *_: lost)
    status, out, _ = tend("audit", spring)
    assert status == 1
    assert "  trust tells on somebody" in out.splitlines()


def test_an_open_round_cannot_be_audited(tend: Tend, spring: str) -> None:
    status, out, err = tend("audit", "Spring")
    assert (status, out) == (2, "")
    assert "This round has no results yet" in err
