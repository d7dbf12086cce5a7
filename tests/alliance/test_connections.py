"""Which live connections the gate lets through to Streamlit."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from assessment.alliance.gate import Gate
from assessment.settings import load_settings
from assessment.storage.engine import Store


async def behind(socket: WebSocket) -> None:
    """Stand in for Streamlit: accept, say so, leave."""
    await socket.accept()
    await socket.send_text("in")
    await socket.close()


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
