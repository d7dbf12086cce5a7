"""The screen of commitments: made from a finding, settled, and looked at again after the next round."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft, CommitmentView, Promise
from assessment.alliance.values import Role
from tests.pages.conftest import Instance, Screen, words
from tests.pages.world import sealed_round

SOON = date.today() + timedelta(days=30)


def there(instance: Instance) -> tuple[CommitmentView, ...]:
    return commitments.list_commitments(instance.store, instance.alliance_id)


def test_something_is_promised_about_a_finding(fresh: Instance, screen: Screen) -> None:
    round_id = sealed_round(fresh)
    at = screen(fresh, Role.COORDINATOR, "commitments", measure="trust", promise="new")
    assert at.title[0].value == "Nothing is promised yet"
    key = "new commitment 0"
    assert at.selectbox(key=f"{key} measure").value == "trust"
    at.text_input(key=f"{key} what").set_value("Eat *together*")
    at.text_input(key=f"{key} due").set_value(SOON.isoformat())
    at.button(key=f"{key} submit").click().run()
    (made,) = there(fresh)
    assert made.promise == CommitmentDraft("Eat *together*", SOON, None, "trust", round_id)
    assert at.title[0].value == "1 promise is open"
    assert any(m.value.startswith("**Eat \\*together\\***") for m in at.markdown)
    assert "Looked at again when the next round is sealed" in words(at)


def test_a_promise_needs_no_round(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "commitments")
    at.text_input(key="new commitment 0 what").set_value("Eat together")
    at.button(key="new commitment 0 submit").click().run()
    assert [c.promise.measure for c in there(fresh)] == [None]


@pytest.mark.parametrize("typed", ["", "soon", "2027-02-30"])
def test_a_promise_needs_a_day(fresh: Instance, screen: Screen, typed: str) -> None:
    at = screen(fresh, Role.OWNER, "commitments")
    at.text_input(key="new commitment 0 what").set_value("Eat together")
    at.text_input(key="new commitment 0 due").set_value(typed)
    at.button(key="new commitment 0 submit").click().run()
    assert len(at.error) == 1
    assert there(fresh) == ()


def test_a_faulty_promise_keeps_what_was_typed(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "commitments")
    at.text_input(key="new commitment 0 what").set_value("Eat \u202e together")
    at.button(key="new commitment 0 submit").click().run()
    assert "invisible characters" in words(at)
    assert at.text_input(key="new commitment 0 what").value == "Eat \u202e together"
    assert there(fresh) == ()


def test_after_the_next_round_the_verdict_stands_beside_the_promise(fresh: Instance, screen: Screen) -> None:
    round_id = sealed_round(fresh)
    draft = CommitmentDraft("Eat together", SOON, None, "trust", round_id)
    commitments.add(fresh.store, fresh.alliance_id, draft)
    sealed_round(fresh, "Autumn 2027")
    at = screen(fresh, Role.VIEWER, "commitments")
    assert "Spring 2027 to Autumn 2027: no clear change." in words(at)
    assert not any(word in words(at) for word in ("because", "thanks to", "worked", "led to"))


def test_a_promise_is_settled_changed_and_removed(fresh: Instance, screen: Screen) -> None:
    key = commitments.add(fresh.store, fresh.alliance_id, CommitmentDraft("Eat together", SOON))
    at = screen(fresh, Role.COORDINATOR, "commitments")
    at.button(key=f"{key} kept").click().run()
    assert there(fresh)[0].state is Promise.KEPT
    assert at.title[0].value == "1 promise is kept"
    at.text_input(key=f"commitment {key} what").set_value("Cook together")
    at.button(key=f"commitment {key} submit").click().run()
    assert there(fresh)[0].promise.what == "Cook together"
    at.button(key=f"{key} gone").click().run()
    assert there(fresh) == ()


def test_who_only_reads_sees_promises_and_no_form(fresh: Instance, screen: Screen) -> None:
    commitments.add(fresh.store, fresh.alliance_id, CommitmentDraft("Eat together", SOON))
    at = screen(fresh, Role.VIEWER, "commitments")
    assert "Eat together" in words(at)
    assert not at.text_input
    assert not at.button


def test_a_promise_whose_day_is_over_says_so(fresh: Instance, screen: Screen) -> None:
    key = commitments.add(fresh.store, fresh.alliance_id, CommitmentDraft("Eat together", SOON))
    with fresh.store.write() as session:
        from assessment.storage.commitments import find_commitment

        row = find_commitment(session, fresh.alliance_id, key)
        assert row
        row.made_on = row.due_on = date.today() - timedelta(days=3)
    assert "its day is over" in words(screen(fresh, Role.VIEWER, "commitments"))


@pytest.mark.parametrize(("role", "offered"), [(Role.COORDINATOR, True), (Role.VIEWER, False)])
def test_from_a_finding_the_way_leads_to_a_promise(sample: Instance, screen: Screen, role: Role, offered: bool) -> None:
    links = [link.proto.label for link in screen(sample, role).get("page_link")]
    assert any("See the answers" in label for label in links)
    assert any("Let us do something about this" in label for label in links) is offered
