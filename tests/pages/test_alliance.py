"""The screen of the alliance: organisations and who may sign in."""

from __future__ import annotations

from assessment.alliance import accounts, organisations, sign_in
from assessment.alliance.values import OrganisationView, Role
from tests.pages.conftest import Instance, Screen, words


def there(instance: Instance) -> tuple[OrganisationView, ...]:
    return organisations.list_organisations(instance.store, instance.alliance_id)


def test_an_organisation_is_added_with_its_headcount_and_chapter(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "alliance")
    at.text_input(key="add organisation name").set_value("Harbour *Tenants*")
    at.number_input(key="add organisation people").set_value(24)
    at.text_input(key="add organisation chapter").set_value("North")
    at.button(key="add organisation submit").click().run()
    assert [(o.name, o.headcount, o.chapter) for o in there(fresh)] == [("Harbour *Tenants*", 24, "North")]
    assert at.title[0].value == "1 organisation, 24 people"
    assert at.table[0].value.iloc[0, 0] == "Harbour \\*Tenants\\*"


def test_a_headcount_that_nobody_knows_stays_unknown(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "alliance")
    at.text_input(key="add organisation name").set_value("Bus Riders")
    at.button(key="add organisation submit").click().run()
    assert there(fresh)[0].headcount is None
    assert at.title[0].value == "1 organisation"


def test_a_pasted_list_is_taken_whole_or_not_at_all(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "alliance")
    at.text_area[0].set_value("Bus Riders;BR;12;North\nNight Nurses;NN;many")
    at.button(key="paste organisations submit").click().run()
    assert "Line 2" in words(at)
    assert there(fresh) == ()
    at.text_area[0].set_value("Bus Riders;BR;12;North\nNight Nurses;NN;9")
    at.button(key="paste organisations submit").click().run()
    assert [o.name for o in there(fresh)] == ["Bus Riders", "Night Nurses"]


def test_an_organisation_is_changed_leaves_and_comes_back(fresh: Instance, screen: Screen) -> None:
    organisations.add(fresh.store, fresh.alliance_id, organisations.read_pasted("Bus Riders;BR;12"))
    key = there(fresh)[0].id
    at = screen(fresh, Role.COORDINATOR, "alliance")
    at.number_input(key=f"change {key} people").set_value(14)
    at.button(key=f"change {key} submit").click().run()
    assert there(fresh)[0].headcount == 14
    at.button(key=f"left {key}").click().run()
    assert there(fresh)[0].left_on is not None
    at.button(key=f"left {key}").click().run()
    assert there(fresh)[0].left_on is None


def test_an_owner_lets_somebody_sign_in_and_sees_the_password_once(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "alliance")
    at.text_input(key="person name").set_value("Grace")
    at.text_input(key="person email").set_value("grace@example.org")
    at.radio(key="person role").set_value(Role.COORDINATOR)
    at.button(key="person submit").click().run()
    password = at.code[0].value
    assert sign_in.start(fresh.store, "grace@example.org", password)
    assert password not in [code.value for code in at.run().code]


def test_a_reader_needs_an_organisation(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "alliance")
    at.text_input(key="person name").set_value("Grace")
    at.text_input(key="person email").set_value("grace@example.org")
    at.radio(key="person role").set_value(Role.READER)
    at.button(key="person submit").click().run()
    assert "Choose an organisation for a reader" in words(at)


def test_the_right_to_sign_in_is_taken_away(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "alliance")
    before = len(accounts.list_people(fresh.store, fresh.alliance_id))
    at.button(key="person gone submit").click().run()
    assert len(accounts.list_people(fresh.store, fresh.alliance_id)) == before - 1


def test_only_owners_manage_who_signs_in(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "alliance")
    assert "Who may sign in" in words(at)
    assert "person submit" not in [button.key for button in at.button]
