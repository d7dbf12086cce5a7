"""What the alliance said it would do, on the first page of who answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment import clock
from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft, Promise
from assessment.collect import asked
from tests.collect.world import World

SOON = clock.today() + timedelta(days=30)


def promise(world: World, what: str, organisation: str | None = None) -> str:
    return commitments.add(world.store, "alliance", CommitmentDraft(what, SOON, organisation))


def first_page(world: World) -> str:
    return str(world.visitor().post("/join", data={"code": world.code()}).text)


def test_open_and_kept_commitments_stand_on_the_first_page(world: World) -> None:
    promise(world, "<b>Eat</b> together", "org1")
    commitments.settle(world.store, "alliance", promise(world, "Share the microphone"), Promise.KEPT)
    commitments.settle(world.store, "alliance", promise(world, "Sell the boat"), Promise.DROPPED)
    page = first_page(world)
    assert "What the alliance said it would do" in page
    assert "&lt;b&gt;Eat&lt;/b&gt; together</span>" in page
    assert f"(Harbour Choir, by {SOON.day} {SOON:%B %Y})" in page
    assert "Share the microphone</span>" in page
    assert "(kept)" in page
    assert "Sell the boat" not in page


def test_five_are_shown_at_most(small: World) -> None:
    for number in range(7):
        promise(small, f"Promise {number}")
    assert first_page(small).count('<li><span dir="auto">') == commitments.TOLD_MEMBERS


def test_where_nothing_is_promised_nothing_is_said(small: World) -> None:
    assert "said it would do" not in first_page(small)


def test_a_new_promise_is_told_once_the_round_is_read_again(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "FRESH_FOR", 0.0)
    visitor = small.visitor()
    visitor.post("/join", data={"code": small.code()})
    assert "Eat together" not in visitor.get("/start").text
    promise(small, "Eat together")
    assert "Eat together" in visitor.get("/start").text
