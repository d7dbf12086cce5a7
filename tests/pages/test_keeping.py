"""What is kept and when it goes, results to take along, a backup, a reminder: each with words that are true."""

from __future__ import annotations

import csv
import io
import json

import pytest

from assessment import rounds
from assessment.alliance import sign_in
from assessment.alliance.values import Person, Role
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.rounds import keeping as times
from assessment.storage import audit, backups
from assessment.ui import keeping
from tests.pages.conftest import Instance, Screen, words
from tests.pages.test_later_screens import sealed


def somebody(instance: Instance, role: Role) -> Person:
    found = sign_in.find(instance.store, instance.tokens[role])
    assert found is not None
    return found


def test_what_is_said_to_go_goes_then() -> None:
    said = dict(keeping.KEPT)
    assert f"{times.UNSHOWN_TEXTS_STAY.days} days" in said["Written answers"]
    assert f"{times.SHOWN_TEXTS_STAY.days} days" in said["Written answers"]
    assert f"{backups.KEPT.days} days" in said["Backups"]
    assert f"{sign_in.LASTS.total_seconds() / 3600:.0f} hours" in said["Who may sign in"]
    assert audit.KEPT.days == 365
    assert "One year" in said["Who did what on these screens"]


@pytest.mark.parametrize(("role", "offered"), [(Role.OWNER, True), (Role.COORDINATOR, False)])
def test_the_alliance_shows_what_is_kept_results_and_to_its_owner_the_backup(
    sample: Instance, screen: Screen, role: Role, offered: bool
) -> None:
    at = screen(sample, role, "alliance")
    assert not at.exception
    assert "What is kept, and when it goes" in words(at)
    assert [button.proto.label for button in at.get("download_button")] == ["As JSON", "As CSV, for a spreadsheet"]
    assert any(code.value == keeping.BACKUP for code in at.code) is offered


def test_before_the_first_seal_there_is_nothing_to_take_along(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "alliance")
    assert "nothing to take along" in words(at)
    assert not at.get("download_button")


def test_files_hold_what_their_reader_may_see_and_no_more(fresh: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.ui.instance.settings", lambda: fresh.settings)
    sealed(fresh, Rules(attribution=Attribution.OWN, breakdown=Breakdown.ORGANISATIONS))
    owner = somebody(fresh, Role.OWNER)
    (round_id,) = [r.id for r in rounds.list_rounds(fresh.store, fresh.alliance_id)]
    written = json.loads(keeping.as_json(owner, round_id))
    assert {group["kind"] for group in written["groups"]} == {"alliance"}
    table = list(csv.reader(io.StringIO(keeping.as_csv(owner, round_id).removeprefix("\ufeff"))))
    assert len(table) == len(written["results"]) + 1
    assert not any("Group 1" in cell for row in table for cell in row)


def test_a_reminder_is_the_same_for_everybody_and_names_nobody(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.COORDINATOR, "rounds")
    (text,) = [code.value for code in at.code if "asks all of us" in code.value]
    assert "about 13 minutes" in text
    assert "/join" in text
    assert "only for groups of 5 people and more" in text
    assert "Lindenport Common Ground" in text
