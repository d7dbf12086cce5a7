"""An alliance with three sealed rounds and an open one, in each of which plants stand that nobody may see."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import floor
from pathlib import Path

from sqlalchemy import update

from assessment import clock, rounds, tokens
from assessment.alliance import commitments, leaders, organisations, setup, sign_in, wins
from assessment.alliance.values import OrganisationDraft
from assessment.collect import ballots
from assessment.collect.asked import AskedRounds
from assessment.collect.validation import Answers
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.rounds import ImportedBallot, RoundPlan
from assessment.settings import ROOT
from assessment.storage.engine import Store
from assessment.storage.tables import Statistic
from tests.pages.conftest import Instance, prepared, with_people

VISIBLE = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
CORE = ROOT / "data" / "instruments" / "core"
SEALED, OPEN = ("Spring", "Summer", "Autumn"), "Winter"
APART = timedelta(days=20)
"""Between two rounds."""
ODD = 86_753_090_217
"""Stands in every exact sum: screens read none of them."""
TEXT = "quagga zeppelin 5512"
THREE = {"Spring": (5, 5, 4), "Summer": (1, 2, 2), "Autumn": (5, 4, 4), OPEN: (5, 5, 4)}
"""What the three people of the small organisation answer everywhere."""
FIVES = {"Spring": 3, "Summer": 7, "Autumn": 9, OPEN: 3}
"""So many of the third organisation's twenty answer 5, all others of it 4: it is hidden to protect the small one."""
WIDTH = {"Spring": 4, "Summer": 3, "Autumn": 4, OPEN: 4}
"""So many points, from the second on, do everybody else's answers lie on."""
DIMENSION = "trust"
MEASURES = re.compile(rb"<(?:circle|line|path|rect|svg|text)\b[^>]*>|line-height: [\d.]+|\"width\":\[[^]]*\]")
"""Where numbers are sizes: a saved picture's shapes but not its words, a style's lines, widths of merged bars."""


@dataclass(frozen=True)
class Planted:
    """The alliance, and what must be seen nowhere."""

    instance: Instance
    sealed: dict[str, str]
    """Ids of the sealed rounds by their names, oldest first."""
    opened: str
    secrets: tuple[str, ...]
    """Codes and keys in plain and as stored, and a text of a question that too few answered."""

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The hidden averages, exact and as either tenth beside them, and what the small organisation moved by."""
        small = [sum(THREE[name]) / 3 for name in SEALED]
        hidden = [*small, *(4 + FIVES[name] / 20 for name in SEALED)]
        tenths = {(floor(10 * mean) + up) / 10 for mean in hidden for up in (0, 1)}
        return (*hidden, *sorted(tenths), small[2] - small[1])

    @cached_property
    def digits(self) -> re.Pattern[bytes]:
        """How those read: shown with one digit (4.4vw is a style's), rounded to two, or with all digits."""
        tenths = {f"{n:.1f}" for n in self.numbers[6:-1]}
        exact = {
            text for n in (*self.numbers[:6], self.numbers[-1]) for text in (f"{n:.2f}", f"{floor(100 * n) / 100}")
        }
        either = "|".join([*(f"{re.escape(one)}(?![\\w%])" for one in tenths), *map(re.escape, exact)])
        return re.compile(rf"(?<![\d.])(?:{either})".encode())

    def found(self, body: bytes) -> list[str]:
        """Return the plants that stand in some bytes, each with what stands around it."""
        shown = [secret for secret in self.secrets if secret.encode() in body]
        packed = [str(n) for n in self.numbers if struct.pack("<d", n) in body]
        words = MEASURES.sub(b" ", body)
        read = [str(words[max(0, at.start() - 60) : at.end() + 30]) for at in self.digits.finditer(words)]
        return [*shown, *packed, *read]


def plant(folder: Path) -> Iterator[Planted]:
    """Fill a database with the alliance: three rounds long ago, each with its logs and a promise, and one of today."""
    store, given, token = prepared(folder)
    setup.set_up(store, token, "Harbour Alliance", "Ada", "ada@example.org", "three blue lamps")
    owner = sign_in.start(store, "ada@example.org", "three blue lamps")
    person = sign_in.find(store, owner)
    assert person is not None
    alliance, now = person.alliance_id, datetime.now(UTC)
    drafts = [OrganisationDraft(name, headcount=30) for name in ("Choir", "Dockers", "Farmers", "Nurses")]
    ids = organisations.add(store, alliance, drafts)
    plain: list[str] = []
    sealed: dict[str, str] = {}
    for number, name in enumerate(SEALED):
        with clock.standing_at(now - (len(SEALED) - number) * APART):
            sealed[name], spent = answered(store, alliance, name, ids)
            plain += spent
            rounds.seal(store, sealed[name])
            logged(store, alliance, sealed[name], ids)
    opened, spent = answered(store, alliance, OPEN, ids)
    plain += spent
    with store.write() as session:
        session.execute(update(Statistic).values(total=ODD, squares=ODD))
    secrets = (*plain, *map(tokens.grouped, plain), *(tokens.short_digest(t).hex() for t in plain), TEXT, str(ODD))
    yield Planted(with_people(store, given, owner), sealed, opened, secrets)
    store.close()


def answered(store: Store, alliance_id: str, name: str, ids: list[str]) -> tuple[str, list[str]]:
    """Open a round and let it be answered; return its id and every code and key of it, the spent code first."""
    plan = RoundPlan(name, rules=VISIBLE)
    round_id = rounds.create_round(store, alliance_id, plan, load_questionnaire(CORE))
    rounds.open_round(store, round_id)
    spent = answer_once(store, round_id, ids)
    rounds.import_ballots(store, round_id, people(name, ids))
    return round_id, [*spent, *rounds.add_codes(store, round_id, ids[0], 3)]


def answer_once(store: Store, round_id: str, ids: list[str]) -> tuple[str, str]:
    """Answer the first section with a code of the first organisation and return the code and the key."""
    (code,), key = rounds.add_codes(store, round_id, ids[0], 1), tokens.new_token()
    here = AskedRounds(store).get(round_id)
    ballots.start(store, here, code, key, ballots.Joining())
    section = here.questionnaire.sections[0]
    given = Answers({q.id: 3 for q in section.questions if q.kind == "rating"}, {})
    ballots.save(store, here, key, section, 0, given)
    ballots.send(store, key)
    return code, key


def people(name: str, ids: list[str]) -> list[ImportedBallot]:
    """Sixty people of three organisations, three of the fourth far from them, one of whom writes.

    On the first rating one person alone takes the lowest point.
    """
    questionnaire = load_questionnaire(CORE)
    lone = next(q.id for q in questionnaire.coded if q.kind == "rating")

    def code(i: int, options: int) -> int:
        if i >= 60:
            return min(options, THREE[name][i - 60])
        if i % 3 == 2:
            return min(options, 5 if i // 3 < FIVES[name] else 4)
        return 2 + (i + options) % min(options - 1, WIDTH[name])

    found = []
    for i in range(63):
        values = {q.id: str(code(i, q.options)) for q in questionnaire.coded}
        values |= {lone: "1"} if i == 7 else {}
        values |= {questionnaire.written[0].id: TEXT} if i == 62 else {}
        found.append(ImportedBallot(values, ids[3] if i >= 60 else ids[i % 3]))
    return found


def logged(store: Store, alliance_id: str, since: str, ids: list[str]) -> None:
    """Log a win and leaders of today, and promise to move what the round that was just sealed found."""
    today: date = clock.today()
    win = wins.WinDraft("The ferry runs at night", today, wins.Outcome.WON, wins.Lasting.LASTS, organisations=(ids[3],))
    wins.add(store, alliance_id, win)
    leaders.add(store, alliance_id, leaders.LeadersDraft(today, 12, "chairing", leaders.Post.VOLUNTEER, ids[3]))
    promise = commitments.CommitmentDraft("Meet by turns", today + APART, ids[3], DIMENSION, since)
    commitments.add(store, alliance_id, promise)
