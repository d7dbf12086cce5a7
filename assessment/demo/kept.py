"""What the sample's coordinators kept: wins, leaders who grew, promises, and the words that they let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from assessment import clock
from assessment.alliance import commitments, leaders, wins, words
from assessment.alliance.commitments import CommitmentDraft, Promise
from assessment.alliance.leaders import LeadersDraft, Post
from assessment.alliance.wins import Lasting, Outcome, WinDraft
from assessment.alliance.words import Decision, TextState
from assessment.demo.words import CHANGE, KEEP, UNSAID
from assessment.storage.engine import Store
from assessment.storage.together import together


class Won(NamedTuple):
    """A win of the story; `whose` are names of members."""

    on: date
    title: str
    outcome: Outcome
    lasting: Lasting
    climate: str | None
    whose: tuple[str, ...]


class Promised(NamedTuple):
    """A promise of the story, made after the sealed round of this place; `settled` is when and how it ended."""

    made_on: date
    what: str
    owner: str | None
    due_on: date
    measure: str
    since: int
    settled: tuple[date, Promise] | None = None


WINS = (
    Won(
        date(2025, 2, 20),
        "Ramps at the two ferry stops",
        Outcome.WON,
        Lasting.LASTS,
        None,
        ("Open Door Access Group", "Lindenport Bus Riders"),
    ),
    Won(
        date(2025, 7, 2),
        "Evictions stopped over the summer",
        Outcome.BRIEF,
        Lasting.FRAGILE,
        "The paper wrote about tenants, not about arrears",
        ("Lindenport Tenants' Union", "Pier Nine Lodgers"),
    ),
    Won(
        date(2025, 9, 18),
        "A night bus to the hospital, on three of seven nights",
        Outcome.PARTIAL,
        Lasting.UNSURE,
        None,
        ("Lindenport Bus Riders", "Night Shift Nurses' Circle"),
    ),
    Won(
        date(2025, 12, 9),
        "Free school meals in the old mills",
        Outcome.REVERSED,
        Lasting.FRAGILE,
        "The new council cut them, and had to explain why",
        ("Lindenport Classroom Teachers", "Soup and Song Kitchen"),
    ),
    Won(
        date(2026, 3, 12),
        "The rent charter is law",
        Outcome.WON,
        Lasting.LASTS,
        "“A home is not a deposit” is said by both sides of the council now",
        ("Lindenport Tenants' Union", "Mill Lane Neighbours", "Hillside Interfaith Table", "Pier Nine Lodgers"),
    ),
)

GREW = (
    (date(2025, 6, 14), 6, "Listening on the stairs", Post.VOLUNTEER, "Lindenport Tenants' Union"),
    (date(2025, 11, 22), 3, "Chairing an assembly", Post.VOLUNTEER, None),
    (date(2026, 2, 7), 2, "Speaking to the council", Post.STAFF, "Dockside Workers' Assembly"),
    (date(2026, 2, 7), 4, "Speaking to the council", Post.VOLUNTEER, "Young Voices of the River"),
)

PROMISES = (
    Promised(
        date(2025, 11, 8),
        "After every quarrel we sit down together within two weeks",
        None,
        date(2026, 3, 31),
        "trust",
        1,
        (date(2026, 4, 4), Promise.KEPT),
    ),
    Promised(
        date(2025, 11, 8),
        "Every chapter trains two people to lead a team",
        "Lindenport Classroom Teachers",
        date(2026, 4, 1),
        "leaders",
        1,
        (date(2026, 6, 6), Promise.DROPPED),
    ),
    Promised(
        date(2025, 11, 8),
        "Papers go out a week before each assembly",
        "Lindenport Tenants' Union",
        date(2026, 2, 1),
        "structure",
        1,
        (date(2026, 2, 1), Promise.KEPT),
    ),
    Promised(
        date(2026, 5, 23),
        "A small organisation opens every assembly and speaks to the press first",
        "Carers of the Hill",
        date(2027, 2, 28),
        "power",
        2,
    ),
    Promised(
        date(2026, 5, 23),
        "Each charter team pairs an old hand with somebody new",
        "Mill Lane Neighbours",
        date(2027, 3, 31),
        "leaders",
        2,
    ),
)

THEMES = {
    "Who decides": (CHANGE[0], CHANGE[2], CHANGE[5], CHANGE[6], CHANGE[10], CHANGE[14], UNSAID[3]),
    "Time and tiredness": (CHANGE[1], CHANGE[3], CHANGE[4], CHANGE[15], CHANGE[17], KEEP[14], UNSAID[1]),
    "Being heard": (CHANGE[7], CHANGE[13], CHANGE[14], KEEP[11], KEEP[13], KEEP[16], UNSAID[6], UNSAID[13]),
    "Care for each other": (KEEP[0], KEEP[3], KEEP[5], KEEP[11], KEEP[17], UNSAID[0], UNSAID[7], UNSAID[8]),
    "Learning": (CHANGE[8], CHANGE[9], CHANGE[12], CHANGE[16], KEEP[7], KEEP[9], UNSAID[10]),
}
COUNTED = {UNSAID[9], UNSAID[12]}
"""Whoever knows the alliance would know who wrote these: they are counted and not shown."""
REDACTED = {CHANGE[5]: CHANGE[5].replace("Hillside", "[a chapter]")}
QUOTES = {CHANGE[0], CHANGE[4], CHANGE[7], KEEP[3], KEEP[15], UNSAID[1], UNSAID[8]}
WAITING = {CHANGE[6], CHANGE[8], CHANGE[10], CHANGE[11], KEEP[12], UNSAID[4]}
"""Of the newest sealed round, so that a visitor finds something to moderate."""


def noon(day: date) -> datetime:
    """Return the moment at which the sample acts on a day."""
    return datetime.combine(day, time(12), UTC)


def keep(store: Store, alliance_id: str, ids: Mapping[str, str], sealed: Sequence[str]) -> None:
    """Write the logs and moderate the words; `ids` are members' by name, `sealed` the sealed rounds', oldest first."""
    with together(store) as one:
        for won in WINS:
            with clock.standing_at(noon(won.on)):
                whose = tuple(ids[name] for name in won.whose)
                wins.add(one, alliance_id, WinDraft(won.title, won.on, won.outcome, won.lasting, won.climate, whose))
        for day, people, skill, post, name in GREW:
            with clock.standing_at(noon(day)):
                leaders.add(one, alliance_id, LeadersDraft(day, people, skill, post, ids[name] if name else None))
        for promise in PROMISES:
            _promise(one, alliance_id, promise, ids, sealed)
        themes = {name: words.add_theme(one, alliance_id, name) for name in THEMES}
        for round_id in sealed:
            _moderate(one, alliance_id, round_id, themes, WAITING if round_id == sealed[-1] else set())


def _promise(store: Store, alliance_id: str, promise: Promised, ids: Mapping[str, str], sealed: Sequence[str]) -> None:
    owner = ids[promise.owner] if promise.owner else None
    with clock.standing_at(noon(promise.made_on)):
        draft = CommitmentDraft(promise.what, promise.due_on, owner, promise.measure, sealed[promise.since])
        made = commitments.add(store, alliance_id, draft)
    if promise.settled:
        with clock.standing_at(noon(promise.settled[0])):
            commitments.settle(store, alliance_id, made, promise.settled[1])


def _moderate(store: Store, alliance_id: str, round_id: str, themes: Mapping[str, str], waiting: set[str]) -> None:
    for text in words.to_moderate(store, alliance_id, round_id):
        if text.words in waiting:
            continue
        about = tuple(themes[name] for name, sentences in THEMES.items() if text.words in sentences)
        state = TextState.COUNTED if text.words in COUNTED else TextState.SHOWN
        redacted = REDACTED.get(text.words, text.words)
        decision = Decision(redacted, state, about, quote=text.words in QUOTES, kept=True)
        words.decide(store, alliance_id, text.id, decision)
