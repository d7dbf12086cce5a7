"""Which live connections the gate lets through to Streamlit."""

from __future__ import annotations

from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from assessment.alliance import gate
from assessment.alliance.gate import Gate
from assessment.alliance.web import SIGN_IN
from assessment.settings import load_settings
from assessment.storage.engine import Store
from tests.alliance.world import set_up


async def behind(socket: WebSocket) -> None:
    """Stand in for Streamlit: accept, say so, stay until the visitor leaves."""
    await socket.accept()
    await socket.send_text("in")
    with suppress(WebSocketDisconnect):
        await socket.receive_text()


def visitor(store: Store, **settings: str) -> TestClient:
    gate = Middleware(Gate, store=store, settings=load_settings(settings))
    return TestClient(Starlette(routes=[WebSocketRoute("/_stcore/stream", behind)], middleware=[gate]))


@pytest.mark.parametrize("headers", [{}, {"origin": "http://testserver"}, {"origin": "https://testserver"}])
def test_our_own_pages_are_let_in(store: Store, headers: dict[str, str]) -> None:
    with visitor(store).websocket_connect("/_stcore/stream", headers=headers) as socket:
        assert socket.receive_text() == "in"


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost:9000", "http://127.0.0.1", "http://testserver.evil.example", "null"],
)
def test_another_sites_page_is_refused_before_streamlit_looks_at_it(store: Store, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        visitor(store).websocket_connect("/_stcore/stream", headers={"origin": origin}) as socket,
    ):
        socket.receive_text()


def test_a_server_with_a_public_name_is_reached_by_that_name_only(store: Store) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        visitor(store, PUBLIC_URL="https://tend.example.org").websocket_connect(
            "/_stcore/stream", headers={"origin": "http://testserver"}
        ) as socket,
    ):
        socket.receive_text()


def test_strangers_connect_in_small_numbers_only_and_signed_in_people_always(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "STRANGERS", 1)
    token = set_up(store)
    with visitor(store) as client:
        for _ in range(2):  # who leaves makes room
            with client.websocket_connect("/_stcore/stream") as first:
                assert first.receive_text() == "in"
                with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream") as second:
                    second.receive_text()
                cookie = {"cookie": f"{SIGN_IN}={token}"}
                with client.websocket_connect("/_stcore/stream", headers=cookie) as third:
                    assert third.receive_text() == "in"
