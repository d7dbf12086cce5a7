"""Passwords, sessions, and how far guessing gets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from assessment import clock
from assessment.alliance import accounts, new_password, passwords, setup, sign_in
from assessment.alliance.values import FieldFaults
from assessment.errors import TendError
from assessment.storage.engine import Store
from assessment.storage.tables import Account, Guess, Role, SignIn
from tests.alliance.world import EMAIL, PASSWORD, later, set_up


def test_the_right_password_signs_in_and_the_person_is_known(store: Store) -> None:
    set_up(store)
    person = sign_in.find(store, sign_in.start(store, f" {EMAIL.upper()} ", PASSWORD))
    assert person is not None
    assert (person.email, person.role, person.alliance_name, person.sample) == (EMAIL, Role.OWNER, "Harbour", False)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong password"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_a_stranger_get_the_same_answer(store: Store, email: str, password: str) -> None:
    set_up(store)
    with pytest.raises(sign_in.WrongPassword, match="do not belong together"):
        sign_in.start(store, email, password)


@pytest.mark.usefixtures("own_passwords")
def test_a_stranger_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    real = PasswordHasher.verify

    def note(self: PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored)
        return real(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    assert not passwords.verify("whatever it is", None)
    assert verified[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_session_ends_after_twelve_hours(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = set_up(store)
    later(monkeypatch, sign_in.LASTS - timedelta(seconds=5))
    assert sign_in.find(store, token)
    later(monkeypatch, sign_in.LASTS + timedelta(seconds=5))
    assert sign_in.find(store, token) is None


def test_signing_out_ends_one_session_only(store: Store) -> None:
    first, second = set_up(store), sign_in.start(store, EMAIL, PASSWORD)
    sign_in.end(store, first)
    assert sign_in.find(store, first) is None
    assert sign_in.find(store, second)


@pytest.mark.parametrize("token", [None, "", "A" * 26, "\0", "x" * 10_000, "tend"])
def test_a_token_that_nobody_was_given_is_nobody(store: Store, token: str | None) -> None:
    set_up(store)
    assert sign_in.find(store, token) is None


def test_neither_token_nor_password_is_stored(store: Store) -> None:
    token = set_up(store)
    with store.read() as session:
        assert token.encode() not in b"".join(session.scalars(select(SignIn.token_hash)))
        assert session.scalars(select(Account.password_hash)).one().startswith("$argon2id$")


def guess_wrongly(store: Store, times: int, email: str = EMAIL, browser: str | None = None) -> None:
    for _ in range(times):
        with pytest.raises(sign_in.WrongPassword):
            sign_in.start(store, email, "wrong password", browser)


def test_guessing_at_an_account_stops_after_ten_tries_and_starts_again_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(store)
    guess_wrongly(store, sign_in.TRIES)
    with pytest.raises(sign_in.TooManyGuesses, match="quarter of an hour"):
        sign_in.start(store, EMAIL, PASSWORD)
    later(monkeypatch, sign_in.WINDOW + timedelta(seconds=5))
    assert sign_in.start(store, EMAIL, PASSWORD)


def test_a_strangers_guesses_do_not_lock_out_a_browser_that_is_known(store: Store) -> None:
    browser = sign_in.remember(store, set_up(store))
    guess_wrongly(store, sign_in.TRIES)
    assert sign_in.start(store, EMAIL, PASSWORD, browser)
    guess_wrongly(store, sign_in.TRIES, browser=browser)
    with pytest.raises(sign_in.TooManyGuesses):
        sign_in.start(store, EMAIL, PASSWORD, browser)


def test_a_known_browser_has_tries_of_its_own_for_its_own_account_only(store: Store) -> None:
    browser = sign_in.remember(store, set_up(store))
    guess_wrongly(store, sign_in.TRIES, email="other@example.org", browser=browser)
    with pytest.raises(sign_in.TooManyGuesses):
        sign_in.start(store, "other@example.org", "wrong password", browser)
    assert sign_in.start(store, EMAIL, PASSWORD, browser)


def test_guessing_at_many_accounts_stops_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = sign_in.remember(store, set_up(store))
    monkeypatch.setattr(sign_in, "TRIES_IN_ALL", 6)
    for number in range(6):
        guess_wrongly(store, 1, email=f"somebody{number}@example.org")
    with pytest.raises(sign_in.TooManyGuesses, match="this server"):
        sign_in.start(store, "somebody@example.org", "wrong password")
    assert sign_in.start(store, EMAIL, PASSWORD, browser)


def test_the_right_password_clears_the_account(store: Store) -> None:
    set_up(store)
    guess_wrongly(store, sign_in.TRIES - 1)
    sign_in.start(store, EMAIL, PASSWORD)
    guess_wrongly(store, sign_in.TRIES - 1)
    assert sign_in.start(store, EMAIL, PASSWORD)


def test_guesses_are_counted_without_anybodys_address(store: Store) -> None:
    set_up(store)
    guess_wrongly(store, 1)
    with store.read() as session:
        rows = list(session.scalars(select(Guess)))
    assert len(rows) == 2
    assert all(len(row.subject) == 32 for row in rows)


@pytest.mark.usefixtures("own_passwords")
def test_a_weaker_hash_is_replaced_when_its_owner_signs_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as weak:
        hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        weak.setattr(passwords, "_HASHER", hasher)
        set_up(store)
    assert sign_in.start(store, EMAIL, PASSWORD)
    with store.read() as session:
        assert "m=65536" in session.scalars(select(Account.password_hash)).one()
    assert sign_in.start(store, EMAIL, PASSWORD)


def test_a_password_may_be_typed_in_any_form_of_its_letters(store: Store) -> None:
    set_up(store, password="caf\u00e9 am Hafen")
    assert sign_in.start(store, EMAIL, "cafe\u0301 am Hafen")


def test_resetting_gives_a_new_password_and_ends_every_session(store: Store) -> None:
    token = set_up(store)
    made = new_password.reset(store, EMAIL)
    assert sign_in.find(store, token) is None
    assert sign_in.start(store, EMAIL, made.password)
    with pytest.raises(sign_in.WrongPassword):
        sign_in.start(store, EMAIL, PASSWORD)


def test_resetting_a_stranger_says_so(store: Store) -> None:
    set_up(store)
    with pytest.raises(TendError, match="No account"):
        new_password.reset(store, "nobody@example.org")


def test_a_host_lets_somebody_in_whatever_strangers_try(store: Store) -> None:
    set_up(store)
    guess_wrongly(store, sign_in.TRIES)
    made = new_password.reset(store, EMAIL)
    guess_wrongly(store, sign_in.TRIES)
    with pytest.raises(sign_in.TooManyGuesses):
        sign_in.start(store, EMAIL, made.password)
    assert sign_in.knows(store, made.browser)
    with pytest.raises(sign_in.WrongPassword):
        sign_in.start(store, EMAIL, "the link alone", made.browser)
    assert sign_in.start(store, EMAIL, made.password, made.browser)


def test_changing_a_password_needs_the_current_one(store: Store) -> None:
    person = sign_in.find(store, set_up(store))
    assert person is not None
    with pytest.raises(FieldFaults) as refused:
        new_password.change(store, person.account_id, "not it at all", "another password")
    assert list(refused.value.faults) == ["current"]
    new_password.change(store, person.account_id, PASSWORD, "another password")
    assert sign_in.start(store, EMAIL, "another password")


def test_changing_a_password_ends_every_sign_in_but_that_of_the_browser_that_did_it(store: Store) -> None:
    here = set_up(store)
    elsewhere, person = sign_in.start(store, EMAIL, PASSWORD), sign_in.find(store, here)
    assert person is not None
    guess_wrongly(store, sign_in.TRIES)
    changed = new_password.change(store, person.account_id, PASSWORD, "another password")
    assert sign_in.find(store, here) is None
    assert sign_in.find(store, elsewhere) is None
    assert sign_in.find(store, changed.sign_in) == person
    guess_wrongly(store, sign_in.TRIES)
    assert sign_in.start(store, EMAIL, "another password", changed.browser)


@pytest.mark.parametrize(
    "password", ["", "short", "x" * 201, "aaaaaaaaaaaa", "ana@example.org", "holds \0 nothing", "\u202e reversed word"]
)
def test_a_password_that_is_easy_or_strange_is_refused(store: Store, password: str) -> None:
    with pytest.raises(FieldFaults) as refused:
        set_up(store, password=password)
    assert list(refused.value.faults) == ["password"]
    assert setup.is_empty(store)


def test_an_owner_adds_people_and_the_last_owner_stays(store: Store) -> None:
    owner = sign_in.find(store, set_up(store))
    assert owner is not None
    password = accounts.create(store, owner.alliance_id, "Ben", "ben@example.org", Role.VIEWER, by=owner.account_id)
    viewer = sign_in.find(store, sign_in.start(store, "ben@example.org", password))
    assert viewer is not None
    assert viewer.role is Role.VIEWER
    assert [person.name for person in accounts.list_people(store, owner.alliance_id)] == ["Ana", "Ben"]
    with pytest.raises(FieldFaults, match="already"):
        accounts.create(store, owner.alliance_id, "Ben", "BEN@example.org", Role.VIEWER)
    with pytest.raises(TendError, match="only owner"):
        accounts.remove(store, owner.alliance_id, owner.account_id)
    accounts.remove(store, owner.alliance_id, viewer.account_id)
    with pytest.raises(sign_in.WrongPassword):
        sign_in.start(store, "ben@example.org", password)


def test_a_reader_reads_for_one_organisation_of_the_alliance(store: Store) -> None:
    owner = sign_in.find(store, set_up(store))
    assert owner is not None
    with pytest.raises(FieldFaults, match="one organisation"):
        accounts.create(store, owner.alliance_id, "Cy", "cy@example.org", Role.READER)
    with pytest.raises(FieldFaults, match="not part"):
        accounts.create(store, owner.alliance_id, "Cy", "cy@example.org", Role.READER, organisation_id="foreign")


def test_time_is_told_by_one_clock() -> None:
    assert clock.now().utcoffset() == timedelta(0)
