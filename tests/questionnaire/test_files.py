"""The questionnaires that we ship."""

from __future__ import annotations

import pytest

from assessment.questionnaire.loading import instruments, load_questionnaire
from assessment.questionnaire.measures import alias, measures
from assessment.questionnaire.snapshot import fingerprint, freeze, short_form, thaw
from assessment.questionnaire.values import Questionnaire
from assessment.settings import ROOT

SHIPPED = instruments(ROOT / "data" / "instruments")


def test_there_are_questionnaires_to_load() -> None:
    assert "core" in SHIPPED


@pytest.fixture(params=sorted(SHIPPED))
def shipped(request: pytest.FixtureRequest) -> Questionnaire:
    return load_questionnaire(SHIPPED[request.param])


def test_every_file_loads_with_words_for_everything(shipped: Questionnaire) -> None:
    assert shipped.coded
    for texts in shipped.texts.values():
        assert set(texts.question) == set(shipped.by_id)
        assert set(texts.dimension) == set(shipped.dimensions)


def test_freezing_and_thawing_changes_nothing(shipped: Questionnaire) -> None:
    for form in (shipped, short_form(shipped)):
        assert thaw(freeze(form)) == form
        assert freeze(thaw(freeze(form))) == freeze(form)


def test_every_measure_has_one_id_that_fits_its_column(shipped: Questionnaire) -> None:
    ids = [measure.id for measure in measures(shipped)]
    assert len(ids) == len(set(ids))
    assert all(len(key) <= 80 for key in ids)


def test_the_core_asks_what_the_design_announces() -> None:
    core = load_questionnaire(SHIPPED["core"])
    kinds = [question.kind for question in core.questions]
    assert (kinds.count("rating"), kinds.count("text")) == (50, 3)
    assert [q.id for q in core.questions if q.use == "role"] == ["you.role"]
    assert len(core.readings) == 7


def test_the_short_form_of_the_core_is_the_twelve_marked_questions() -> None:
    core = load_questionnaire(SHIPPED["core"])
    short = short_form(core)
    assert [q.id for q in short.questions] == [q.id for q in core.questions if q.pulse]
    assert (len(short.questions), short.minutes, len(short.written)) == (12, 3, 0)
    assert fingerprint(freeze(short)) != fingerprint(freeze(core))


def test_the_four_cells_of_the_two_by_two_survive_the_short_form() -> None:
    short = short_form(load_questionnaire(SHIPPED["core"]))
    table = next(r for r in short.readings if r.shape == "two_by_two")
    assert [p.dimension for p in table.parts] == ["wins", "climate", "relationships", "leaders"]
    assert {"tattersall/social_change", "tattersall/social_power"} <= {m.id for m in measures(short)}


def test_a_part_with_the_questions_of_a_dimension_is_not_measured_twice() -> None:
    core = load_questionnaire(SHIPPED["core"])
    path = next(r for r in core.readings if r.key == "path")
    assert alias(core, measures(core), "path", path.parts[0]) == "trust"
    assert "path/trust" not in {m.id for m in measures(core)}
