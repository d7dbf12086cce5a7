"""Static files go out packed, once packed from memory; everything else passes untouched."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.web import compressed
from assessment.web.compressed import Compressed

SCRIPT = "const words = 'a calm, warm, editorial screen';\n" * 200


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "big.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "tiny.js").write_text("1", encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(b"x" * 5_000)

    async def page(request: Request) -> Response:
        return PlainTextResponse(SCRIPT)

    async def first_page(request: Request) -> Response:
        """Stand in for Streamlit, which answers unknown names with its one page, and known ones under any name."""
        known = Path(os.path.normpath(request.url.path)).name == "big.js"
        return PlainTextResponse(SCRIPT) if known else HTMLResponse(SCRIPT)

    routes = [
        Route("/static/fallback/{path:path}", first_page),
        Mount("/static", StaticFiles(directory=tmp_path)),
        Route("/page.js", page),
    ]
    return TestClient(Compressed(Starlette(routes=routes)), headers={"Accept-Encoding": "gzip"})


def kept(client: TestClient) -> list[str]:
    """Return the paths whose packed answers are in memory."""
    assert isinstance(client.app, Compressed)
    return [path for path, _ in client.app._kept]


@pytest.mark.parametrize(
    ("takes", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("br;q=0, gzip", "gzip"),
        ("BR; q=0.000, GZip;q=0.001", "gzip"),
    ],
)
def test_a_script_is_packed_and_reads_the_same(client: TestClient, takes: str, coding: str) -> None:
    for _ in range(2):
        answer = client.get("/static/big.js", headers={"Accept-Encoding": takes})
        assert answer.headers["content-encoding"] == coding
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
        assert answer.text == SCRIPT


def test_when_nobody_waits_it_is_packed_again_and_smaller(tmp_path: Path) -> None:
    varied = "".join(f"const word{n} = {n * n % 977};\n" for n in range(3_000))
    (tmp_path / "varied.js").write_text(varied, encoding="utf-8")
    packing = Compressed(Starlette(routes=[Mount("/static", StaticFiles(directory=tmp_path))]))
    client = TestClient(packing, headers={"Accept-Encoding": "br"})
    first = client.get("/static/varied.js")
    packing._later.shutdown(wait=True)
    again = client.get("/static/varied.js")
    assert int(again.headers["content-length"]) < int(first.headers["content-length"])
    assert first.text == again.text == varied


@pytest.mark.parametrize("takes", ["identity", "", "gzip;q=0, br;q=0.0", "*;q=0", "x-gzip-like, brotli"])
def test_who_takes_no_gzip_gets_it_plain(client: TestClient, takes: str) -> None:
    answer = client.get("/static/big.js", headers={"Accept-Encoding": takes})
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


@pytest.mark.parametrize("path", ["/static/tiny.js", "/static/font.woff2", "/page.js", "/static/big.js?v=1"])
def test_other_files_pass_untouched(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_a_file_that_is_not_there_is_not_kept(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/static/later.js").status_code == 404
    (tmp_path / "later.js").write_text(SCRIPT, encoding="utf-8")
    assert client.get("/static/later.js").text == SCRIPT


def test_a_first_request_for_a_part_keeps_the_whole(client: TestClient) -> None:
    client.get("/static/big.js", headers={"Range": "bytes=0-9"})
    assert client.get("/static/big.js").text == SCRIPT


def test_a_question_for_the_headers_alone_gets_no_body(client: TestClient) -> None:
    answer = client.head("/static/big.js")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "unknown.js",
        "./big.js",
        "x/../big.js",
        "/big.js",
        "%2e/big.js",
        "x/%2e%2e/big.js",
        f"{'x/' * 100}big.js",
    ],
)
def test_what_strangers_invent_is_answered_and_not_kept(client: TestClient, path: str) -> None:
    scope = {"type": "http", "method": "GET", "query_string": b"", "headers": [(b"accept-encoding", b"gzip")]}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    # Not through the client, which would write the path in its one form.
    anyio.run(client.app, {**scope, "path": unquote(f"/static/fallback/{path}")}, receive, send)
    assert sent[0]["status"] == 200
    assert b"content-encoding" not in dict(sent[0]["headers"])
    assert kept(client) == []


def test_memory_holds_a_bounded_number_of_files(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "MOST_KEPT", 2)
    for number in range(4):
        (tmp_path / f"{number}.js").write_text(SCRIPT, encoding="utf-8")
        assert client.get(f"/static/{number}.js").text == SCRIPT
    assert kept(client) == ["/static/0.js", "/static/1.js"]


def test_a_visitor_who_leaves_while_a_file_is_read_leaves_nothing_behind(client: TestClient) -> None:
    path, sent = "/static/big.js", []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", b"gzip"), (b"host", b"testserver")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    anyio.run(client.app, {**scope, "asgi": {"version": "3.0", "spec_version": "2.3"}, "root_path": ""}, gone, send)
    assert kept(client) == []
    assert client.get(path).text == SCRIPT
    assert kept(client) == [path]


async def asked_together(app: ASGIApp, visitors: Sequence[Send]) -> None:
    """Let several ask for one file at the same time, gzip taken."""
    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": "/static/big.js", "query_string": b"", "headers": headers}

    async def receive() -> Message:
        return {"type": "http.request"}

    async with anyio.create_task_group() as tasks:
        for send in visitors:
            tasks.start_soon(app, dict(scope), receive, send)


def counting(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


def test_a_hall_that_asks_at_once_has_a_file_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []
    monkeypatch.setitem(compressed.CODINGS, "gzip", lambda body: packed.append(len(body)) or gzip.compress(body))
    sent: list[list[Message]] = [[] for _ in range(20)]
    anyio.run(asked_together, Compressed(PlainTextResponse(SCRIPT)), [counting(one) for one in sent])
    assert packed == [len(SCRIPT)]
    assert {gzip.decompress(one[1]["body"]).decode() for one in sent} == {SCRIPT}


def test_who_takes_what_is_passed_on_slowly_keeps_nobody_waiting() -> None:
    sent: list[Message] = []

    async def both() -> None:
        let_go = anyio.Event()

        async def slow(message: Message) -> None:
            await let_go.wait()

        async def quick(message: Message) -> None:
            sent.append(message)
            if len(sent) == 2:
                let_go.set()

        with anyio.fail_after(30):
            await asked_together(Compressed(HTMLResponse(SCRIPT)), [slow, quick])

    anyio.run(both)
    assert sent[1]["body"].decode() == SCRIPT


def test_the_next_packs_a_file_whose_first_visitor_left() -> None:
    sent: list[Message] = []
    visits: list[int] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        visits.append(1)
        if len(visits) == 1:
            start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9000")]}
            await send(start)
            await anyio.sleep(0)
            return
        await PlainTextResponse(SCRIPT)(scope, receive, send)

    anyio.run(asked_together, Compressed(app), [counting([]), counting(sent)])
    assert gzip.decompress(sent[1]["body"]).decode() == SCRIPT
