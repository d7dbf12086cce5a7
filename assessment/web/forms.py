"""Read posted forms with suspicion: size, encoding, doubled fields and unusable characters.

A fault belongs to its field, so that everything else that was typed stays on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from assessment.errors import TendError
from assessment.web.requests import header

BODY_LIMIT = 2 * 1024 * 1024
FIELD_LIMIT = 4_000
NAME_LIMIT = 200
FIELD_COUNT = 400
FORM_TYPE = "application/x-www-form-urlencoded"

# Control characters but tab and line ends, bidirectional overrides and isolates, and what is no character.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(rb"[A-Za-z0-9._-]+=[A-Za-z0-9._-]*(?:&[A-Za-z0-9._-]+=[A-Za-z0-9._-]*)*")


class Refused(TendError):
    """Refuse a request with a status of 400 and above and a sentence for people."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted: one usable value per field, and what was wrong with it, by the field's name.

    A faulty field keeps its value without the unusable characters and cut to the limit, to be shown again;
    nothing of it may be stored.
    """

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a field without blanks around it; empty when it is missing."""
        return self.values.get(name, "").strip()

    def foreign(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the names of fields that the page never had."""
        allowed = set(known)
        return tuple(name for name in self.values if name not in allowed)


async def read_form(request: Request, *, body_limit: int = BODY_LIMIT, field_limit: int = FIELD_LIMIT) -> Form:
    """Read a posted form; raise Refused where it is no form or larger than `body_limit` bytes."""
    kind = (header(request.scope, b"content-type") or "").split(";")[0].strip().lower()
    if kind != FORM_TYPE and not _is_empty(request):
        raise Refused(415, "This address takes the form of its page only. Go back to the page and send it from there.")
    return parse(await _body(request, body_limit), field_limit)


def parse(body: bytes, field_limit: int = FIELD_LIMIT) -> Form:
    """Read the bytes of a form; raise Refused for more fields than any page has.

    >>> parse(b"name=Harbour+Alliance&name=twice&note=a%00b").faults["name"]
    'This was sent twice. Choose one answer.'
    """
    plain = _of_plain_letters(body, field_limit)
    if plain is not None:
        return plain
    pairs = [pair for pair in body.split(b"&") if pair]
    if len(pairs) > FIELD_COUNT:
        raise Refused(400, "More fields arrived than any of our pages has. Go back to the page and send it from there.")
    values: dict[str, str] = {}
    faults: dict[str, str] = {}
    for pair in pairs:
        raw_name, _, raw_value = pair.partition(b"=")
        name, _ = _read(raw_name, NAME_LIMIT)
        value, fault = _read(raw_value, field_limit)
        if name in values:
            faults[name] = "This was sent twice. Choose one answer."
            continue
        values[name] = value
        if fault:
            faults[name] = fault
    return Form(values, faults)


def unusable(text: str) -> bool:
    """Tell whether a text holds characters that we neither store nor show."""
    return _UNUSABLE.search(text) is not None


def _of_plain_letters(body: bytes, limit: int) -> Form | None:
    """Return a form in which nothing needs a closer look, as nearly all of a hall's are; None for another one."""
    if len(body) > limit or not _PLAIN.fullmatch(body):
        return None
    pairs = [pair.partition("=") for pair in body.decode("ascii").split("&")]
    values = {name: value for name, _, value in pairs}
    each_once = len(values) == len(pairs) <= FIELD_COUNT
    return Form(values) if each_once and max(map(len, values)) <= NAME_LIMIT else None


def _read(raw: bytes, limit: int) -> tuple[str, str | None]:
    """Return a usable text and what was wrong with it."""
    plain = unquote_to_bytes(raw.replace(b"+", b" "))
    fault = None
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        text = plain.decode("utf-8", errors="replace")
        fault = "Some characters could not be read. Type this again."
    if unusable(text):
        text = _UNUSABLE.sub("", text)
        fault = "This holds invisible characters that we cannot keep. Look at it and send it again."
    if len(text) > limit:
        fault = f"This is too long: {limit:,} characters at most. Shorten it."
        text = text[:limit]
    return text.replace("\r\n", "\n"), fault


def _is_empty(request: Request) -> bool:
    """Tell whether nothing was posted: a button alone, from a program that then names no type either."""
    named = {"content-type", "transfer-encoding"} & set(request.headers)
    return not named and request.headers.get("content-length", "0") == "0"


async def _body(request: Request, limit: int) -> bytes:
    declared = header(request.scope, b"content-length")
    if declared is not None and not (declared.isdigit() and int(declared) <= limit):
        raise _too_large()
    body, more = bytearray(), True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise _too_large()
    return bytes(body)


def _too_large() -> Refused:
    return Refused(413, "This is more than we can take in one go. Go back and shorten it.")
