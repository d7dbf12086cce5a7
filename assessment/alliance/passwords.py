"""Passwords: Argon2id, at most two at work at once, and no difference between a wrong one and a stranger."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from assessment.errors import TendError
from assessment.web.forms import unusable
from assessment.web.pages import CROWDED, Crowded

SHORTEST, LONGEST = 10, 200
AT_ONCE, PATIENCE = 2, 15.0
# RFC 9106's second recommendation: 64 MiB, three passes; four lanes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# 64 MiB each: a flood of guesses waits in a queue instead of eating the memory of a small server.
_PLACES = threading.BoundedSemaphore(AT_ONCE)


def fault(password: str, *others: str) -> str | None:
    """Return what is wrong with a chosen password, None when it may be used; `others` are words too easy to guess."""
    plain = _one_form(password)
    if not plain:
        return "Choose a password."
    if unusable(plain):
        return "The password holds invisible characters. Type it again."
    if len(plain) < SHORTEST:
        return f"The password is too short: use {SHORTEST} characters or more. Three or four words are good."
    if len(plain) > LONGEST:
        return f"The password is too long: use {LONGEST} characters at most."
    if len(set(plain)) < 4 or plain.casefold() in {other.casefold() for other in others}:
        return "This password is too easy to guess. Three or four words that do not belong together are good."
    return None


def invented() -> str:
    """Return a random password that can be read aloud: four groups of five letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def hashed(password: str) -> str:
    """Return what is stored of a password; raise Crowded when too many wait."""
    with _place():
        return _HASHER.hash(_one_form(password))


def verify(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one that was stored. A missing account takes as long as a wrong password."""
    with _place():
        try:
            _HASHER.verify(stored or _nobody(), _one_form(password[: 2 * LONGEST]))
        except VerifyMismatchError:
            return False
        except (VerificationError, InvalidHashError) as error:
            raise TendError("The stored password cannot be read. Run: python -m assessment doctor") from error
    return stored is not None


def outdated(stored: str) -> bool:
    """Tell whether a stored hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(stored)


def _one_form(password: str) -> str:
    # The same password typed on another keyboard must be the same bytes.
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))


@contextmanager
def _place() -> Iterator[None]:
    if not _PLACES.acquire(timeout=PATIENCE):
        raise Crowded(CROWDED)
    try:
        yield
    finally:
        _PLACES.release()
