"""What the sample's coordinators noted between the rounds: wins, leaders who grew, commitments, texts they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assessment import clock
from assessment.alliance import commitments, leaders, wins, words
from assessment.alliance.commitments import CommitmentDraft, Promise
from assessment.alliance.leaders import LeadersDraft, Post
from assessment.alliance.wins import Lasting, Outcome, WinDraft
from assessment.alliance.words import Decision, TextState
from assessment.demo.days import noon
from assessment.demo.words import FOR_THE_RETREAT, HEARD_IN, THEMES
from assessment.storage.engine import Store

READ_ON = date(2026, 5, 9)
EARLIER_RETREAT, RETREAT = date(2025, 11, 8), date(2026, 5, 23)


class Gain(NamedTuple):
    """A win of the story; `members` are short names."""

    title: str
    on: date
    outcome: Outcome
    lasting: Lasting
    members: tuple[str, ...]
    climate: str | None = None


class Growth(NamedTuple):
    """People of the story who learned to lead; `member` is a short name."""

    on: date
    people: int
    skill: str
    post: Post
    member: str | None = None


class Vow(NamedTuple):
    """A commitment of the story; `became` and `on` tell its end."""

    what: str
    due_on: date
    member: str | None
    measure: str | None
    became: Promise = Promise.OPEN
    on: date | None = None


WINS = (
    Gain(
        "No evictions on Pier Nine over the winter",
        date(2025, 1, 20),
        Outcome.BRIEF,
        Lasting.FRAGILE,
        ("Pier Nine Lodgers", "Tenants' Union"),
    ),
    Gain(
        "Night bus line 9 runs again",
        date(2025, 9, 18),
        Outcome.WON,
        Lasting.LASTS,
        ("Bus Riders", "Night Shift Nurses"),
        "The council now speaks of night workers, not of empty buses.",
    ),
    Gain(
        "Free lunch in three of nine mill schools",
        date(2025, 12, 4),
        Outcome.PARTIAL,
        Lasting.UNSURE,
        ("Classroom Teachers", "Soup and Song"),
    ),
    Gain("Ramps at eleven of forty stops", date(2026, 2, 20), Outcome.PARTIAL, Lasting.LASTS, ("Open Door",)),
    Gain(
        "The rent charter passes the council",
        date(2026, 3, 27),
        Outcome.WON,
        Lasting.UNSURE,
        ("Tenants' Union", "Mill Lane", "Pier Nine Lodgers", "Interfaith Table"),
        "The papers use our word, charter, and count rents as we do.",
    ),
    Gain(
        "Safety rules on the docks are loosened again",
        date(2026, 9, 10),
        Outcome.REVERSED,
        Lasting.FRAGILE,
        ("Dockside Workers",),
    ),
)

LEADERS = (
    Growth(date(2025, 6, 14), 6, "leading a meeting", Post.VOLUNTEER, "Tenants' Union"),
    Growth(date(2025, 11, 8), 4, "speaking to the press", Post.STAFF),
    Growth(date(2026, 1, 31), 9, "listening from door to door", Post.VOLUNTEER, "Mill Lane"),
    Growth(date(2026, 4, 18), 3, "negotiating with the council", Post.VOLUNTEER, "Bus Riders"),
)

COMMITMENTS = (
    Vow(
        "A third of the places in every delegation go to organisations of ten people or fewer",
        date(2027, 3, 31),
        "Tenants' Union",
        "power.fair",
    ),
    Vow("In every chapter three more people learn to lead a meeting", date(2027, 2, 28), None, "leaders"),
    Vow(
        "Papers go out a week before a decision, on one page",
        date(2026, 9, 30),
        "Interfaith Table",
        "structure.in_time",
        Promise.KEPT,
        date(2026, 9, 28),
    ),
    Vow(
        "Two evenings on how we want to be steered: who decides what, and what each may do alone",
        date(2026, 6, 30),
        "Women's Circle",
        "structure.clarity",
        Promise.KEPT,
        date(2026, 6, 27),
    ),
    Vow(
        "One purse for childcare at all chapter meetings",
        date(2026, 8, 31),
        "Soup and Song",
        None,
        Promise.DROPPED,
        date(2026, 9, 1),
    ),
)


EARLIER_COMMITMENTS = (
    Vow(
        "After every quarrel we sit down together within two weeks",
        date(2026, 3, 31),
        None,
        "trust",
        Promise.KEPT,
        date(2026, 3, 28),
    ),
    Vow(
        "Each chapter finds two people who learn to lead a team",
        date(2026, 4, 30),
        "Classroom Teachers",
        "leaders",
        Promise.DROPPED,
        date(2026, 5, 23),
    ),
)


def note_all(store: Store, alliance_id: str, ids: Mapping[str, str], sealed: Sequence[str]) -> None:
    """Write every log of the story; `ids` are the organisations' by short name, `sealed` the rounds', oldest first."""
    for gain in WINS:
        whose = tuple(ids[member] for member in gain.members)
        with clock.standing_at(noon(gain.on)):
            draft = WinDraft(gain.title, gain.on, gain.outcome, gain.lasting, gain.climate, whose)
            wins.add(store, alliance_id, draft)
    for growth in LEADERS:
        with clock.standing_at(noon(growth.on)):
            whom = ids[growth.member] if growth.member else None
            leaders.add(store, alliance_id, LeadersDraft(growth.on, growth.people, growth.skill, growth.post, whom))
    for made_on, since, vows in (
        (EARLIER_RETREAT, sealed[-2], EARLIER_COMMITMENTS),
        (RETREAT, sealed[-1], COMMITMENTS),
    ):
        with clock.standing_at(noon(made_on)):
            made = [(_commit(store, alliance_id, vow, ids, since), vow) for vow in vows]
        for key, vow in made:
            if vow.on:
                with clock.standing_at(noon(vow.on)):
                    commitments.settle(store, alliance_id, key, vow.became)
    _read(store, alliance_id, sealed[-1])


def _commit(store: Store, alliance_id: str, vow: Vow, ids: Mapping[str, str], since: str) -> str:
    owner = ids[vow.member] if vow.member else None
    draft = CommitmentDraft(vow.what, vow.due_on, owner, vow.measure, since if vow.measure else None)
    return commitments.add(store, alliance_id, draft)


def _read(store: Store, alliance_id: str, round_id: str) -> None:
    """Show the texts of the last sealed round, and keep them on purpose: the sample is looked at for long."""
    with clock.standing_at(noon(READ_ON)):
        themes = {name: words.add_theme(store, alliance_id, name) for name in THEMES}
        for text in words.to_moderate(store, alliance_id, round_id):
            about = tuple(themes[name] for name in HEARD_IN[text.words])
            quote = text.words in FOR_THE_RETREAT
            words.decide(store, alliance_id, text.id, Decision(text.words, TextState.SHOWN, about, quote, kept=True))
