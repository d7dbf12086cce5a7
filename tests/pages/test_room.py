"""The screen of the room: a sequence is proposed, changed step by step, started, and its record is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment import rounds
from assessment.alliance import setup, sign_in
from assessment.alliance import words as texts
from assessment.alliance.values import Role
from assessment.alliance.words import Decision, TextState
from assessment.retreat import plans
from assessment.retreat.proposal import propose
from assessment.retreat.values import RetreatView
from assessment.slides.steps import Kind
from assessment.storage.engine import open_store
from tests.pages.conftest import Instance, Screen, prepared, with_people, words
from tests.pages.world import sealed_round

NAME = "Winter *retreat*"


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An alliance with a sealed round and a retreat that was just proposed, in a file to be copied."""
    store, settings, token = prepared(tmp_path_factory.mktemp("room"))
    owner = setup.set_up(store, token, "Harbour Alliance", "Ada", "ada@example.org", "three blue lamps")
    made = with_people(store, settings, owner)
    round_id, leader = sealed_round(made), sign_in.find(store, owner)
    assert leader is not None
    plans.make(store, leader, round_id, NAME, propose(store, round_id))
    store.close()
    return made


@pytest.fixture
def own(proposed: Instance, tmp_path: Path) -> Iterator[Instance]:
    """The proposed retreat as this test's own."""
    path = tmp_path / "tend.db"
    shutil.copy(proposed.store.path or "", path)
    settings = replace(proposed.settings, database_url=f"sqlite:///{path}")
    store = open_store(settings.database_url)
    yield proposed._replace(store=store, settings=settings)
    store.close()


@pytest.fixture
def at(own: Instance, screen: Screen) -> AppTest:
    """The screen with the proposed retreat."""
    return screen(own, Role.COORDINATOR, "room")


def planned(instance: Instance) -> RetreatView:
    (found,) = plans.list_retreats(instance.store, instance.alliance_id)
    return found


def kinds(instance: Instance) -> list[Kind]:
    return [step.kind for step in planned(instance).steps]


def test_without_a_round_there_is_nothing_to_look_at(fresh: Instance, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "room")
    assert at.title[0].value == "No retreat is planned"
    assert "There is no round to look at yet" in words(at)
    assert not at.button


def test_a_sequence_is_proposed_from_the_findings(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh)
    at = screen(fresh, Role.COORDINATOR, "room")
    at.text_input(key="new retreat 0 name").set_value(NAME)
    at.button(key="new retreat 0 submit").click().run()
    assert f"{NAME} is planned" in words(at)
    assert kinds(fresh)[0] is Kind.ANSWERED
    assert kinds(fresh)[-1] is Kind.COMMITMENTS
    assert Kind.CHANGE not in kinds(fresh)
    for number, step in enumerate(planned(fresh).steps, 1):
        assert f"{number}. {step.sort.name}" in words(at)
        assert step.question in words(at)


def test_steps_are_moved_dropped_and_put_back(own: Instance, at: AppTest) -> None:
    before = planned(own).steps
    at.button(key=f"Down {before[0].id}").click().run()
    assert planned(own).steps[:2] == (before[1], before[0])
    at.button(key=f"Up {before[0].id}").click().run()
    at.button(key=f"Drop {before[1].id}").click().run()
    assert planned(own).steps == (before[0], *before[2:])
    at.button(key=f"back {before[1].id}").click().run()
    assert planned(own).steps == before
    assert at.button(key=f"Up {before[0].id}").disabled
    assert at.button(key=f"Down {before[-1].id}").disabled


def test_words_are_kept_as_they_are_changed_and_what_a_room_could_not_read_stays_typed(
    own: Instance, at: AppTest
) -> None:
    step = planned(own).steps[1]
    at.text_input(key=f"question {step.id}").set_value("What *do* we see?").run()
    at.text_input(key=f"title {step.id}").set_value("Look closely").run()
    at.toggle(key=f"predict {step.id}").set_value(True).run()
    kept = planned(own).steps[1]
    assert (kept.id, kept.question, kept.title, kept.predict) == (step.id, "What *do* we see?", "Look closely", True)
    assert "The room guesses first." in words(at)
    step = planned(own).steps[0]
    long = " ".join(["so"] * 26)
    at.text_input(key=f"question {step.id}").set_value(long).run()
    assert "Not kept yet" in words(at)
    assert "26 words" in words(at)
    assert at.text_input(key=f"question {step.id}").value == long
    assert planned(own).steps[0].question == step.question
    at.text_input(key=f"question {step.id}").set_value("Who is missing?").run()
    assert "Not kept yet" not in words(at)
    assert planned(own).steps[0].question == "Who is missing?"


def test_another_question_of_the_round_brings_its_own_guess(own: Instance, at: AppTest) -> None:
    add(own, at, Kind.SPLIT)
    step = planned(own).steps[-1]
    other = next(key for key in ("trust.promises", "trust.candour") if key != step.measure)
    at.selectbox(key=f"measure {step.id}").set_value(other).run()
    kept = planned(own).steps[-1]
    assert kept.measure == other
    assert len(kept.options) == 5


def add(instance: Instance, at: AppTest, kind: Kind) -> str:
    """Choose what to add; return the key of the panel."""
    key = next(box.key for box in at.selectbox if str(box.key).endswith(" kind"))
    at.selectbox(key=key).set_value(kind).run()
    panel = str(key).removesuffix(" kind")
    if kind is Kind.SPLIT:
        at.button(key=f"{panel} done").click().run()
    return panel


def test_a_poll_is_added_where_it_is_wanted_once_it_asks_something_and_a_pause_at_the_end(
    own: Instance, at: AppTest
) -> None:
    before = kinds(own)
    panel = add(own, at, Kind.POLL_CHOOSE)
    at.button(key=f"{panel} done").click().run()
    assert "Write a question." in words(at)
    assert kinds(own) == before
    at.text_input(key=f"{panel} question").set_value("What first?")
    at.text_area(key=f"{panel} options").set_value("Rotate the chair\n\n A fund ")
    at.selectbox(key=f"{panel} place").set_value(planned(own).steps[0].id)
    at.button(key=f"{panel} done").click().run()
    step = planned(own).steps[1]
    assert (step.kind, step.question, step.options) == (Kind.POLL_CHOOSE, "What first?", ("Rotate the chair", "A fund"))
    panel = add(own, at, Kind.PAUSE)
    at.button(key=f"{panel} done").click().run()
    assert (planned(own).steps[-1].kind, planned(own).steps[-1].minutes) == (Kind.PAUSE, 15)


def test_only_texts_that_were_chosen_for_the_retreat_can_be_quoted(fresh: Instance, screen: Screen) -> None:
    round_id = sealed_round(fresh, written=tuple(f"We rest too little {n}" for n in range(12)))
    at = screen(fresh, Role.COORDINATOR, "room")
    at.text_input(key="new retreat 0 name").set_value("Retreat")
    at.button(key="new retreat 0 submit").click().run()
    add(fresh, at, Kind.QUOTE)
    assert "No text is chosen for the retreat" in words(at)
    waiting = texts.to_moderate(fresh.store, fresh.alliance_id, round_id)
    texts.decide(fresh.store, fresh.alliance_id, waiting[0].id, Decision(waiting[0].words, TextState.SHOWN, quote=True))
    texts.decide(fresh.store, fresh.alliance_id, waiting[1].id, Decision(waiting[1].words, TextState.SHOWN))
    panel = add(fresh, at, Kind.QUOTE)
    offered = at.selectbox(key=f"{panel} text")
    assert offered.options == [waiting[0].words]
    offered.set_value(waiting[0].id)
    at.button(key=f"{panel} done").click().run()
    assert planned(fresh).steps[-1].text_id == waiting[0].id
    assert waiting[0].words in words(at)


def test_a_started_retreat_shows_its_addresses_and_its_end_leaves_a_record(own: Instance, at: AppTest) -> None:
    seen = planned(own)
    at.button(key=f"start {seen.id}").click().run()
    running = planned(own)
    assert running.running
    assert at.title[0].value == r"Winter \*retreat\* is running"
    shown = [code.value for code in at.code]
    assert any(code.endswith(f"/room/{seen.id}") for code in shown)
    assert any(code.endswith(f"/screen?room={running.screen}") for code in shown)
    at.button(key=f"renew {seen.id}").click().run()
    assert planned(own).screen != running.screen
    at.button(key=f"withdraw {seen.id}").click().run()
    assert planned(own).screen is None
    at.button(key=f"end {seen.id}").click().run()
    assert not planned(own).running
    assert "Retreats that were held" in words(at)
    assert [link.url for link in at.link_button] == [f"/room/{seen.id}/record"]
    at.button(key=f"again {seen.id}").click().run()
    assert planned(own).running


def test_an_open_round_is_answered_in_the_room(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh)
    view = rounds.list_rounds(fresh.store, fresh.alliance_id)[0]
    questionnaire = rounds.questionnaire_of(fresh.store, view.id)
    opened = rounds.create_round(fresh.store, fresh.alliance_id, rounds.RoundPlan("Summer"), questionnaire)
    rounds.open_round(fresh.store, opened)
    at = screen(fresh, Role.COORDINATOR, "room")
    at.selectbox(key="new retreat 0 round").set_value(opened)
    at.button(key="new retreat 0 submit").click().run()
    assert len(at.error) == 1
    assert plans.list_retreats(fresh.store, fresh.alliance_id) == ()
    at.text_input(key="new retreat 0 name").set_value("Assembly")
    at.button(key="new retreat 0 submit").click().run()
    assert kinds(fresh) == [Kind.ANSWER_HERE, Kind.COMMITMENTS]


def test_two_retreats_are_told_apart(own: Instance, at: AppTest) -> None:
    at.text_input(key="new retreat 0 name").set_value("Spring retreat")
    at.button(key="new retreat 0 submit").click().run()
    newest = plans.list_retreats(own.store, own.alliance_id)[0]
    assert newest.name == "Spring retreat"
    at.selectbox(key="retreat").set_value(newest.id).run()
    at.button(key=f"remove {newest.id}").click().run()
    assert planned(own).name == NAME
    assert "is removed" in words(at)


def test_two_people_who_change_a_plan_at_once_lose_nothing_of_each_other(own: Instance, at: AppTest) -> None:
    leader = sign_in.find(own.store, own.tokens[Role.OWNER])
    assert leader is not None
    seen = planned(own)
    first, second = seen.steps[:2]
    theirs = tuple(replace(step, question="Theirs?") if step.id == first.id else step for step in seen.steps)
    plans.change(own.store, seen.id, leader, seen.name, theirs)
    at.text_input(key=f"question {second.id}").set_value("Ours?").run()
    assert [step.question for step in planned(own).steps[:2]] == ["Theirs?", "Ours?"]
