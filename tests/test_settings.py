"""Settings from the environment: what is taken, in which form, and what is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.requests import Request

from assessment.errors import TendError
from assessment.serving import Wishes, database_setting
from assessment.settings import load_settings
from assessment.storage.engine import migrate, open_store
from assessment.web.forms import Refused
from assessment.web.headers import check_origin


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("", None),
        ("  ", None),
        ("https://tend.example.org", "https://tend.example.org"),
        ("https://tend.example.org/", "https://tend.example.org"),
        ("HTTPS://Tend.Example.ORG", "https://tend.example.org"),
        ("https://tend.example.org:443", "https://tend.example.org"),
        ("https://tend.example.org:80", "https://tend.example.org:80"),
        ("http://tend.example.org:80", "http://tend.example.org"),
        ("http://192.168.0.7:8501", "http://192.168.0.7:8501"),
        ("http://[::1]:8501", "http://[::1]:8501"),
        ("https://grün.example", "https://xn--grn-ioa.example"),
    ],
)
def test_the_public_address_is_taken_as_browsers_write_it(written: str, taken: str | None) -> None:
    settings = load_settings({"PUBLIC_URL": written})
    assert (settings.public_url, settings.origin) == (taken, taken)


@pytest.mark.parametrize(
    "written",
    [
        "tend.example.org",
        "ftp://tend.example.org",
        "https://",
        "https://:443",
        "https:///tend",
        "https://tend.example.org/tend",
        "https://tend.example.org?a=b",
        "https://tend.example.org#top",
        "https://ana:secret@tend.example.org",
        "https://@tend.example.org",
        "https://tend.example.org:99999",
        "https://tend.example.org:x",
        "https://two words.example",
        "https://a..example",
        "https://straße.example",
        "https://[::1",
        "https://x;script-src *",
    ],
)
def test_what_is_no_address_of_a_server_is_refused_in_words(written: str) -> None:
    with pytest.raises(TendError, match=r"PUBLIC_URL is .* Write it like https://tend.example.org"):
        load_settings({"PUBLIC_URL": written})


@pytest.mark.parametrize(
    ("public", "host", "origin", "ours"),
    [
        ("https://Tend.Example.org:443", "tend.example.org", "https://tend.example.org", True),
        ("https://tend.example.org", "tend.example.org", "http://tend.example.org", False),
        ("", "localhost:80", "http://localhost", True),
        ("", "localhost:8501", "http://localhost", False),
        ("", "", "http://", False),
    ],
)
def test_forms_are_taken_from_our_own_address_in_any_of_its_forms(
    public: str, host: str, origin: str, ours: bool
) -> None:
    sent = {"host": host, "origin": origin}
    request = Request({"type": "http", "headers": [(k.encode(), v.encode()) for k, v in sent.items()]})
    settings = load_settings({"PUBLIC_URL": public})
    if ours:
        assert check_origin(request, settings) is None  # type: ignore[func-returns-value]
    else:
        with pytest.raises(Refused, match="another page"):
            check_origin(request, settings)


@pytest.mark.parametrize("folder", ["what?", "50%25", "a b", "h#1", "%20", "ä&=x"])
def test_a_database_may_lie_in_a_folder_of_any_name(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "tend?.db"
    store = open_store(load_settings(database_setting(Wishes(database=str(path)))).database_url)
    migrate(store.url)
    assert (store.path, path.exists()) == (path, True)
    store.check()


@pytest.mark.parametrize("url", ["sqlite:///:memory:", "sqlite:///", "sqlite:///?mode=memory", "sqlite:///file:x"])
def test_a_database_that_would_be_lost_is_refused_in_words(url: str) -> None:
    with pytest.raises(TendError, match="answers would be lost"):
        load_settings({"DATABASE_URL": url})
