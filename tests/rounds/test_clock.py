"""A clock that is ten years off decides nothing that cannot be undone, and says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from assessment import clock, rounds
from assessment.alliance import accounts, sign_in
from assessment.rounds import keeping
from assessment.rounds.values import State
from assessment.storage import audit
from assessment.storage.audit import ClockWrong
from assessment.storage.engine import Store
from assessment.storage.tables import Audit, Instance, Role, Written
from tests.rounds.world import World, make_world

TEN_YEARS = timedelta(days=3_653)
OFF = [TEN_YEARS, -TEN_YEARS]


class Watch:
    """The machine's clock, which somebody sets wrongly and right again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._real, self.off = clock.now, timedelta()
        monkeypatch.setattr(clock, "now", self)

    def __call__(self) -> datetime:
        return self._real() + self.off


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def with_texts(store: Store) -> tuple[World, str]:
    """A sealed round with written answers, and an open one with twenty answers."""
    world = make_world(store)
    for name in ("Spring", "Autumn"):
        round_id = world.open(name)
        world.answer(round_id, 20, words=[f"Sentence {number}" for number in range(6)])
        if name == "Spring":
            rounds.seal(store, round_id)
    return world, round_id


def texts(store: Store) -> int:
    with store.read() as session:
        return len(session.scalars(select(Written)).all())


@pytest.mark.parametrize("off", OFF)
def test_nothing_is_sealed_opened_or_deleted_while_the_clock_is_wrong(
    store: Store, watch: Watch, off: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    world, round_id = with_texts(store)
    draft = world.draft("Winter")
    before = texts(store)
    watch.off = off
    keeping.keep_promises(store)
    assert rounds.round_view(store, round_id).state is State.OPEN
    assert texts(store) == before > 0
    assert any("clock says" in record.message for record in caplog.records)
    for act in (rounds.seal, rounds.open_round):
        with pytest.raises(ClockWrong, match="--clock-is-right"):
            act(store, round_id if act is rounds.seal else draft)


@pytest.mark.parametrize("off", OFF)
def test_people_go_on_answering_and_a_round_can_be_destroyed_at_once(
    store: Store, watch: Watch, off: timedelta
) -> None:
    world, round_id = with_texts(store)
    watch.off = off
    world.answer(round_id, 5, seed=2)
    assert rounds.progress(store, round_id).at_least == 25
    rounds.destroy_round(store, round_id)
    with store.read() as session:
        acts = [act.act for act in audit.list_acts(session)]
        assert acts.count("round opened") == 2
        assert "open round destroyed" in acts
        assert audit.clock_fault(session) is not None


@pytest.mark.parametrize("off", OFF)
def test_a_clock_that_is_set_right_needs_no_other_cure(store: Store, watch: Watch, off: timedelta) -> None:
    world, round_id = with_texts(store)
    watch.off = off
    world.answer(round_id, 5, seed=2)
    watch.off = timedelta()
    rounds.seal(store, round_id)
    assert rounds.published(store, round_id).facts.answered == 25


@pytest.mark.parametrize("off", OFF)
def test_a_clock_that_was_wrong_all_along_is_confirmed_by_hand(store: Store, watch: Watch, off: timedelta) -> None:
    _, round_id = with_texts(store)
    watch.off = off
    with store.write() as session:
        audit.confirm_clock(session)
    rounds.seal(store, round_id)
    with store.read() as session:
        assert session.scalars(select(Audit).where(Audit.at > clock.now())).all() == []


def test_a_server_that_was_off_for_a_year_keeps_its_promises_at_once(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, round_id = with_texts(store)
    watch.off = timedelta(days=365)
    keeping.keep_promises(store)
    assert rounds.round_view(store, round_id).state is State.SEALED
    with store.read() as session:
        assert session.scalar(select(Instance.purge_due)) is False


def test_who_signed_in_while_the_clock_was_ahead_is_not_signed_in_for_ten_years(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(store)
    monkeypatch.setattr(sign_in, "TRIES", 1)
    password = accounts.create(store, world.alliance_id, "Ana", "ana@example.org", Role.OWNER)
    watch.off = TEN_YEARS
    token = sign_in.start(store, "ana@example.org", password)
    assert sign_in.find(store, token)
    with pytest.raises(sign_in.WrongPassword):
        sign_in.start(store, "ana@example.org", "wrong")
    watch.off = timedelta()
    assert sign_in.find(store, token) is None
    assert sign_in.find(store, sign_in.start(store, "ana@example.org", password))
