"""Organisations: typed one by one or pasted as a list."""

from __future__ import annotations

from datetime import date

import pytest

from assessment import clock
from assessment.alliance import organisations
from assessment.alliance.values import FieldFaults, OrganisationDraft
from assessment.errors import TendError
from assessment.storage import alliance as alliances
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance


@pytest.fixture
def alliance_id(store: Store) -> str:
    with store.write() as session:
        return alliances.add_alliance(session, Alliance(name="Harbour", created_at=clock.now()))


def test_an_organisation_is_listed_as_it_was_added(store: Store, alliance_id: str) -> None:
    draft = OrganisationDraft(" Harbour Choir ", "Choir", "arts", "North", 12, date(2020, 1, 2))
    (added,) = organisations.add(store, alliance_id, [draft])
    (view,) = organisations.list_organisations(store, alliance_id)
    assert (view.id, view.name, view.short_name, view.chapter, view.headcount, view.joined_on) == (
        added,
        "Harbour Choir",
        "Choir",
        "North",
        12,
        date(2020, 1, 2),
    )


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("name", OrganisationDraft("")),
        ("name", OrganisationDraft("x" * 121)),
        ("name", OrganisationDraft("Ch\0oir")),
        ("name", OrganisationDraft("Choir\u202e")),
        ("short_name", OrganisationDraft("Choir", "x" * 25)),
        ("chapter", OrganisationDraft("Choir", chapter="x" * 61)),
        ("headcount", OrganisationDraft("Choir", headcount=0)),
        ("headcount", OrganisationDraft("Choir", headcount=-3)),
        ("headcount", OrganisationDraft("Choir", headcount=1_000_001)),
    ],
)
def test_what_cannot_be_stored_is_named(store: Store, alliance_id: str, field: str, draft: OrganisationDraft) -> None:
    assert list(organisations.draft_faults(draft)) == [field]
    with pytest.raises(FieldFaults, match="Line 2"):
        organisations.add(store, alliance_id, [OrganisationDraft("Fine"), draft])
    assert organisations.list_organisations(store, alliance_id) == ()


def test_a_name_is_taken_once(store: Store, alliance_id: str) -> None:
    first, second = organisations.add(store, alliance_id, [OrganisationDraft("Choir"), OrganisationDraft("Dockers")])
    with pytest.raises(FieldFaults, match="already"):
        organisations.add(store, alliance_id, [OrganisationDraft("CHOIR")])
    with pytest.raises(FieldFaults, match="already"):
        organisations.add(store, alliance_id, [OrganisationDraft("New"), OrganisationDraft("new")])
    with pytest.raises(FieldFaults, match="already"):
        organisations.change(store, second, OrganisationDraft("Choir"))
    organisations.change(store, first, OrganisationDraft("Choir", headcount=9))
    assert organisations.list_organisations(store, alliance_id)[0].headcount == 9


def test_an_organisation_leaves_and_comes_back(store: Store, alliance_id: str) -> None:
    (choir,) = organisations.add(store, alliance_id, [OrganisationDraft("Choir", joined_on=date(2025, 1, 1))])
    with pytest.raises(FieldFaults, match="before it joined"):
        organisations.let_go(store, choir, date(2024, 1, 1))
    organisations.let_go(store, choir, date(2026, 1, 1))
    assert organisations.list_organisations(store, alliance_id)[0].left_on == date(2026, 1, 1)
    organisations.let_go(store, choir, None)
    assert organisations.list_organisations(store, alliance_id)[0].left_on is None


@pytest.mark.parametrize("act", [organisations.change, organisations.let_go])
def test_an_organisation_that_is_gone_says_so(store: Store, alliance_id: str, act: object) -> None:
    given = OrganisationDraft("Choir") if act is organisations.change else None
    with pytest.raises(TendError, match="not there any more"):
        act(store, "nowhere", given)  # type: ignore[operator]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_pasted_list_is_read_by_any_separator(separator: str) -> None:
    text = "\n".join(
        separator.join(row) for row in [("Choir", "Ch", "12", "North", "arts"), ("Dockers", "", "", "", "")]
    )
    choir, dockers = organisations.read_pasted(text)
    assert choir == OrganisationDraft("Choir", "Ch", "arts", "North", 12)
    assert dockers == OrganisationDraft("Dockers")


def test_a_heading_orders_the_columns() -> None:
    assert organisations.read_pasted('Name,Headcount,Chapter\n\n"Sailors, retired",7,South\n') == (
        OrganisationDraft("Sailors, retired", headcount=7, chapter="South"),
    )


def test_a_list_with_faults_names_every_line() -> None:
    with pytest.raises(TendError) as refused:
        organisations.read_pasted("Choir;;twelve\nDockers;;9\nTenants;;1e3")
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["Line 1", "Line 3"]


@pytest.mark.parametrize("text", ["", "  \n \n"])
def test_an_empty_list_says_so(text: str) -> None:
    with pytest.raises(TendError, match="empty"):
        organisations.read_pasted(text)
