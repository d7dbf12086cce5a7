"""Sign in, stay signed in for twelve hours, sign out. Guessing is bounded without locking anybody's browser out."""

from __future__ import annotations

from datetime import timedelta

from assessment import clock, tokens
from assessment.alliance import passwords
from assessment.alliance.accounts import one_form
from assessment.alliance.values import Person, person
from assessment.errors import TendError
from assessment.storage import alliance as alliances
from assessment.storage import people
from assessment.storage.engine import Store

LASTS, KNOWN_FOR = people.SIGN_IN_LASTS, people.BROWSER_KNOWN_FOR
WINDOW = timedelta(minutes=15)
TRIES, TRIES_IN_ALL = 10, 300


class WrongPassword(TendError):
    """Say that address and password do not belong together; never which of the two is wrong."""

    http_status = 403


class TooManyGuesses(TendError):
    """Say that this account, or all together, had too many wrong guesses in a quarter of an hour."""

    http_status = 429


def start(store: Store, email: str, password: str, browser: str | None = None) -> str:
    """Sign somebody in and return the token for the cookie.

    `browser` is the token of a browser in which somebody signed in before (`remember`): it has tries of its own, so
    that a stranger's guesses lock nobody out. Raise WrongPassword or TooManyGuesses.
    """
    address = one_form(email)[:254]
    subject, everybody = _subjects(store, address, browser)
    with store.read() as session:
        account = people.find_account(session, address)
    right = passwords.verify(password, account.password_hash if account else None)
    if account is None or not right:
        _note(store, subject, everybody)
        raise WrongPassword("E-mail address and password do not belong together. Look at both and try again.")
    fresh = passwords.hashed(password) if passwords.outdated(account.password_hash) else None
    return _open(store, account.id, subject, fresh)


def _open(store: Store, account_id: str, subject: bytes, fresh_hash: str | None = None) -> str:
    token = tokens.new_token()
    with store.write() as session:
        now = clock.now()
        account = people.get_account(session, account_id)
        if account is None:
            raise WrongPassword("E-mail address and password do not belong together. Look at both and try again.")
        if fresh_hash:
            account.password_hash = fresh_hash
        people.delete_expired(session, now)
        people.forget_failures(session, subject)
        people.add_sign_in(session, tokens.digest(token), account_id, now + LASTS)
    return token


def start_without_password(store: Store, account_id: str) -> str:
    """Sign in somebody whom the set-up link has proved to be the host, and return the token for the cookie."""
    return _open(store, account_id, b"")


def remember(store: Store, token: str) -> str:
    """Remember the browser of somebody who just signed in; return the token for its cookie."""
    browser = tokens.new_token()
    with store.write() as session:
        row = people.find_sign_in(session, tokens.digest(token), clock.now())
        if row is None:
            raise WrongPassword("The sign-in has ended. Sign in again.")
        people.add_known_browser(session, tokens.digest(browser), row.account.id, clock.now() + KNOWN_FOR)
    return browser


def knows(store: Store, browser: str) -> bool:
    """Tell whether a token is one of a browser that has tries of its own."""
    plain = tokens.read_token(browser)
    if plain is None:
        return False
    with store.read() as session:
        return people.is_known_browser(session, tokens.digest(plain), clock.now())


def find(store: Store, token: str | None) -> Person | None:
    """Return who is signed in with a cookie's token; None when it is missing, unknown, or has expired."""
    plain = tokens.read_token(token) if token else None
    if plain is None:
        return None
    with store.read() as session:
        row = people.find_sign_in(session, tokens.digest(plain), clock.now())
        return person(row, alliances.peek(session).sample) if row else None


def end(store: Store, token: str | None) -> None:
    """Sign out: the token is worthless from now on."""
    plain = tokens.read_token(token) if token else None
    if plain is not None:
        with store.write() as session:
            people.end_sign_in(session, tokens.digest(plain))


def _subjects(store: Store, address: str, browser: str | None) -> tuple[bytes, bytes | None]:
    """Return what a wrong guess will be counted for; raise TooManyGuesses where there were too many."""
    plain = tokens.read_token(browser) if browser else None
    with store.read() as session:
        now = clock.now()
        if plain and people.knows_browser(session, tokens.digest(plain), address, now):
            subject, everybody = tokens.digest(plain), None
        else:
            subject, everybody = people.subject(address), people.subject("")
        if people.failures(session, subject, now, WINDOW) >= TRIES:
            raise TooManyGuesses("Too many wrong tries for this account. Wait a quarter of an hour and try again.")
        if everybody and people.failures(session, everybody, now, WINDOW) >= TRIES_IN_ALL:
            raise TooManyGuesses("Too many wrong tries on this server. Wait a quarter of an hour and try again.")
    return subject, everybody


def _note(store: Store, subject: bytes, everybody: bytes | None) -> None:
    with store.write() as session:
        for counted in filter(None, (subject, everybody)):
            people.note_failure(session, counted, clock.now(), WINDOW)
