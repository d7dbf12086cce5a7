"""Attack 6: plants that nobody may see, looked for in every byte that a browser receives."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from assessment import rounds, tokens
from assessment.alliance import organisations, setup, sheet, sign_in
from assessment.alliance.values import OrganisationDraft, Role
from assessment.alliance.web import SIGN_IN
from assessment.collect import ballots
from assessment.collect import web as members
from assessment.collect.asked import AskedRounds
from assessment.collect.validation import Answers
from assessment.disclosure.rules import Attribution, Breakdown, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.reports import links
from assessment.reports import web as results
from assessment.rounds import ImportedBallot, RoundPlan
from assessment.settings import ROOT
from assessment.storage.tables import Statistic
from tests.pages.conftest import Instance, _our_mistakes_fail, prepared, screen, with_people

__all__ = ["_our_mistakes_fail", "screen"]
VISIBLE = Rules(attribution=Attribution.VISIBLE, breakdown=Breakdown.ORGANISATIONS)
ODD = 86_753_090_217
"""Stands in every exact sum: screens read none of them."""
TEXT = "quagga zeppelin 5512"
KEEPERS = {Role.OWNER, Role.COORDINATOR}
SCREENS = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
SEEN = [(r, name) for r in Role for name in SCREENS if r in KEEPERS or name not in {"alliance", "logs", "rounds"}]
THREE = (11, 11, 7)
"""What the three people of the small organisation answer on every scale of eleven points: 9.67 on average."""


class Planted(NamedTuple):
    """An alliance with one sealed and one open round, and what must be seen nowhere."""

    instance: Instance
    sealed: str
    opened: str
    secrets: tuple[str, ...]
    """Codes and keys in plain and as stored, and a text of a question that too few answered."""
    average: tuple[bytes, ...]
    """The average of the small organisation's three people, as digits and as a number of eight bytes."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    store, given, token = prepared(tmp_path_factory.mktemp("planted"))
    owner = setup.set_up(store, token, "Harbour Alliance", "Ada", "ada@example.org", "three blue lamps")
    drafts = [OrganisationDraft(name, headcount=30) for name in ("Choir", "Dockers", "Farmers", "Nurses")]
    person = sign_in.find(store, owner)
    assert person is not None
    ids = organisations.add(store, person.alliance_id, drafts)
    instance = with_people(store, given, owner)
    sealed = asked(instance, "Spring")
    spent = answer_once(instance, sealed, ids)
    rounds.import_ballots(store, sealed, people(ids))
    unspent = rounds.add_codes(store, sealed, ids[0], 3)
    rounds.seal(store, sealed)
    with store.write() as session:
        session.execute(update(Statistic).values(total=ODD, squares=ODD))
    opened = asked(instance, "Autumn")
    again = answer_once(instance, opened, ids)
    rounds.import_ballots(store, opened, people(ids))
    plain = (*spent, *unspent, *again, *rounds.add_codes(store, opened, ids[0], 3))
    secrets = (*plain, *map(tokens.grouped, plain), *(tokens.digest(t).hex() for t in plain), TEXT, str(ODD))
    mean = sum(THREE) / len(THREE)
    yield Planted(instance, sealed, opened, secrets, (f"{mean:.2f}".encode(), struct.pack("<d", mean)))
    store.close()


def asked(instance: Instance, name: str) -> str:
    questionnaire = load_questionnaire(ROOT / "data" / "instruments" / "core")
    round_id = rounds.create_round(instance.store, instance.alliance_id, RoundPlan(name, rules=VISIBLE), questionnaire)
    rounds.open_round(instance.store, round_id)
    return round_id


def answer_once(instance: Instance, round_id: str, ids: list[str]) -> tuple[str, str]:
    """Answer the first section with a code of the first organisation and return the code and the key."""
    (code,), key = rounds.add_codes(instance.store, round_id, ids[0], 1), tokens.new_token()
    here = AskedRounds(instance.store).get(round_id)
    ballots.start(instance.store, here, code, key, ballots.Joining())
    section = here.questionnaire.sections[0]
    given = Answers({q.id: 3 for q in section.questions if q.kind == "rating"}, {})
    ballots.save(instance.store, here, key, section, 0, given)
    ballots.send(instance.store, key)
    return code, key


def people(ids: list[str]) -> list[ImportedBallot]:
    """Sixty people of three organisations near the middle, three of the fourth far from it, one of whom writes.

    On the first rating one person alone takes the lowest point.
    """
    questionnaire = load_questionnaire(ROOT / "data" / "instruments" / "core")
    lone = next(q.id for q in questionnaire.coded if q.kind == "rating")

    def code(i: int, options: int) -> int:
        if i >= 60:
            return THREE[i - 60] if options == 11 else options
        return 2 + (i + options) % min(options - 1, 4)

    found = []
    for i in range(63):
        values = {q.id: str(code(i, q.options)) for q in questionnaire.coded}
        values |= {lone: "1"} if i == 7 else {}
        values |= {questionnaire.written[0].id: TEXT} if i == 62 else {}
        found.append(ImportedBallot(values, ids[3] if i >= 60 else ids[i % 3]))
    return found


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that screens send: each message of the socket, each file that they offer."""
    kept: list[bytes] = []
    enqueue = ForwardMsgQueue.enqueue
    load = MemoryMediaFileStorage.load_and_get_id

    def enqueue_and_keep(self: Any, message: Any) -> None:
        kept.append(message.SerializeToString())
        enqueue(self, message)

    def load_and_keep(self: Any, data: Any, *rest: Any, **named: Any) -> str:
        kept.append(data if isinstance(data, bytes) else Path(data).read_bytes())
        return load(self, data, *rest, **named)

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", enqueue_and_keep)
    monkeypatch.setattr(MemoryMediaFileStorage, "load_and_get_id", load_and_keep)
    return kept


def found(body: bytes, planted: Planted) -> list[str]:
    """Return the plants that stand in some bytes."""
    shown = [secret for secret in planted.secrets if secret.encode() in body]
    digits, number = planted.average
    averages = [number] if number in body else re.findall(rb"(?<![\d.])" + re.escape(digits), body)
    return shown + [str(average) for average in averages]


@pytest.mark.parametrize(("role", "name"), SEEN)
def test_no_screen_sends_a_plant_to_anybody(
    planted: Planted, screen: Any, sent: list[bytes], role: Role, name: str
) -> None:
    for of in ("Spring", "Autumn"):
        at = screen(planted.instance, role, name, round=of)
        assert not at.exception
    body = b"\0".join(sent)
    assert b"Harbour Alliance" in body
    assert b"bdata" not in body, "numbers of a chart are written in base 64, where no plant would be found"
    assert found(body, planted) == []


def test_files_and_members_pages_hold_no_plant(planted: Planted) -> None:
    store, given = planted.instance.store, planted.instance.settings
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    app = Starlette(routes=[*members.routes(store, given), *results.routes(store, given), *sheet.routes(store, given)])
    visitor = TestClient(app, base_url="http://127.0.0.1", headers=headers)
    owner = sign_in.find(store, planted.instance.tokens[Role.OWNER])
    assert owner is not None
    link = links.share(store, planted.sealed, owner)
    visitor.cookies.set(SIGN_IN, planted.instance.tokens[Role.OWNER])
    fields = {"organisation": sheet.NOBODY, "kind": sheet.PERSONAL, "people": "3", "once": tokens.new_token()}
    pages = {
        "results": visitor.get(f"/results/{link}"),
        "join": visitor.get("/join"),
        "a used code": visitor.post("/join", data={"code": planted.secrets[0]}),
        "codes": visitor.post(f"/rounds/{planted.opened}/codes", data=fields),
    }
    assert (pages["results"].status_code, pages["codes"].status_code) == (200, 200)
    assert "63" in pages["results"].text or "64" in pages["results"].text
    held = {name: found(page.content, planted) for name, page in pages.items() if name != "a used code"}
    assert not any(held.values()), held


def test_the_release_keeps_the_lone_answer_among_others(planted: Planted) -> None:
    release = rounds.published(planted.instance.store, planted.sealed)
    columns = [column for result in release.results if result.columns for column in result.columns.columns]
    assert columns
    assert min(column.people for column in columns) >= 3
    assert len([g for g in release.groups if g.kind.value == "organisation"]) >= 1
