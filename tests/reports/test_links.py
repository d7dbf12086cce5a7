"""Links to results: made by coordinators, stored as a hash, one for a round, ended for good."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select

from assessment import tokens
from assessment.alliance.values import Role
from assessment.reports import links
from assessment.rounds import RoundError
from assessment.storage import audit
from assessment.storage.engine import Store
from assessment.storage.kept_tables import ResultsLink
from tests.reports.world import Sealed, sealed_world


@pytest.fixture
def sealed(store: Store) -> Sealed:
    return sealed_world(store, 9)


def test_a_link_leads_to_its_round_and_only_its_hash_is_stored(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    found = links.find(sealed.store, token)
    assert found is not None
    assert (found.round_id, found.alliance_name, found.sample) == (sealed.round_id, "Harbour", False)
    with sealed.store.read() as session:
        assert [row.token_hash for row in session.scalars(select(ResultsLink))] == [tokens.digest(token)]


def test_a_token_may_be_typed_with_spaces_and_small_letters(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    assert links.find(sealed.store, tokens.grouped(token).lower()) is not None


def test_a_new_link_ends_the_one_before(sealed: Sealed) -> None:
    first, second = (links.share(sealed.store, sealed.round_id, sealed.owner) for _ in range(2))
    assert first != second
    assert links.find(sealed.store, first) is None
    assert links.find(sealed.store, second) is not None


def test_a_withdrawn_link_leads_nowhere_and_can_be_withdrawn_again(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    assert set(links.shared_since(sealed.store, sealed.owner.alliance_id)) == {sealed.round_id}
    links.withdraw(sealed.store, sealed.round_id, sealed.owner)
    links.withdraw(sealed.store, sealed.round_id, sealed.owner)
    assert links.find(sealed.store, token) is None
    assert links.shared_since(sealed.store, sealed.owner.alliance_id) == {}


@pytest.mark.parametrize("typed", ["", "A" * 26, "short", "A" * 5_000, "../../etc", "\x00", "ÄÖÜ" * 9])
def test_what_is_no_link_leads_nowhere(sealed: Sealed, typed: str) -> None:
    links.share(sealed.store, sealed.round_id, sealed.owner)
    assert links.find(sealed.store, typed) is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.READER])
def test_who_may_only_read_neither_shares_nor_withdraws(sealed: Sealed, role: Role) -> None:
    reader = dataclasses.replace(sealed.owner, role=role)
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    for act in (links.share, links.withdraw):
        with pytest.raises(RoundError, match="Only coordinators"):
            act(sealed.store, sealed.round_id, reader)
    assert links.find(sealed.store, token) is not None


def test_nobody_shares_the_round_of_another_alliance(sealed: Sealed) -> None:
    stranger = dataclasses.replace(sealed.owner, alliance_id="elsewhere")
    with pytest.raises(RoundError, match="Only coordinators"):
        links.share(sealed.store, sealed.round_id, stranger)
    assert links.shared_since(sealed.store, "elsewhere") == {}


def test_an_open_round_has_nothing_to_share(sealed: Sealed) -> None:
    still_open = sealed.world.open("Autumn")
    with pytest.raises(RoundError, match="seal it first"):
        links.share(sealed.store, still_open, sealed.owner)


def test_sharing_and_withdrawing_are_noted_without_the_token(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    links.withdraw(sealed.store, sealed.round_id, sealed.owner)
    with sealed.store.read() as session:
        acts = {act.act: act for act in audit.list_acts(session)}
    assert {"results link made", "results link withdrawn"} <= set(acts)
    assert token not in repr(acts)


def test_a_link_opens_the_page_until_it_is_withdrawn(sealed: Sealed) -> None:
    token = links.share(sealed.store, sealed.round_id, sealed.owner)
    assert "9 of 72 people answered" in sealed.browser.get(f"/results/{token}").text
    links.withdraw(sealed.store, sealed.round_id, sealed.owner)
    assert sealed.browser.get(f"/results/{token}").status_code == 404
