"""The screen of words: what is moderated, and that nobody else sees a text before."""

from __future__ import annotations

import pytest

from assessment.alliance import words as texts
from assessment.alliance.values import Role
from assessment.alliance.words import Decision, TextState
from tests.pages.conftest import Instance, Screen, words
from tests.pages.world import sealed_round

WRITTEN = tuple(f"![{n}](http://evil.example/{n}) of Beatrix" for n in range(6))


@pytest.fixture
def waiting(fresh: Instance) -> str:
    return sealed_round(fresh, written=WRITTEN)


def everything(at: object) -> str:
    """Return all that was sent to the browser, of every element."""
    return str(at)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OWNER, Role.COORDINATOR])
def test_a_waiting_text_is_seen_by_moderators_alone(fresh: Instance, waiting: str, screen: Screen, role: Role) -> None:
    at = screen(fresh, role, "words")
    assert not at.exception
    assert at.title[0].value == "No words from Spring 2027 are shown yet"
    moderates = role is not Role.VIEWER
    assert ("Beatrix" in everything(at)) is moderates
    assert bool(at.text_area) is moderates
    assert bool(at.button) is moderates


def test_a_text_is_redacted_themed_and_shown(fresh: Instance, waiting: str, screen: Screen) -> None:
    texts.add_theme(fresh.store, fresh.alliance_id, "Care")
    theme = texts.list_themes(fresh.store, fresh.alliance_id)[0].id
    at = screen(fresh, Role.COORDINATOR, "words")
    key = at.text_area[0].key.removesuffix(" words")
    at.text_area[0].set_value(at.text_area[0].value.replace("Beatrix", "[a person]"))
    at.multiselect(key=f"{key} themes").set_value([theme])
    at.checkbox(key=f"{key} quote").check()
    at.button(key=f"{key} show").click().run()
    assert "The text is shown." in words(at)
    assert at.title[0].value == "1 text from Spring 2027"
    seen = screen(fresh, Role.VIEWER, "words")
    shown = [m.value for m in seen.markdown if "of \\[a person\\]" in m.value]
    assert len(shown) == 1
    assert shown[0].startswith("“\\!\\[")
    assert "Chosen for the retreat" in shown[0]
    assert "Beatrix" not in everything(seen)


def test_a_text_that_is_only_counted_is_seen_by_nobody_else(fresh: Instance, waiting: str, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "words")
    key = at.text_area[0].key.removesuffix(" words")
    at.button(key=f"{key} count").click().run()
    assert "The text is counted and not shown." in words(at)
    assert "Beatrix" not in everything(screen(fresh, Role.VIEWER, "words"))


def test_words_that_were_never_written_are_not_shown(fresh: Instance, waiting: str, screen: Screen) -> None:
    at = screen(fresh, Role.OWNER, "words")
    key = at.text_area[0].key.removesuffix(" words")
    at.text_area[0].set_value("Something else entirely")
    at.button(key=f"{key} show").click().run()
    assert "Only take words away" in words(at)
    assert at.text_area(key=f"{key} words").value == "Something else entirely"
    assert texts.shown(fresh.store, fresh.alliance_id, waiting) == {}


def test_themes_of_three_texts_make_the_title(fresh: Instance, waiting: str, screen: Screen) -> None:
    care, rest = (texts.add_theme(fresh.store, fresh.alliance_id, name) for name in ("Care", "*Rest*"))
    for number, text in enumerate(texts.to_moderate(fresh.store, fresh.alliance_id, waiting)[:4]):
        about = (care, rest) if number < 3 else (care,)
        decision = Decision(text.words, TextState.SHOWN, about)
        texts.decide(fresh.store, fresh.alliance_id, text.id, decision)
    at = screen(fresh, Role.VIEWER, "words")
    assert words(at).splitlines()[0] == "“What should this alliance keep doing?” Named most often: care"
    assert any("**Care** 4 · **\\*Rest\\*** 3" in m.value for m in at.markdown)


def test_the_codebook_is_kept_on_the_screen(fresh: Instance, waiting: str, screen: Screen) -> None:
    at = screen(fresh, Role.COORDINATOR, "words")
    at.text_input(key="new theme 0 name").set_value("Care")
    at.button(key="new theme 0 submit").click().run()
    (theme,) = texts.list_themes(fresh.store, fresh.alliance_id)
    at.text_input(key=f"theme {theme.id} name").set_value("Care for each other")
    at.button(key=f"theme {theme.id} submit").click().run()
    assert [t.name for t in texts.list_themes(fresh.store, fresh.alliance_id)] == ["Care for each other"]
    at.button(key=f"theme {theme.id} gone").click().run()
    assert texts.list_themes(fresh.store, fresh.alliance_id) == ()


def test_where_too_few_wrote_that_is_said(fresh: Instance, screen: Screen) -> None:
    sealed_round(fresh, written=WRITTEN[:4])
    at = screen(fresh, Role.OWNER, "words")
    assert "Too few people wrote" in words(at)
    assert "Beatrix" not in everything(at)
    assert not at.text_area


def test_before_anything_is_sealed_the_screen_says_so(fresh: Instance, screen: Screen) -> None:
    assert "Nothing has been asked yet" in words(screen(fresh, Role.VIEWER, "words"))
