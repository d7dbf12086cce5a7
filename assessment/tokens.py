"""Secrets that people carry: codes, return codes, links. 128 random bits as 26 base32 characters."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode

LENGTH = 26
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_MISREAD = str.maketrans("018", "OIB")
ROOM_LENGTH = 6
_ROOM_ALPHABET = "BCDFGHJKMNPQRTVWXYZ"
"""No vowels, so that no word comes out, and no letter that is read as another one from the back of a hall."""


def new_token() -> str:
    """Return a fresh secret of 26 base32 characters."""
    return b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=")


def read_token(typed: str) -> str | None:
    """Return what somebody typed in its one form, or None where it cannot be a secret.

    Case, spaces and hyphens do not matter; the digits 0, 1 and 8, which base32 lacks, are read as O, I and B.

    >>> read_token(" mzxw6-ytboi-0aaaa aaaaa-aaaaaa ")
    'MZXW6YTBOIOAAAAAAAAAAAAAAA'
    >>> read_token("short") is None
    True
    """
    if len(typed) > 200:
        return None
    plain = "".join(typed.split()).replace("-", "").upper().translate(_MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= _ALPHABET else None


def digest(token: str) -> bytes:
    """Return what is stored instead of a secret: its SHA-256. 128 random bits need no salt."""
    return hashlib.sha256(token.encode("ascii")).digest()


def grouped(token: str) -> str:
    """Return a secret in groups that can be read aloud and typed: XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX."""
    return "-".join([token[0:5], token[5:10], token[10:15], token[15:20], token[20:]])


def new_room_code() -> str:
    """Return a fresh room code: 6 letters to type from a projected screen, one of 47 million."""
    return "".join(secrets.choice(_ROOM_ALPHABET) for _ in range(ROOM_LENGTH))


def read_room_code(typed: str) -> str | None:
    """Return a typed room code in its one form, or None where it cannot be one.

    >>> read_room_code("bcd-fgh "), read_room_code("bcdfga"), read_room_code("")
    ('BCDFGH', None, None)
    """
    plain = "".join(typed[:40].split()).replace("-", "").upper()
    return plain if len(plain) == ROOM_LENGTH and set(plain) <= set(_ROOM_ALPHABET) else None
