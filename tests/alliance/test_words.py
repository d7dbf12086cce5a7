"""Written answers: redacted, shown or counted, given themes, and gone in time; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessment import clock, rounds
from assessment.alliance import words
from assessment.alliance.entries import NotThere
from assessment.alliance.values import FieldFaults
from assessment.alliance.words import Decision, TextState, TextView
from assessment.rounds import keeping
from assessment.storage.engine import Store, open_store
from tests.rounds.world import World, make_world

WRITTEN = tuple(f"Sentence number {n} of Beatrix" for n in range(7))


@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)


@pytest.fixture
def round_id(world: World) -> str:
    """A sealed round with seven texts that wait."""
    made = world.open()
    world.answer(made, 20, words=WRITTEN)
    rounds.seal(world.store, made)
    return made


def waiting(world: World, round_id: str) -> list[TextView]:
    found = words.to_moderate(world.store, world.alliance_id, round_id)
    return [text for text in found if text.state is TextState.WAITING]


def show(world: World, text: TextView, *themes: str, state: TextState = TextState.SHOWN, **also: bool) -> None:
    words.decide(world.store, world.alliance_id, text.id, Decision(text.words, state, themes, **also))


def test_nothing_is_read_before_it_is_shown(world: World, round_id: str) -> None:
    assert {text.words for text in waiting(world, round_id)} == set(WRITTEN)
    assert words.shown(world.store, world.alliance_id, round_id) == {}
    first, second, *_ = waiting(world, round_id)
    show(world, first)
    show(world, second, state=TextState.COUNTED)
    (shown,) = words.shown(world.store, world.alliance_id, round_id).values()
    assert [text.words for text in shown.texts] == [first.words]
    assert len(waiting(world, round_id)) == 5


def test_shown_texts_keep_their_random_order(world: World, round_id: str) -> None:
    for text in reversed(waiting(world, round_id)):
        show(world, text)
    (shown,) = words.shown(world.store, world.alliance_id, round_id).values()
    ids = [text.id for text in shown.texts]
    assert ids == sorted(ids)
    assert len(ids) == 7


def test_what_is_redacted_is_gone(world: World, round_id: str) -> None:
    text = waiting(world, round_id)[0]
    redacted = text.words.replace("Beatrix", "[a person]")
    words.decide(world.store, world.alliance_id, text.id, Decision(redacted, TextState.SHOWN))
    (shown,) = words.shown(world.store, world.alliance_id, round_id).values()
    assert [one.words for one in shown.texts] == [redacted]
    assert text.words not in {one.words for one in words.to_moderate(world.store, world.alliance_id, round_id)}


def test_the_file_forgets_what_was_redacted(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "tend.db"
    path.write_bytes(migrated_file.read_bytes())
    world = make_world(open_store(f"sqlite:///{path}"))
    made = world.open()
    world.answer(made, 20, words=WRITTEN)
    rounds.seal(world.store, made)
    for text in waiting(world, made):
        decision = Decision(text.words.replace("Beatrix", "[…]"), TextState.COUNTED)
        words.decide(world.store, world.alliance_id, text.id, decision)
    keeping.keep_promises(world.store)
    world.store.close()
    assert all(b"Beatrix" not in file.read_bytes() for file in tmp_path.iterdir())
    assert b"Sentence number" in path.read_bytes()


@pytest.mark.parametrize(
    ("redacted", "state"),
    [
        ("Somebody else's words", TextState.SHOWN),
        ("Beatrix of Sentence", TextState.SHOWN),
        ("", TextState.SHOWN),
        ("[all of it]", TextState.SHOWN),
        ("Sentence [" + "x" * 41 + "]", TextState.SHOWN),
        ("Sentence \x00", TextState.COUNTED),
        ("Sentence [unclosed secret", TextState.COUNTED),
        ("Sentence" + " " * 1_000 + ".", TextState.SHOWN),
    ],
)
def test_redacting_only_takes_away(world: World, round_id: str, redacted: str, state: TextState) -> None:
    text = waiting(world, round_id)[0]
    with pytest.raises(FieldFaults) as refused:
        words.decide(world.store, world.alliance_id, text.id, Decision(redacted, state))
    assert list(refused.value.faults) == ["words"]
    assert len(waiting(world, round_id)) == 7


def test_a_text_that_is_only_counted_may_be_emptied(world: World, round_id: str) -> None:
    text = waiting(world, round_id)[0]
    words.decide(world.store, world.alliance_id, text.id, Decision("", TextState.COUNTED))
    assert len(waiting(world, round_id)) == 6


def test_a_theme_is_counted_from_three_texts_on_and_never_from_waiting_ones(world: World, round_id: str) -> None:
    care = words.add_theme(world.store, world.alliance_id, "Care")
    rest = words.add_theme(world.store, world.alliance_id, "Rest")
    texts = waiting(world, round_id)
    show(world, texts[0], care, rest)
    show(world, texts[1], care, rest, state=TextState.COUNTED)
    show(world, texts[2], care, state=TextState.WAITING)
    assert [w.themes for w in words.shown(world.store, world.alliance_id, round_id).values()] == [()]
    show(world, texts[2], care)
    assert [w.themes for w in words.shown(world.store, world.alliance_id, round_id).values()] == [(("Care", 3),)]
    words.remove_theme(world.store, world.alliance_id, care)
    assert [w.themes for w in words.shown(world.store, world.alliance_id, round_id).values()] == [()]


@pytest.mark.parametrize("name", ["", "x" * 61, "a\nb", "\u202e", " CARE "])
def test_a_theme_needs_a_name_of_its_own(world: World, name: str) -> None:
    words.add_theme(world.store, world.alliance_id, "Care")
    other = words.add_theme(world.store, world.alliance_id, "Rest")
    with pytest.raises(FieldFaults):
        words.add_theme(world.store, world.alliance_id, name)
    with pytest.raises(FieldFaults):
        words.rename_theme(world.store, world.alliance_id, other, name)
    assert [theme.name for theme in words.list_themes(world.store, world.alliance_id)] == ["Care", "Rest"]


def test_the_codebook_stays_short(world: World) -> None:
    for number in range(words.MOST_THEMES):
        words.add_theme(world.store, world.alliance_id, f"Theme {number}")
    with pytest.raises(FieldFaults, match="full"):
        words.add_theme(world.store, world.alliance_id, "One more")


def test_another_alliances_texts_and_themes_are_out_of_reach(world: World, round_id: str) -> None:
    theme = words.add_theme(world.store, world.alliance_id, "Care")
    text = waiting(world, round_id)[0]
    assert words.to_moderate(world.store, "other", round_id) == ()
    show(world, text)
    assert words.shown(world.store, "other", round_id) == {}
    for act in (
        lambda: words.decide(world.store, "other", text.id, Decision("", TextState.COUNTED)),
        lambda: words.rename_theme(world.store, "other", theme, "Theirs"),
        lambda: words.remove_theme(world.store, "other", theme),
    ):
        with pytest.raises(NotThere):
            act()
    with pytest.raises(FieldFaults, match="theme is gone"):
        show(world, text, "no such theme")


def test_only_a_shown_text_is_a_quote_or_kept(world: World, round_id: str) -> None:
    first, second, *_ = waiting(world, round_id)
    show(world, first, quote=True, kept=True)
    show(world, second, state=TextState.COUNTED, quote=True, kept=True)
    found = {t.id: (t.quote, t.kept) for t in words.to_moderate(world.store, world.alliance_id, round_id)}
    assert (found[first.id], found[second.id]) == ((True, True), (False, False))


@pytest.mark.parametrize(("days", "left"), [(29, 7), (31, 2), (89, 2), (91, 1)])
def test_texts_go_in_time_and_what_is_kept_on_purpose_stays(
    world: World, round_id: str, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    theme = words.add_theme(world.store, world.alliance_id, "Care")
    first, second, third, *_ = waiting(world, round_id)
    show(world, first, theme, kept=True)
    show(world, second, theme)
    show(world, third, theme, state=TextState.COUNTED)
    moment = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)
    keeping.keep_promises(world.store)
    assert len(words.to_moderate(world.store, world.alliance_id, round_id)) == left
