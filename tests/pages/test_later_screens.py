"""Balance, success, change, groups and readings: their titles, their empty states, who sees what."""

from __future__ import annotations

import pytest

from assessment import rounds
from assessment.alliance import accounts, organisations, sign_in
from assessment.alliance.values import OrganisationDraft, Role
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.rounds import ImportedBallot, RoundPlan
from assessment.rounds.sealing import seal
from assessment.ui.rounds import core
from tests.pages.conftest import Instance, Screen, words

RESULTS = ["overview", "answers", "balance", "success", "change", "groups", "readings"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("balance", "We are split on how we should be steered"),
        ("success", "Wins run ahead of the power we build"),
        ("change", "went up"),
        ("groups", "How do organisations see it?"),
        ("readings", "Four early warnings"),
    ],
)
def test_each_screen_tells_its_part_of_the_samples_story(
    sample: Instance, screen: Screen, name: str, said: str
) -> None:
    at = screen(sample, Role.VIEWER, name)
    assert not at.exception
    assert said in words(at)
    assert at.get("plotly_chart")
    assert all(chart.proto.alt for chart in at.get("plotly_chart"))
    files = [button.proto.label for button in at.get("download_button")]
    assert sum("picture" in label for label in files) == len(at.get("plotly_chart")), "a chart cannot be saved"
    assert "Download as CSV" in files


def test_change_is_told_against_any_earlier_round(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "change")
    at.selectbox(key="against").select("Spring 2025").run()
    assert not at.exception
    assert "people in Spring 2025" in words(at)


def test_a_first_round_has_nothing_to_be_compared_with(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.VIEWER, "change")
    at.selectbox(key="round").select("Spring 2025").run()
    assert at.title[0].value == "One round so far"


@pytest.mark.parametrize("name", RESULTS)
def test_before_the_first_round_every_screen_says_so(fresh: Instance, screen: Screen, name: str) -> None:
    at = screen(fresh, Role.VIEWER, name)
    assert not at.exception
    assert at.title[0].value == "Nothing has been asked yet"


def sealed(instance: Instance, rules: Rules, people: int = 8, names: int = 4) -> list[str]:
    """Seal a round of `names` organisations in which everybody answers; return the organisations' ids."""
    drafts = [OrganisationDraft(f"Group {n}", headcount=people) for n in range(names)]
    ids = organisations.add(instance.store, instance.alliance_id, drafts)
    round_id = rounds.create_round(instance.store, instance.alliance_id, RoundPlan("Spring", rules=rules), core())
    rounds.open_round(instance.store, round_id)
    asked = core().coded
    batch = [
        ImportedBallot({q.id: str(1 + (i + n + m) % q.options) for i, q in enumerate(asked)}, organisation)
        for m, organisation in enumerate(ids)
        for n in range(people)
    ]
    rounds.import_ballots(instance.store, round_id, batch)
    seal(instance.store, round_id)
    return ids


@pytest.mark.parametrize("name", RESULTS)
def test_nine_people_in_three_organisations_still_see_every_screen(fresh: Instance, screen: Screen, name: str) -> None:
    sealed(fresh, Rules(), people=3, names=3)
    at = screen(fresh, Role.VIEWER, name)
    assert not at.exception
    assert not at.error
    assert at.title[0].value


def test_a_round_without_groups_says_what_was_promised(fresh: Instance, screen: Screen) -> None:
    sealed(fresh, Rules())
    at = screen(fresh, Role.OWNER, "groups")
    assert at.title[0].value == "This round has no groups"
    assert not at.get("plotly_chart")


def test_groups_that_are_all_too_small_are_said_and_not_drawn(fresh: Instance, screen: Screen) -> None:
    sealed(fresh, Rules(breakdown=Breakdown.ORGANISATIONS, attribution=Attribution.VISIBLE), people=3, names=3)
    at = screen(fresh, Role.OWNER, "groups")
    assert "No group had 5 answers or more" in words(at)
    assert not at.get("plotly_chart")


def test_each_its_own_is_seen_by_its_own_reader_and_by_nobody_else(fresh: Instance, screen: Screen) -> None:
    ids = sealed(fresh, Rules(attribution=Attribution.OWN, breakdown=Breakdown.ORGANISATIONS))
    for role in (Role.OWNER, Role.COORDINATOR, Role.VIEWER):
        at = screen(fresh, role, "groups")
        assert "Each organisation sees its own results only" in words(at)
        assert not at.get("plotly_chart")
    accounts.create(
        fresh.store,
        fresh.alliance_id,
        "Rea",
        "rea@example.org",
        Role.READER,
        organisation_id=ids[1],
        password="blue lamps two",
    )
    fresh.tokens[Role.READER] = sign_in.start(fresh.store, "rea@example.org", "blue lamps two")
    at = screen(fresh, Role.READER, "groups")
    assert "Group 1" in words(at)
    assert not any(f"Group {n}" in words(at) for n in (0, 2, 3))
    assert "Group 0" not in "".join(chart.proto.spec for chart in at.get("plotly_chart"))


def test_too_few_heard_is_said_on_every_screen(fresh: Instance, screen: Screen) -> None:
    organisations.add(
        fresh.store, fresh.alliance_id, [OrganisationDraft(f"Crowd {n}", headcount=400) for n in range(3)]
    )
    sealed(fresh, Rules())
    for name in RESULTS:
        at = screen(fresh, Role.VIEWER, name)
        if name not in {"answers", "change", "groups"}:
            assert "the views of those who answered" in words(at).lower()
