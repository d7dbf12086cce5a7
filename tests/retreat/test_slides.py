"""What the screen of a retreat is drawn from: proposed, read from the database, and only what is revealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assessment import clock
from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft
from assessment.disclosure.rules import Rules
from assessment.retreat import material, slides
from assessment.retreat.proposal import propose
from assessment.retreat.showing import Showing
from assessment.slides.steps import Kind, Step, new_step
from assessment.slides.votes import Column, Counted
from assessment.storage.engine import Store
from tests.retreat.world import Room, make_room
from tests.slides.measure import faults, ready

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Room:
    """Nine people of six organisations, heard once."""
    path = tmp_path_factory.mktemp("nine") / "tend.db"
    shutil.copy(migrated_file, path)
    return make_room(Store(f"sqlite:///{path}"), people=9, rules=Rules())


def showing(room: Room, step: Step, **more: object) -> Showing:
    plain = Showing(room.world.alliance_id, room.round_id, step, 0, True, None, "", "", ())
    return replace(plain, **more)  # type: ignore[arg-type]


def test_nine_people_get_a_sequence_of_what_they_may_know(nine: Room) -> None:
    plan = propose(nine.store, nine.round_id)
    assert [step.kind for step in plan][:2] == [Kind.ANSWERED, Kind.OVERVIEW]
    assert plan[-1].kind is Kind.COMMITMENTS
    assert Kind.CHANGE not in {step.kind for step in plan}


def test_the_screens_of_nine_people_can_be_read_from_the_back(nine: Room, page_at: OpenPage) -> None:
    plan = [*propose(nine.store, nine.round_id), *(new_step(k, "What?") for k in (Kind.SPLIT, Kind.ALIKE))]
    pieces = []
    for step in plan:
        for page in range(slides.pages(nine.store, showing(nine, step))):
            pieces.append((f"{step.kind} {page}", slides.draw(nine.store, showing(nine, step, page=page))))
    assert len(pieces) >= len(plan)
    assert faults(ready(page_at(1920, 1080)), pieces) == []


def test_an_open_round_is_answered_in_the_room(store: Store) -> None:
    room = make_room(store, people=3, sealed=False)
    assert [step.kind for step in propose(store, room.round_id)] == [Kind.ANSWER_HERE, Kind.COMMITMENTS]
    assert "There are no results yet" in slides.draw(store, showing(room, new_step(Kind.OVERVIEW, "What?")))


def test_what_is_not_revealed_is_not_even_read(nine: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    step = new_step(Kind.SPLIT, "Why?", options=("Low", "High"), guess="What did we say?", predict=True)
    monkeypatch.setattr(material, "history", lambda *_: pytest.fail("results were read before the reveal"))
    piece = slides.draw(nine.store, showing(nine, step, revealed=False, voted="At least 5 have voted"))
    assert "What did we say?" in piece
    assert "At least 5 have voted" in piece


def test_revealed_counts_are_drawn(nine: Room) -> None:
    poll = new_step(Kind.POLL_FIST, "Shall we?")
    counted = Counted((Column("0–3", 6), Column("4", 11), Column("5", 4)), 21)
    piece = slides.draw(nine.store, showing(nine, poll, counted=counted))
    assert "0–3" in piece
    assert "21 votes" in piece


def test_promises_of_before_stand_above_those_of_the_retreat(store: Store) -> None:
    room = make_room(store, people=9)
    due = clock.today() + timedelta(days=30)
    for what in ("Meet every month", "Rotate the chair"):
        commitments.add(store, room.world.alliance_id, CommitmentDraft(what, due))
    there = commitments.list_commitments(store, room.world.alliance_id)
    new = tuple(one for one in there if one.promise.what == "Rotate the chair")
    piece = slides.draw(store, showing(room, new_step(Kind.COMMITMENTS), commitments=new))
    assert piece.index("Meet every month") < piece.index("Rotate the chair")
    assert piece.count('class="new"') == piece.count('class="earlier"') == 1
    assert "All of us, by" in piece
