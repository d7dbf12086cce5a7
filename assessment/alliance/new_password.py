"""New passwords: by their owner's choice, or invented for somebody who forgot. All older sign-ins end."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from assessment import clock, tokens
from assessment.alliance import passwords
from assessment.alliance.accounts import one_form, refuse
from assessment.alliance.sign_in import KNOWN_FOR, LASTS
from assessment.alliance.values import FieldFaults
from assessment.errors import TendError
from assessment.storage import audit, people
from assessment.storage.engine import Store
from assessment.storage.tables import Account


class Changed(NamedTuple):
    """Tokens for the browser in which a password was changed: its sign-in, and that it is known."""

    sign_in: str
    browser: str


class Reset(NamedTuple):
    """An invented password, and the token of a browser that has tries of its own, whoever else guesses."""

    password: str
    browser: str


def change(store: Store, account_id: str, current: str, new: str) -> Changed:
    """Replace a password by its owner's choice and end every sign-in but a fresh one of the browser that did it.

    All of it happens, or nothing. Raise FieldFaults where it cannot be.
    """
    with store.read() as session:
        account = people.get_account(session, account_id)
    if account is None or not passwords.verify(current, account.password_hash):
        raise FieldFaults({"current": "This is not your current password. Type it again."})
    refuse({"password": passwords.fault(new, account.email, account.name)})
    stored, changed = passwords.hashed(new), Changed(tokens.new_token(), tokens.new_token())
    with store.write() as session:
        account = _replace(session, account.email, stored, account_id)
        people.add_sign_in(session, tokens.digest(changed.sign_in), account.id, clock.now() + LASTS)
        people.add_known_browser(session, tokens.digest(changed.browser), account.id, clock.now() + KNOWN_FOR)
    return changed


def reset(store: Store, email: str) -> Reset:
    """Give an account an invented password and end its sign-ins; raise TendError for a stranger.

    The token is for `/sign-in/TOKEN`: there the new password is taken whatever strangers try on this address.
    """
    made = Reset(passwords.invented(), tokens.new_token())
    stored = passwords.hashed(made.password)
    with store.write() as session:
        account = _replace(session, one_form(email), stored, None)
        people.add_known_browser(session, tokens.digest(made.browser), account.id, clock.now() + KNOWN_FOR)
    return made


def _replace(session: Session, email: str, stored: str, by: str | None) -> Account:
    account = people.find_account(session, email)
    if account is None:
        raise TendError(f"No account has the e-mail address {email}. Look at how it was written when it was added.")
    account.password_hash = stored
    people.end_sign_ins(session, account.id)
    people.forget_failures(session, people.subject(email))
    audit.note(session, by, "password changed", email)
    return account
