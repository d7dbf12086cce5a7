"""The first minutes: who holds the link may set up, once; only a sample can be emptied."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from assessment import clock
from assessment.alliance import passwords, setup, sign_in
from assessment.alliance.values import FieldFaults
from assessment.rounds import keeping
from assessment.storage.engine import Store
from assessment.storage.errors import Busy
from assessment.storage.tables import Account, Alliance, Base, Instance, Organisation, Role
from tests.alliance.world import BASE, PASSWORD, link_token, set_up

STRANGERS = [None, "", "A" * 26, "garbage", "\0", "å" * 26]


def small_sample(store: Store) -> None:
    """Fill an instance with as little as a sample may hold."""
    with store.write() as session:
        alliance = Alliance(name="Sample", created_at=clock.now())
        session.add(alliance)
        session.flush()
        session.add(Organisation(alliance_id=alliance.id, name="Choir", short_name="Choir"))


def row_counts(store: Store) -> dict[str, int]:
    with store.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.mark.parametrize("token", STRANGERS)
def test_a_stranger_cannot_claim_an_empty_instance(store: Store, token: str | None) -> None:
    link_token(store)
    with pytest.raises(setup.NotAllowed, match="link"):
        setup.set_up(store, token, "Harbour", "Ana", "ana@example.org", PASSWORD)
    with pytest.raises(setup.NotAllowed, match="link"):
        setup.fill_with_sample(store, token, small_sample)
    assert setup.is_empty(store)


def test_the_link_works_once(store: Store) -> None:
    token = link_token(store)
    assert setup.holds_link(store, token)
    setup.set_up(store, token, "Harbour", "Ana", "ana@example.org", PASSWORD)
    assert not setup.holds_link(store, token)
    with pytest.raises(setup.NotAllowed, match="already"):
        setup.set_up(store, token, "Thieves", "Eve", "eve@example.org", PASSWORD)


@pytest.mark.parametrize("taken", [False, True])
def test_who_may_not_set_up_costs_no_hashing(store: Store, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    token = link_token(store)
    if taken:
        setup.set_up(store, token, "Harbour", "Ana", "ana@example.org", PASSWORD)
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "hashed", hashed.append)
    with pytest.raises(setup.NotAllowed):
        setup.set_up(store, token if taken else "A" * 26, "Thieves", "Eve", "eve@example.org", PASSWORD)
    assert hashed == []


def test_a_fresh_link_ends_the_one_before(store: Store) -> None:
    old, new = link_token(store), link_token(store)
    assert (setup.holds_link(store, old), setup.holds_link(store, new)) == (False, True)


def test_an_alliance_that_is_set_up_gives_no_link(store: Store) -> None:
    set_up(store)
    with pytest.raises(setup.NotAllowed, match="reset-password"):
        setup.setup_link(store, BASE)


def test_the_link_is_kept_as_a_hash_only(store: Store) -> None:
    token = link_token(store)
    with store.read() as session:
        assert session.scalars(select(Instance.setup_hash)).one() != token.encode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("alliance", ""),
        ("alliance", "x" * 121),
        ("alliance", "Har\0bour"),
        ("alliance", "Har\u202ebour"),
        ("name", "   "),
        ("name", "A\nB"),
        ("email", "ana"),
        ("email", "ana@"),
        ("email", f"{'a' * 250}@example.org"),
        ("email", "a b@example.org"),
        ("password", "short"),
    ],
)
def test_what_cannot_be_stored_is_named_by_its_field_and_the_link_stays(store: Store, field: str, value: str) -> None:
    typed = {"alliance": "Harbour", "name": "Ana", "email": "ana@example.org", "password": PASSWORD, field: value}
    token = link_token(store)
    with pytest.raises(FieldFaults) as refused:
        setup.set_up(store, token, typed["alliance"], typed["name"], typed["email"], typed["password"])
    assert list(refused.value.faults) == [field]
    assert setup.holds_link(store, token)


def test_the_sample_signs_its_holder_in_as_a_coordinator(store: Store) -> None:
    person = sign_in.find(store, setup.fill_with_sample(store, link_token(store), small_sample))
    assert person is not None
    assert (person.role, person.sample, person.alliance_name) == (Role.COORDINATOR, True, "Sample")


def test_a_sample_that_fails_leaves_an_empty_instance_with_its_link(store: Store) -> None:
    def fail(store: Store) -> None:
        small_sample(store)
        raise RuntimeError("half way")

    token = link_token(store)
    with pytest.raises(RuntimeError, match="half way"):
        setup.fill_with_sample(store, token, fail)
    assert setup.is_empty(store)
    assert not setup.is_sample(store)
    assert setup.holds_link(store, token)


def test_a_fresh_link_enters_the_sample_again(store: Store) -> None:
    first = sign_in.find(store, setup.fill_with_sample(store, link_token(store), small_sample))
    again = sign_in.find(store, setup.enter_sample(store, link_token(store)))
    assert first is not None
    assert first == again


def test_starting_our_own_empties_the_sample_and_gives_a_fresh_link(store: Store) -> None:
    token = setup.fill_with_sample(store, link_token(store), small_sample)
    setup.keep_sample_code(store, "CODE")
    link = setup.start_our_own(store)
    assert sign_in.find(store, token) is None
    assert {name for name, rows in row_counts(store).items() if rows} == {"instance"}
    assert setup.sample_code(store) is None
    assert setup.set_up(store, link, "Harbour", "Ana", "ana@example.org", PASSWORD)
    assert not setup.is_sample(store)


def test_cleaning_that_has_to_wait_is_no_failure_of_starting_our_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: Store) -> None:
        raise Busy("The database is busy.")

    setup.fill_with_sample(store, link_token(store), small_sample)
    with monkeypatch.context() as crowded:
        crowded.setattr(Store, "purge", busy)
        link = setup.start_our_own(store)
    assert setup.holds_link(store, link)
    with store.read() as session:
        assert session.scalars(select(Instance.purge_due)).one()
    keeping.keep_promises(store)
    with store.read() as session:
        assert not session.scalars(select(Instance.purge_due)).one()


def test_nobody_sets_up_an_alliance_into_a_sample_that_is_being_written(store: Store) -> None:
    def fill(store: Store) -> None:
        with pytest.raises(setup.NotAllowed, match="being written"):
            set_up(store)
        small_sample(store)

    setup.fill_with_sample(store, link_token(store), fill)
    with store.read() as session:
        assert session.scalars(select(Alliance.name)).all() == ["Sample"]


def test_a_real_alliance_is_never_emptied(store: Store) -> None:
    token = set_up(store)
    before = row_counts(store)
    with pytest.raises(setup.NotAllowed, match="not a sample"):
        setup.start_our_own(store)
    with pytest.raises(setup.NotAllowed):
        setup.enter_sample(store, token)
    with pytest.raises(setup.NotAllowed):
        setup.keep_sample_code(store, "CODE")
    assert row_counts(store) == before


def test_two_who_hold_the_link_at_once_make_one_alliance(store: Store) -> None:
    token = link_token(store)
    setup.set_up(store, token, "Harbour", "Ana", "ana@example.org", PASSWORD)
    with pytest.raises(setup.NotAllowed):
        setup.fill_with_sample(store, token, small_sample)
    with store.read() as session:
        assert session.scalars(select(Account.name)).all() == ["Ana"]
