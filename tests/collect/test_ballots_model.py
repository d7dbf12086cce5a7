"""Whatever somebody saves, repeats and saves too late: the ballot holds what was acknowledged, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.ballot import Joining, Stale
from assessment.collect.validation import Answers
from assessment.questionnaire.values import Section
from assessment.tokens import new_token
from tests.collect.world import World, make_world

PLACES = (0, 4, 10)  # ratings, ratings, texts
step = st.tuples(st.sampled_from(PLACES), st.integers(0, 3), st.integers(0, 4))


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(f"sqlite:///{tmp_path_factory.mktemp('model') / 'tend.db'}")


def filled(section: Section, value: int) -> Answers:
    texts = {q.id: "word " * value for q in section.questions if q.kind == "text"}
    codes = {q.id: value for q in section.questions if q.kind != "text"}
    return Answers(codes, {name: text.strip() for name, text in texts.items()})


@given(steps=st.lists(step, max_size=12))
@settings(max_examples=60)
def test_a_ballot_holds_what_was_acknowledged(lasting: World, steps: list[tuple[int, int, int]]) -> None:
    """A step saves a value into a section with a revision that may be older than the current one."""
    asked, key = AskedRounds(lasting.store).get(lasting.round_id), new_token()
    ballots.start(lasting.store, asked, lasting.code(), key, Joining())
    model = {place: (0, filled(asked.questionnaire.sections[place], 0)) for place in PLACES}
    for place, late, value in steps:
        section, (current, stored) = asked.questionnaire.sections[place], model[place]
        given_now, revision = filled(section, value), max(0, current - late)
        try:
            model[place] = (ballots.save(lasting.store, asked, key, section, revision, given_now), given_now)
        except Stale as stale:
            told = (stale.stored, stale.revision)
        else:
            told = (stored, current)
            assert revision == current or given_now == stored
        assert told == (stored, current)
    found = ballots.find(lasting.store, key)
    for place, (revision, stored) in model.items():
        section = asked.questionnaire.sections[place]
        assert found.revision(asked.questionnaire, section) == revision
        assert found.of(asked.questionnaire, section) == stored
