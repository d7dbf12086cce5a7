"""Static files go out packed, once packed from memory; everything else passes untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from assessment.web.compressed import Compressed

SCRIPT = "const words = 'a calm, warm, editorial screen';\n" * 200


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "big.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "tiny.js").write_text("1", encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(b"x" * 5_000)

    async def page(request: Request) -> Response:
        return PlainTextResponse(SCRIPT)

    routes = [Mount("/static", StaticFiles(directory=tmp_path)), Route("/page.js", page)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Compressed)]))


def test_a_script_is_packed_and_reads_the_same(client: TestClient) -> None:
    for _ in range(2):
        answer = client.get("/static/big.js")
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
        assert answer.text == SCRIPT


def test_who_takes_no_gzip_gets_it_plain(client: TestClient) -> None:
    answer = client.get("/static/big.js", headers={"Accept-Encoding": "identity"})
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
