"""The pages of those who run an alliance, as a browser meets them: set up, sign in, sign out, and all bad input."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment.alliance import new_password, setup, sign_in
from assessment.alliance.web import BROWSER, SIGN_IN, local_path, routes
from assessment.settings import Settings, load_settings
from assessment.storage.engine import Store
from assessment.storage.errors import Full
from assessment.storage.tables import Account, Alliance
from assessment.web import headers
from tests.alliance.test_setup import small_sample
from tests.alliance.world import BASE, EMAIL, PASSWORD, link_token, set_up

FIELDS = {"alliance": "Harbour", "name": "Ana", "email": EMAIL, "password": PASSWORD}
OURS = {"origin": BASE}
RUBBISH = ["\0", "\u202e", "x" * 1_000_000, "\ud800", "\x07 bell", "\u2066 hidden"]
Visitor = Callable[..., TestClient]


def encoded(fields: dict[str, str]) -> str:
    """Return a form as a hostile client may send it, lone surrogates and all."""
    return "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in fields.items())


def post(client: TestClient, path: str, fields: dict[str, str], **headers_: str):  # type: ignore[no-untyped-def]
    sent = {"content-type": "application/x-www-form-urlencoded", **OURS, **headers_}
    return client.post(path, content=encoded(fields), headers=sent)


@pytest.fixture
def visitor(store: Store) -> Visitor:
    def open_browser(settings: Settings | None = None) -> TestClient:
        app = Starlette(routes=routes(store, settings or load_settings({"DATABASE_URL": store.url})))
        return TestClient(app, base_url=BASE, follow_redirects=False)

    return open_browser


@pytest.fixture
def invited(store: Store, visitor: Visitor) -> TestClient:
    """A browser that opened the set-up link."""
    client = visitor()
    client.get(f"/setup/{link_token(store)}")
    return client


def accounts(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_the_link_opens_the_first_page_and_setting_up_signs_in(store: Store, invited: TestClient) -> None:
    page = invited.get("/setup")
    assert "Look around with a sample alliance" in page.text
    assert "Set up our alliance" in page.text
    assert "Name of the alliance" in invited.get("/setup/alliance").text
    done = post(invited, "/setup", FIELDS)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert re.search(rf"{SIGN_IN}=[A-Z2-7]{{26}}; HttpOnly; Path=/; SameSite=lax", done.headers["set-cookie"])
    assert accounts(store) == 1


def test_a_stranger_is_told_to_use_the_link_and_can_do_nothing(store: Store, visitor: Visitor) -> None:
    link_token(store)
    stranger = visitor()
    assert "open the link that the terminal printed" in stranger.get("/setup").text
    assert stranger.get("/setup/alliance").headers["location"] == "/setup"
    assert stranger.get(f"/setup/{'A' * 26}").status_code == 403
    assert post(stranger, "/setup", FIELDS).status_code == 403
    assert post(stranger, "/setup/sample", {}).status_code == 403
    assert setup.is_empty(store)


def test_the_sample_is_filled_and_entered(
    store: Store, invited: TestClient, monkeypatch: pytest.MonkeyPatch, visitor: Visitor
) -> None:
    monkeypatch.setattr(setup, "_demo", lambda: small_sample)
    assert post(invited, "/setup/sample", {}).headers["location"] == "/"
    assert SIGN_IN in invited.cookies
    again = visitor()
    assert again.get(f"/setup/{link_token(store)}").headers["location"] == "/setup"
    assert "Open the sample" in again.get("/setup").text
    assert post(again, "/setup/open-sample", {}).headers["location"] == "/"
    assert SIGN_IN in again.cookies
    assert post(again, "/setup/open-sample", {}).status_code == 403


@pytest.mark.parametrize("sample", [False, True])
def test_who_only_looks_at_the_link_uses_nothing_up(store: Store, visitor: Visitor, sample: bool) -> None:
    if sample:
        setup.fill_with_sample(store, link_token(store), small_sample)
    token, preview = link_token(store), visitor()
    looked = preview.head(f"/setup/{token}")
    assert (looked.status_code, "set-cookie" in looked.headers) == (200, False)
    assert preview.get(f"/setup/{token}").status_code == 303
    assert preview.get("/setup").status_code == 200
    assert SIGN_IN not in preview.cookies
    assert setup.holds_link(store, token)


def test_a_stranger_does_not_open_the_sample(store: Store, visitor: Visitor) -> None:
    setup.fill_with_sample(store, link_token(store), small_sample)
    stranger = visitor()
    assert stranger.get("/setup").headers["location"] == "/"
    refused = post(stranger, "/setup/open-sample", {})
    assert (refused.status_code, "not valid any more" in refused.text) == (403, True)
    assert SIGN_IN not in stranger.cookies


def test_starting_our_own_asks_first_and_then_empties(
    store: Store, invited: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "_demo", lambda: small_sample)
    post(invited, "/setup/sample", {})
    assert "Everything in this sample goes" in invited.get("/setup/start-our-own").text
    assert not setup.is_empty(store)
    assert post(invited, "/setup/start-our-own", {}).headers["location"] == "/setup"
    assert setup.is_empty(store)
    assert post(invited, "/setup", FIELDS).headers["location"] == "/"


def test_a_real_alliance_cannot_be_emptied(store: Store, visitor: Visitor) -> None:
    client = visitor()
    assert post(client, "/setup/start-our-own", {}).status_code == 403
    client.cookies.set(SIGN_IN, set_up(store))
    assert client.get("/setup/start-our-own").status_code == 403
    refused = post(client, "/setup/start-our-own", {})
    assert (refused.status_code, "not a sample" in refused.text) == (403, True)
    assert accounts(store) == 1


def test_signing_in_and_out(store: Store, visitor: Visitor) -> None:
    set_up(store)
    client = visitor()
    assert "Sign in" in client.get("/sign-in?next=/rounds").text
    done = post(client, "/sign-in", {"email": EMAIL, "password": PASSWORD, "next": "/rounds"})
    assert (done.status_code, done.headers["location"]) == (303, "/rounds")
    assert {SIGN_IN, BROWSER} <= set(client.cookies)
    assert client.get("/sign-in?next=/rounds").headers["location"] == "/rounds"
    kept = client.cookies[SIGN_IN]
    assert post(client, "/sign-out", {}).headers["location"] == "/sign-in"
    client.cookies.set(SIGN_IN, kept)
    assert client.get("/sign-in").status_code == 200


def test_a_wrong_password_keeps_the_address_on_the_page_and_not_the_password(store: Store, visitor: Visitor) -> None:
    set_up(store)
    refused = post(visitor(), "/sign-in", {"email": EMAIL, "password": "wrong-password-here"})
    assert refused.status_code == 403
    assert "do not belong together" in refused.text
    assert f'value="{EMAIL}"' in refused.text
    assert "wrong-password-here" not in refused.text
    assert SIGN_IN not in refused.headers.get("set-cookie", "")


@pytest.mark.parametrize("missing", ["email", "password"])
def test_a_missing_field_is_named_and_linked(store: Store, visitor: Visitor, missing: str) -> None:
    set_up(store)
    fields = {"email": EMAIL, "password": PASSWORD} | {missing: " "}
    refused = post(visitor(), "/sign-in", fields)
    assert refused.status_code == 400
    assert f'<a href="#{missing}">' in refused.text
    assert f'id="{missing}-wrong"' in refused.text
    assert "<title>Error: " in refused.text


def test_an_empty_instance_has_nobody_to_sign_in(visitor: Visitor) -> None:
    assert visitor().get("/sign-in").headers["location"] == "/setup"


def test_changing_the_password_keeps_this_browser_signed_in(store: Store, visitor: Visitor) -> None:
    client = visitor()
    assert client.get("/password").headers["location"] == "/sign-in?next=/password"
    client.cookies.set(SIGN_IN, set_up(store))
    refused = post(client, "/password", {"current": "wrong password", "password": "another password"})
    assert (refused.status_code, "not your current password" in refused.text) == (400, True)
    for number in range(sign_in.TRIES):
        assert post(visitor(), "/sign-in", {"email": EMAIL, "password": f"guess {number}"}).status_code == 403
    assert post(client, "/password", {"current": PASSWORD, "password": "another password"}).status_code == 303
    assert client.get("/password").status_code == 200
    for number in range(sign_in.TRIES):
        assert post(visitor(), "/sign-in", {"email": EMAIL, "password": f"guess {number}"}).status_code == 403
    assert post(client, "/sign-in", {"email": EMAIL, "password": "another password"}).status_code == 303


def test_the_link_of_a_reset_lets_its_browser_in_while_others_guess(store: Store, visitor: Visitor) -> None:
    set_up(store)
    made, client = new_password.reset(store, EMAIL), visitor()
    for number in range(sign_in.TRIES):
        assert post(visitor(), "/sign-in", {"email": EMAIL, "password": f"guess {number}"}).status_code == 403
    signing_in = {"email": EMAIL, "password": made.password}
    assert post(client, "/sign-in", signing_in).status_code == 429
    assert client.get(f"/sign-in/{'A' * 26}").headers["location"] == "/sign-in"
    assert post(client, "/sign-in", signing_in).status_code == 429
    assert client.get(f"/sign-in/{made.browser}").headers["location"] == "/sign-in"
    assert SIGN_IN not in client.cookies
    assert post(client, "/sign-in", signing_in).status_code == 303


def test_a_changed_password_is_the_one_that_is_taken(store: Store, visitor: Visitor) -> None:
    client = visitor()
    client.cookies.set(SIGN_IN, set_up(store))
    assert post(client, "/password", {"current": PASSWORD, "password": "another password"}).status_code == 303
    assert post(visitor(), "/sign-in", {"email": EMAIL, "password": "another password"}).status_code == 303


@pytest.mark.parametrize("rubbish", RUBBISH, ids=["nul", "override", "megabyte", "surrogate", "bell", "isolate"])
@pytest.mark.parametrize("field", list(FIELDS))
def test_rubbish_is_refused_in_words_and_what_was_valid_stays(
    store: Store, invited: TestClient, field: str, rubbish: str
) -> None:
    refused = post(invited, "/setup", {**FIELDS, field: rubbish})
    assert refused.status_code == 400
    assert f'<a href="#{field}">' in refused.text
    kept = {"alliance": "Harbour", "name": "Ana", "email": EMAIL}
    assert all(f'value="{value}"' in refused.text for name, value in kept.items() if name != field)
    assert PASSWORD not in refused.text
    assert setup.is_empty(store)


@pytest.mark.parametrize("path", ["/setup", "/sign-in", "/password"])
@pytest.mark.parametrize(
    "body",
    [
        b"email=a%40b&email=c%40d&password=x",
        b"",
        b"nonsense=1",
        b"=&=&=",
        b"%FF%FE=%FF",
        b"&".join(b"a%d=1" % number for number in range(500)),
        b"password=" + b"x" * 3_000_000,
        b"email[]=1&password[$ne]=1",
    ],
    ids=["doubled", "empty", "foreign", "nameless", "no-text", "many", "huge", "brackets"],
)
def test_what_is_no_form_of_ours_is_refused_in_words(store: Store, visitor: Visitor, path: str, body: bytes) -> None:
    client = visitor()
    client.cookies.set(SIGN_IN, set_up(store))
    refused = client.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded", **OURS})
    assert 400 <= refused.status_code < 500
    assert "<h1>" in refused.text
    assert accounts(store) == 1


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_another_kind_of_body_is_refused(store: Store, visitor: Visitor, kind: str) -> None:
    set_up(store)
    sent = visitor().post("/sign-in", content=b"{}", headers={"content-type": kind, **OURS})
    assert sent.status_code == 415


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": BASE, "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
        {"origin": "http://testserver.evil.example"},
    ],
)
@pytest.mark.parametrize(
    "path",
    ["/setup", "/setup/sample", "/setup/open-sample", "/setup/start-our-own", "/sign-in", "/sign-out", "/password"],
)
def test_a_post_from_another_page_is_refused(store: Store, visitor: Visitor, path: str, sent: dict[str, str]) -> None:
    client = visitor()
    token = set_up(store)
    client.cookies.set(SIGN_IN, token)
    refused = client.post(path, data=FIELDS, headers=sent)
    assert (refused.status_code, "another page than ours" in refused.text) == (403, True)
    assert client.get("/sign-in").headers["location"] == "/"


@pytest.mark.parametrize(
    "sent", [{"origin": BASE}, {"sec-fetch-site": "same-origin"}, {"origin": BASE, "sec-fetch-site": "same-origin"}]
)
def test_a_post_from_our_own_page_is_taken(store: Store, visitor: Visitor, sent: dict[str, str]) -> None:
    set_up(store)
    assert visitor().post("/sign-in", data={"email": EMAIL, "password": PASSWORD}, headers=sent).status_code == 303


def test_behind_a_public_address_cookies_are_secure_and_only_its_origin_counts(store: Store, visitor: Visitor) -> None:
    set_up(store)
    client = visitor(load_settings({"DATABASE_URL": store.url, "PUBLIC_URL": "https://tend.example.org"}))
    fields = {"email": EMAIL, "password": PASSWORD}
    assert client.post("/sign-in", data=fields, headers=OURS).status_code == 403
    done = client.post("/sign-in", data=fields, headers={"origin": "https://tend.example.org"})
    assert done.status_code == 303
    assert all("Secure" in cookie for cookie in done.headers.get_list("set-cookie"))


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/setup", f"/setup/{'A' * 26}", "/robots.txt", "/password"])
def test_every_page_carries_its_protection(store: Store, visitor: Visitor, path: str) -> None:
    set_up(store)
    page = visitor().get(path)
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"].startswith("no-referrer")
    assert page.headers["x-content-type-options"] == "nosniff"
    if page.headers.get("content-type", "").startswith("text/html"):
        policy = page.headers["content-security-policy"]
        (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
        assert headers.digest(style) in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_database_that_is_full_says_so_and_keeps_what_was_typed(
    store: Store, invited: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Full("The disk that holds the database is full.")

    monkeypatch.setattr(setup, "set_up", full)
    refused = post(invited, "/setup", FIELDS)
    assert (refused.status_code, "disk that holds the database is full" in refused.text) == (503, True)
    assert 'value="Harbour"' in refused.text


def test_a_database_that_is_gone_is_told_on_every_page(visitor: Visitor, store: Store, tmp_path) -> None:  # type: ignore[no-untyped-def]
    gone = Store(f"sqlite:///{tmp_path / 'nowhere.db'}")
    app = Starlette(routes=routes(gone, load_settings({})))
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    for answer in (client.get("/sign-in"), client.get("/setup"), post(client, "/sign-in", FIELDS | {"next": "/"})):
        assert answer.status_code in {400, 503}
        assert "Traceback" not in answer.text
    assert "cannot be reached" in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/", "/"),
        ("/answers?round=12&x=a%20b", "/answers?round=12&x=a%20b"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("/" + "x" * 600, "/"),
    ],
)
def test_signing_in_leads_to_pages_of_ours_only(wanted: str, goes: str) -> None:
    assert local_path(wanted) == goes


def test_names_are_shown_and_never_run(store: Store, invited: TestClient) -> None:
    refused = post(invited, "/setup", {**FIELDS, "alliance": "<script>alert(1)</script>\"'", "email": "x"})
    assert "<script" not in refused.text
    assert "&lt;script&gt;" in refused.text
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Alliance)) == 0
