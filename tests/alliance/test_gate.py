"""The middleware around Streamlit, over a stand-in that says what reached it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from assessment.alliance.gate import Gate
from assessment.alliance.web import SIGN_IN, routes
from assessment.settings import load_settings
from assessment.storage.engine import Store
from tests.alliance.world import BASE, set_up


async def streamlit(request: Request) -> Response:
    if "." in request.url.path:
        return PlainTextResponse("a file")
    return HTMLResponse("streamlit")


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("connected")
    await websocket.close()


def browser(store: Store, **environ: str) -> TestClient:
    settings = load_settings({"DATABASE_URL": store.url, **environ})
    own = routes(store, settings)
    gate = {"store": store, "settings": settings, "routes": own, "first_page": "overview"}
    app = Starlette(
        routes=[*own, WebSocketRoute("/_stcore/stream", stream), Route("/{path:path}", streamlit)],
        middleware=[Middleware(Gate, **gate, open_pages=frozenset({"/screen"}))],
    )
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "onward"),
    [
        ("/", "/sign-in"),
        ("/rounds", "/sign-in?next=/rounds"),
        ("/answers?round=12&x=1", "/sign-in?next=/answers%3Fround%3D12%26x%3D1"),
    ],
)
def test_who_is_not_signed_in_goes_to_the_sign_in_page(store: Store, path: str, onward: str) -> None:
    set_up(store)
    answer = browser(store).get(BASE + path)
    assert (answer.status_code, answer.headers["location"]) == (303, onward)


@pytest.mark.parametrize("cookie", ["", "garbage", "A" * 26, '"', "a=b"])
def test_a_cookie_that_nobody_was_given_opens_nothing(store: Store, cookie: str) -> None:
    set_up(store)
    answer = browser(store).get("/rounds", headers={"cookie": f"{SIGN_IN}={cookie}"})
    assert answer.status_code == 303


@pytest.mark.parametrize("foreign", ['prefs={"a":1}', "a[0]=1", "user@x=1", "a b=c", '"'])
def test_another_programs_cookies_keep_nobody_out(store: Store, foreign: str) -> None:
    client, cookie = browser(store), f"{foreign}; {SIGN_IN}={set_up(store)}"
    assert client.get("/rounds", headers={"cookie": cookie}).text == "streamlit"
    assert client.get("/sign-in", headers={"cookie": cookie}).headers["location"] == "/"


def test_an_empty_instance_leads_to_the_first_page(store: Store) -> None:
    assert browser(store).get("/rounds").headers["location"] == "/setup"


def test_who_is_signed_in_reaches_a_protected_document(store: Store) -> None:
    client = browser(store)
    client.cookies.set(SIGN_IN, set_up(store))
    page = client.get("/rounds")
    assert (page.status_code, page.text) == (200, "streamlit")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "connect-src 'self' ws://testserver wss://testserver" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/static/app.js", "/_stcore/health", "/rounds/_stcore/health", "/favicon.png", "/screen"]
)
def test_files_health_and_open_pages_need_no_sign_in(store: Store, path: str) -> None:
    set_up(store)
    assert browser(store).get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/upload_file/session/file",
        "/rounds/_stcore/upload_file/session/file",
    ],
)
def test_what_tells_about_the_server_or_takes_files_is_not_there(store: Store, path: str) -> None:
    client = browser(store)
    client.cookies.set(SIGN_IN, set_up(store))
    for method in ("GET", "PUT", "POST", "DELETE", "OPTIONS"):
        assert client.request(method, path).status_code == 404


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/overview", "/"),
        ("/overview/", "/"),
        ("/overview?round=Spring%202027&x=1", "/?round=Spring%202027&x=1"),
        ("/sign-in/", "/sign-in"),
        ("/sign-in/?next=/rounds", "/sign-in?next=/rounds"),
    ],
)
def test_another_name_of_a_page_leads_to_the_page(store: Store, path: str, meant: str) -> None:
    set_up(store)
    answer = browser(store).get(BASE + path)
    assert (answer.status_code, answer.headers["location"]) == (303, meant)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_what_our_pages_do_not_take_is_refused_in_words(store: Store, method: str) -> None:
    set_up(store)
    answer = browser(store).request(method, "/sign-in")
    assert (answer.status_code, "does not take" in answer.text) == (405, True)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_search_engines_are_sent_away(store: Store) -> None:
    assert "Disallow: /" in browser(store).get("/robots.txt").text


def test_our_own_routes_keep_their_own_protection(store: Store) -> None:
    set_up(store)
    page = browser(store).get("/sign-in")
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "tend.example.org.evil.example", "a b", "x;script-src *"])
def test_behind_a_public_address_other_names_are_refused(store: Store, host: str) -> None:
    set_up(store)
    client = browser(store, PUBLIC_URL="https://tend.example.org")
    assert client.get("/rounds", headers={"host": host}).status_code == 400
    for ours in ("tend.example.org", "Tend.Example.org", "tend.example.org:443"):
        assert client.get("/rounds", headers={"host": ours}).status_code == 303
    assert client.get("/_stcore/health", headers={"host": "127.0.0.1:8501"}).status_code == 200


def test_a_host_that_is_no_host_never_reaches_a_header(store: Store) -> None:
    set_up(store)
    assert browser(store).get("/rounds", headers={"host": "x;script-src *"}).status_code == 400


def test_websockets_pass_under_our_name_only(store: Store) -> None:
    set_up(store)
    client = browser(store, PUBLIC_URL="https://tend.example.org")
    with client.websocket_connect("/_stcore/stream", headers={"host": "tend.example.org"}) as socket:
        assert socket.receive_text() == "connected"
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"host": "evil.example"}),
    ):
        pass


def test_a_database_that_is_gone_is_told_in_words(tmp_path) -> None:  # type: ignore[no-untyped-def]
    answer = browser(Store(f"sqlite:///{tmp_path / 'nowhere.db'}")).get("/rounds")
    assert (answer.status_code, "cannot be reached" in answer.text) == (503, True)


def test_a_database_that_is_newer_than_the_program_is_told_in_words(store: Store) -> None:
    client = browser(store)
    client.cookies.set(SIGN_IN, set_up(store))
    with store.write() as session:
        session.execute(text("UPDATE schema_version SET version_num = '9999'"))
    for path in ("/rounds", "/sign-in"):
        answer = client.get(path)
        assert (answer.status_code, "made by a newer version" in answer.text) == (503, True)
