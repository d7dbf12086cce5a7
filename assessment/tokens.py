"""Secrets that people carry: codes, return codes, links. 128 random bits as 26 base32 characters."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from hmac import compare_digest
from typing import NamedTuple

LENGTH = 26
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_MISREAD = str.maketrans("018", "OIB")
ROOM_LENGTH = 6
PROOF_LENGTH = 10
"""Letters in a QR that nobody has to type: 50 bits, of which nobody guesses all."""
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
    if len(typed) == LENGTH and set(typed) <= _ALPHABET:
        return typed  # as a browser carries it
    if len(typed) > 200:
        return None
    plain = "".join(typed.split()).replace("-", "").upper().translate(_MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= _ALPHABET else None


def digest(token: str) -> bytes:
    """Return what is stored instead of a secret: its SHA-256. 128 random bits need no salt."""
    return hashlib.sha256(token.encode("ascii")).digest()


def short_digest(token: str) -> bytes:
    """Return what an open round stores instead of a code or a key: half of its digest, as much as the secret holds.

    There is one with every ballot, so that its size counts.
    """
    return digest(token)[:16]


def grouped(token: str) -> str:
    """Return a secret in groups that can be read aloud and typed: XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX."""
    return "-".join([token[0:5], token[5:10], token[10:15], token[15:20], token[20:]])


class RoomCode(NamedTuple):
    """A room code as it came in; `proof` is what a QR carries beside it, "" for one that was typed."""

    code: str
    proof: str

    def proven(self, secret: str | None) -> bool:
        """Tell whether it was scanned from the screen of this secret: then it is no guess, whoever guesses beside."""
        return bool(secret) and compare_digest(self.proof, _proof(secret or ""))


def new_room_code() -> str:
    """Return a fresh room code: 6 letters to type from a projected screen, one of 47 million."""
    return "".join(secrets.choice(_ROOM_ALPHABET) for _ in range(ROOM_LENGTH))


def room_code_to_scan(code: str, secret: str) -> str:
    """Return a room code with the proof that it was scanned from the screen of this secret; alone where there is none.

    >>> read_room_code(room_code_to_scan("BCDFGH", "MZXW6")).proven("MZXW6")
    True
    """
    return f"{code}-{_proof(secret)}" if secret else code


def read_room_code(typed: str) -> RoomCode | None:
    """Return a typed or scanned room code in its one form, or None where it cannot be one.

    >>> read_room_code("bcd-fgh ").code, read_room_code("bcdfga"), read_room_code("")
    ('BCDFGH', None, None)
    """
    plain = "".join(typed[:40].split()).replace("-", "").upper()
    code, proof = plain[:ROOM_LENGTH], plain[ROOM_LENGTH:]
    fits = len(proof) in (0, PROOF_LENGTH) and set(proof) <= _ALPHABET
    return RoomCode(code, proof) if len(code) == ROOM_LENGTH and set(code) <= set(_ROOM_ALPHABET) and fits else None


def _proof(secret: str) -> str:
    return b32encode(hashlib.sha256(b"scanned:" + secret.encode()).digest()).decode("ascii")[:PROOF_LENGTH]
