"""The ground of the members' benchmarks: an instance with an open round and its people, and what their phones send."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from assessment import clock
from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft
from assessment.demo import INSTRUMENT
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.values import Questionnaire, Section
from assessment.rounds import RoundPlan, add_codes, create_round, open_round
from assessment.storage import ballots as rows
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.tables import Alliance
from assessment.tokens import digest, new_token, short_digest

ORGANISATIONS = 130
"""Organisations of the alliance, as in the network of 14,000 people."""
RULES = Rules(attribution=Attribution.OWN, breakdown=Breakdown.ORGANISATIONS)


@dataclass(frozen=True)
class Ground:
    """An open round: its store, its id, its questions, a code with a seat for everybody, keys of people who began."""

    store: Store
    round_id: str
    questionnaire: Questionnaire
    code: str
    keys: tuple[str, ...]


def lay(url: str, people: int, *, answered: bool = False) -> Ground:
    """Make an instance in an empty database with `people` who have begun, or have answered all but sent nothing."""
    migrate(url)
    store = open_store(url)
    questionnaire = load_questionnaire(INSTRUMENT)
    with store.write() as session:
        alliance = Alliance(name="Harbour Alliance", language="en", created_at=clock.now())
        session.add(alliance)
        session.flush()
        alliance_id = alliance.id
    numbers = range(ORGANISATIONS)
    organisations.add(
        store, alliance_id, [OrganisationDraft(f"Organisation {n}", f"O{n}", headcount=100) for n in numbers]
    )
    ends = clock.today() + timedelta(days=30)
    plan = RoundPlan(name="Spring", rules=RULES, languages=("en",), ends_on=ends)
    round_id = create_round(store, alliance_id, plan, questionnaire)
    open_round(store, round_id)
    (code,) = add_codes(store, round_id, None, 1, seats=100_000)
    keys = tuple(new_token() for _ in range(people))
    with store.write() as session:
        rows.insert_ballots(session, (_ballot(questionnaire, round_id, key, answered) for key in keys))
    return Ground(store, round_id, questionnaire, code, keys)


def get(address: str, *, cookie: str = "", host: str = "127.0.0.1") -> str:
    """Return a request for a page as a phone's browser sends it, for a `hall.Plan`."""
    return _request(f"GET {address}", host, cookie, [], b"")


def post(address: str, fields: dict[str, str], *, cookie: str = "", host: str = "127.0.0.1") -> str:
    """Return a form as our script posts it."""
    body = urlencode(fields).encode()
    own = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "Tend-Script: 1"]
    own += [f"Origin: http://{host}", "Sec-Fetch-Site: same-origin"]
    return _request(f"POST {address}", host, cookie, own, body)


def saving(ground: Ground, key: str, section: Section, revision: int = 0, seed: int = 0) -> str:
    """Return a phone's save of one section, all answered."""
    chance = random.Random(f"{key} {section.key} {seed}")
    given = {q.id: str(chance.randint(1, q.options)) for q in section.questions if q.kind != "text"}
    whose = digest(f"page {key}").hex()[:8]
    fields = {"round": ground.round_id, "whose": whose, "revision": str(revision), **given, "then": "next"}
    return post(f"/answer/{section.key}", fields, cookie=f"tend_ballot={key}")


def _request(line: str, host: str, cookie: str, own: list[str], body: bytes) -> str:
    head = [f"{line} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip, deflate, br", "Accept-Language: en", *own]
    if cookie:
        head.append(f"Cookie: {cookie}")
    return base64.b64encode("\r\n".join([*head, "", ""]).encode() + body).decode()


def _ballot(questionnaire: Questionnaire, round_id: str, key: str, answered: bool) -> dict[str, object]:
    chance = random.Random(key)
    coded = questionnaire.coded
    return {
        "key_hash": short_digest(key),
        "round_id": round_id,
        "organisation_id": None,
        "only_total": False,
        "sent": False,
        "revisions": bytes([int(answered)]) * len(questionnaire.sections),
        "answers": bytes(chance.randint(1, q.options) if answered else 0 for q in coded),
        "texts": {},
    }
