"""Attack 6: plants that nobody may see, looked for in every byte that a browser receives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from assessment import rounds, tokens
from assessment.alliance import sheet, sign_in
from assessment.alliance.values import Role
from assessment.alliance.web import SIGN_IN
from assessment.collect import web as members
from assessment.disclosure.values import Withheld
from assessment.reports import links
from assessment.reports import web as results
from assessment.ui import keeping
from assessment.ui.navigation import COORDINATORS, SCREENS
from tests.attacks.planted import DIMENSION, OPEN, SEALED, Planted, plant
from tests.pages.conftest import _our_mistakes_fail, screen

__all__ = ["_our_mistakes_fail", "screen"]
SEEN = [(role, one.name) for role in Role for one in SCREENS if role in one.roles]
COMPARED = [
    *((role, name, None) for role in Role for name in SEALED[:2]),
    *((role, SEALED[2], SEALED[0]) for role in Role),
]
"""The screen of change but for its first look: who looks, at which round, compared with which."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    yield from plant(tmp_path_factory.mktemp("planted"))


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


@pytest.mark.parametrize(("role", "name"), SEEN)
def test_no_screen_sends_a_plant_to_anybody(
    planted: Planted, screen: Any, sent: list[bytes], role: Role, name: str
) -> None:
    for of in (SEALED[-1], OPEN):
        at = screen(planted.instance, role, name, round=of)
        assert not at.exception
    nothing_in(sent, planted)


@pytest.mark.parametrize(("role", "of", "against"), COMPARED)
def test_no_comparison_of_rounds_sends_a_plant(
    planted: Planted, screen: Any, sent: list[bytes], role: Role, of: str, against: str | None
) -> None:
    asked = {"round": of} | ({"against": against} if against else {})
    assert not screen(planted.instance, role, "change", **asked).exception
    nothing_in(sent, planted)


def test_the_screen_of_change_sends_what_is_shown_of_all_rounds(
    planted: Planted, screen: Any, sent: list[bytes]
) -> None:
    at = screen(planted.instance, Role.VIEWER, "change", round=SEALED[-1])
    body = b"\0".join(sent)
    assert at.selectbox(key="against").options == [*reversed(SEALED[:-1])]
    assert {"All rounds", "What happened between the rounds"} <= {one.value for one in at.header}
    assert b"The ferry runs at night" in body
    shown = [rounds.published(planted.instance.store, of).result(DIMENSION) for of in planted.sealed.values()]
    values = [f"{one.average.value:.1f}" for one in shown if one and one.average]
    assert len(values) == len(SEALED)
    assert f",{','.join(values)}\r\n".encode() in body, "neither would a plant be found in a file"
    assert f'"text":{json.dumps(values, separators=(",", ":"))}'.encode() in body, (
        "neither would a plant be found in a figure"
    )


def nothing_in(sent: list[bytes], planted: Planted) -> None:
    """Fail where a plant stands in what screens sent, or where it could not be found."""
    body = b"\0".join(sent)
    assert b"Harbour Alliance" in body
    assert b"bdata" not in body, "numbers of a chart are written in base 64, where no plant would be found"
    assert planted.found(body) == []


@pytest.mark.parametrize(
    "leak",
    [b"Nurses,4.7\r\n", b'<text x="4.4">1.7</text>', b'"y":[4.666666666666667]', b"from 4.15 on", pack("<d", 13 / 3)],
)
def test_a_plant_is_found_however_it_is_written(planted: Planted, leak: bytes) -> None:
    assert planted.found(b"Harbour Alliance \0" + leak)


@pytest.mark.parametrize("role", COORDINATORS)
def test_results_to_take_along_hold_no_plant(planted: Planted, role: Role) -> None:
    store = planted.instance.store
    person = sign_in.find(store, planted.instance.tokens[role])
    assert person is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessment.ui.instance.settings", lambda: planted.instance.settings)
        files = [made(person, of) for of in planted.sealed.values() for made in (keeping.as_json, keeping.as_csv)]
    held = [planted.found(file.encode()) for file in files]
    assert all("Nurses" in file for file in files)
    assert not any(held), held


def test_files_and_members_pages_hold_no_plant(planted: Planted) -> None:
    store, given = planted.instance.store, planted.instance.settings
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    app = Starlette(routes=[*members.routes(store, given), *results.routes(store, given), *sheet.routes(store, given)])
    visitor = TestClient(app, base_url="http://127.0.0.1", headers=headers)
    owner = sign_in.find(store, planted.instance.tokens[Role.OWNER])
    assert owner is not None
    shared = {name: links.share(store, of, owner) for name, of in planted.sealed.items()}
    visitor.cookies.set(SIGN_IN, planted.instance.tokens[Role.OWNER])
    fields = {"organisation": sheet.NOBODY, "kind": sheet.PERSONAL, "people": "3", "once": tokens.new_token()}
    pages = {name: visitor.get(f"/results/{link}") for name, link in shared.items()} | {
        "join": visitor.get("/join"),
        "codes": visitor.post(f"/rounds/{planted.opened}/codes", data=fields),
    }
    assert visitor.post("/join", data={"code": planted.secrets[0]}).status_code < 500
    assert {page.status_code for page in pages.values()} == {200}
    assert all("64" in pages[name].text for name in SEALED)
    held = {name: planted.found(pages[name].content) for name in pages}
    assert not any(held.values()), held


@pytest.mark.parametrize("name", SEALED)
def test_the_release_hides_what_is_planted(planted: Planted, name: str) -> None:
    release = rounds.published(planted.instance.store, planted.sealed[name])
    columns = [column for result in release.results if result.columns for column in result.columns.columns]
    assert columns
    assert min(column.people for column in columns) >= 3
    why = {(g.name, r.why) for g in release.groups for r in release.results if r.group == g.key and g.name}
    hidden = {("Farmers", Withheld.PROTECTED), ("Nurses", Withheld.FEW)}
    assert why == {("Choir", None), ("Dockers", None)} | hidden
