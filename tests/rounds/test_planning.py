"""Drafting and opening: everything that promises rest on is fixed at the opening, and not before."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from assessment import clock, rounds
from assessment.alliance import organisations
from assessment.alliance.values import FieldFaults, OrganisationDraft
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Rules
from assessment.storage import audit
from assessment.storage.engine import Store
from assessment.storage.tables import State
from tests.rounds.world import NAMES, VISIBLE, make_world


def test_a_draft_says_what_was_decided(store: Store) -> None:
    world = make_world(store)
    plan = rounds.RoundPlan("Spring", rules=VISIBLE, phase="going deep", ends_on=clock.today() + timedelta(days=9))
    view = rounds.round_view(store, rounds.create_round(store, world.alliance_id, plan, world.questionnaire))
    assert (view.plan, view.state, view.roster, view.invited) == (plan, State.DRAFT, (), None)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 81}),
        ("name", {"name": "Spring\0"}),
        ("languages", {"languages": ()}),
        ("languages", {"languages": ("en", "xx")}),
        ("phase", {"phase": "x" * 201}),
        ("ends_on", {"ends_on": clock.today() - timedelta(days=1)}),
        ("breakdown", {"rules": Rules(breakdown=Breakdown.ORGANISATIONS)}),
        ("breakdown", {"rules": Rules(breakdown=Breakdown.CHAPTERS)}),
        ("lens", {"rules": Rules(lens=Lens.ORGANISATIONS)}),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_its_field(store: Store, field: str, change: dict[str, object]) -> None:
    world = make_world(store)
    with pytest.raises(FieldFaults) as refused:
        world.draft(**{"name": "Spring", "rules": Rules(), **change})
    assert list(refused.value.faults) == [field]
    assert rounds.list_rounds(store, world.alliance_id) == []


def test_roles_need_a_question_that_asks_for_them(store: Store) -> None:
    world = make_world(store)
    sections = tuple(
        dataclasses.replace(section, questions=tuple(q for q in section.questions if q.use is None))
        for section in world.questionnaire.sections
    )
    roleless = dataclasses.replace(world.questionnaire, sections=sections)
    assert list(rounds.plan_faults(rounds.RoundPlan("A", rules=Rules(breakdown=Breakdown.ROLES)), roleless)) == [
        "breakdown"
    ]


def test_two_rounds_cannot_have_one_name(store: Store) -> None:
    world = make_world(store)
    first, _ = world.draft("Spring"), world.draft("Autumn")
    with pytest.raises(FieldFaults, match="name already"):
        world.draft("SPRING ")
    with pytest.raises(FieldFaults, match="name already"):
        rounds.edit_round(store, first, rounds.RoundPlan("Autumn"), world.questionnaire)


def test_a_draft_can_be_changed_and_dropped_and_an_open_round_cannot(store: Store) -> None:
    world = make_world(store)
    round_id = world.draft()
    rounds.edit_round(store, round_id, rounds.RoundPlan("Pulse", short_form=True), world.questionnaire)
    assert len(rounds.questionnaire_of(store, round_id).questions) == 12
    rounds.open_round(store, round_id)
    with pytest.raises(rounds.RoundError, match="nothing in it can be changed"):
        rounds.edit_round(store, round_id, rounds.RoundPlan("Other"), world.questionnaire)
    with pytest.raises(rounds.RoundError, match="sealed or destroyed"):
        rounds.delete_draft(store, round_id)
    with pytest.raises(rounds.RoundError, match="open already"):
        rounds.open_round(store, round_id)
    dropped = world.draft("Dropped")
    rounds.delete_draft(store, dropped)
    assert [view.name for view in rounds.list_rounds(store, world.alliance_id)] == ["Pulse"]


def test_opening_fixes_who_is_asked(store: Store) -> None:
    world = make_world(store)
    organisations.let_go(store, world.organisations[0], clock.today())
    round_id = world.open()
    organisations.change(store, world.organisations[1], OrganisationDraft("Renamed", headcount=99))
    organisations.add(store, world.alliance_id, [OrganisationDraft("Latecomers", headcount=5)])
    view = rounds.round_view(store, round_id)
    assert [entry.name for entry in view.roster] == list(NAMES[1:])
    assert view.invited == 60
    draft = rounds.round_view(store, world.draft("Next"))
    assert sorted(rounds.list_rounds(store, world.alliance_id), key=lambda one: one.name) == [draft, view]


def test_an_unknown_headcount_leaves_the_whole_unknown(store: Store) -> None:
    world = make_world(store)
    organisations.change(store, world.organisations[0], OrganisationDraft(NAMES[0]))
    assert rounds.round_view(store, world.open()).invited is None


@pytest.mark.parametrize("left", [3, 2])
def test_organisations_are_kept_only_where_there_are_three(store: Store, left: int) -> None:
    world = make_world(store)
    for organisation in world.organisations[left:]:
        organisations.let_go(store, organisation, clock.today())
    attributed, total = world.draft("Attributed"), world.draft("Total", rules=Rules())
    rounds.open_round(store, total)
    if left == 3:
        rounds.open_round(store, attributed)
    else:
        with pytest.raises(rounds.RoundError, match="at least 3"):
            rounds.open_round(store, attributed)


def test_chapters_need_an_organisation_that_has_one(store: Store) -> None:
    world = make_world(store)
    for organisation, name in zip(world.organisations, NAMES, strict=True):
        organisations.change(store, organisation, OrganisationDraft(name))
    round_id = world.draft(rules=Rules(attribution=Attribution.OWN, breakdown=Breakdown.CHAPTERS))
    with pytest.raises(rounds.RoundError, match="chapter"):
        rounds.open_round(store, round_id)


def test_a_round_whose_end_has_passed_does_not_open(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(store)
    round_id = world.draft(ends_on=clock.today())
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    with pytest.raises(rounds.RoundError, match="end before today"):
        rounds.open_round(store, round_id)


@pytest.mark.parametrize("act", [rounds.open_round, rounds.seal, rounds.progress, rounds.published, rounds.round_view])
def test_a_round_that_does_not_exist_says_so(store: Store, act: object) -> None:
    with pytest.raises(rounds.RoundError):
        act(store, "nowhere")  # type: ignore[operator]


def test_what_coordinators_do_is_written_down(store: Store) -> None:
    world = make_world(store)
    round_id = world.open()
    rounds.add_codes(store, round_id, world.organisations[0], 2)
    with store.read() as session:
        acts = [(act.act, act.subject) for act in audit.list_acts(session)]
    assert {("round drafted", "Spring"), ("round opened", "Spring"), ("codes made", "Spring: 2 × 1 for Choir")} <= set(
        acts
    )
