"""migrate, setup-link, demo."""

from __future__ import annotations

import re

import pytest

from assessment.alliance import setup, sign_in
from assessment.storage.engine import Store, open_store
from tests.commands.conftest import Tend

LINK = re.compile(r"http://127\.0\.0\.1:9000/setup/([A-Z2-7]{26})\n")


def test_migrating_twice_is_harmless(say: Tend, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert say("migrate") == (0, "The database is ready.\n", "")
    assert say("migrate").status == 0
    assert setup.is_empty(open_store(database_url))


def test_the_only_line_of_setup_link_is_a_link_that_opens(tend: Tend, store: Store) -> None:
    status, out, err = tend("setup-link", "--base", "http://127.0.0.1:9000/")
    found = LINK.fullmatch(out)
    assert (status, err) == (0, "")
    assert found
    assert setup.holds_link(store, found[1])


def test_a_new_link_ends_the_older_one(tend: Tend, store: Store) -> None:
    first = tend("setup-link").out.strip().rsplit("/", 1)[1]
    tend("setup-link")
    assert not setup.holds_link(store, first)


def test_no_link_is_printed_once_an_alliance_is_set_up(tend: Tend, alliance: str) -> None:
    status, out, err = tend("setup-link")
    assert (status, out) == (0, "")
    assert "set up here already" in err


def test_links_follow_the_public_address(tend: Tend, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://tend.example.org/")
    assert tend("setup-link").out.startswith("https://tend.example.org/setup/")


@pytest.mark.parametrize("base", ["here", "ftp://here", "http://", "//here"])
def test_what_is_no_address_is_refused(tend: Tend, store: Store, base: str) -> None:
    status, out, err = tend("setup-link", "--base", base)
    assert (status, out) == (2, "")
    assert "is no address" in err


def test_a_database_that_was_never_prepared_is_told(
    say: Tend, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    status, out, err = say("setup-link")
    assert (status, out) == (2, "")
    assert "migrate" in err or "cannot be reached" in err


def test_the_sample_never_fills_an_alliance_s_own_database(tend: Tend, store: Store, alliance: str) -> None:
    status, out, err = tend("demo")
    assert (status, out) == (2, "")
    assert "set up here already" in err
    assert not setup.is_sample(store)


def test_the_sample_is_filled_once_and_its_link_signs_in(tend: Tend, store: Store) -> None:
    status, out, err = tend("demo", "--base", "http://127.0.0.1:9000")
    found = LINK.fullmatch(out)
    assert (status, err) == (0, "")
    assert found
    person = sign_in.find(store, setup.enter_sample(store, found[1]))
    assert person
    assert person.sample
    code = setup.sample_code(store)
    again = LINK.fullmatch(tend("demo", "--base", "http://127.0.0.1:9000").out)
    assert again
    assert setup.holds_link(store, again[1])
    assert setup.sample_code(store) == code
