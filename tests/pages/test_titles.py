"""Coordinators put their own words above a chart; everybody sees whose they are, and the computed title stays."""

from __future__ import annotations

from assessment.alliance.values import Role
from tests.pages.conftest import Instance, Screen, words
from tests.pages.world import sealed_round


def test_a_title_is_changed_marked_and_taken_back(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh)
    at = screen(fresh, Role.COORDINATOR)
    computed = at.title[0].value
    at.text_input(key="title overview words").set_value("We *grew* together")
    at.button(key="title overview submit").click().run()
    assert at.title[0].value == "We \\*grew\\* together"
    assert "The title is saved" in words(at)
    seen = screen(fresh, Role.VIEWER)
    assert seen.title[0].value == "We \\*grew\\* together"
    assert "The coordinators wrote this title. From the numbers: “" + computed.replace("\\", "") in words(seen)
    assert not seen.text_input
    at = screen(fresh, Role.COORDINATOR)
    at.button(key="title overview restore").click().run()
    assert at.title[0].value == computed
    assert "The coordinators wrote" not in words(at)


def test_an_empty_title_is_refused_and_said(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh)
    at = screen(fresh, Role.OWNER, "balance")
    computed = at.title[0].value
    at.text_input(key="title balance words").set_value("  ")
    at.button(key="title balance submit").click().run()
    assert "Write a title." in words(at)
    assert at.title[0].value == computed


def test_only_the_comparison_with_the_round_before_keeps_a_title(sample: Instance, screen: Screen) -> None:
    at = screen(sample, Role.COORDINATOR, "change")
    assert at.text_input(key="title change words").value == at.title[0].value
    at.selectbox(key="against").select("Spring 2025").run()
    assert not [field for field in at.text_input if field.key == "title change words"]
