"""Forms from anybody: what arrives is read field by field, and a fault spoils its own field only."""

from __future__ import annotations

import asyncio
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from assessment.web.forms import FIELD_COUNT, FIELD_LIMIT, FORM_TYPE, Form, Refused, parse, read_form, unusable


@given(st.dictionaries(st.text(max_size=20).filter(lambda t: not unusable(t) and "\r" not in t), st.text(max_size=50)))
def test_what_a_browser_sends_arrives_as_typed(fields: dict[str, str]) -> None:
    usable = {name: value for name, value in fields.items() if not unusable(value)}
    sent = urlencode({name: value.replace("\n", "\r\n") for name, value in usable.items() if "\r" not in value})
    assert parse(sent.encode()).values == {name: value for name, value in usable.items() if "\r" not in value}


@given(st.binary(max_size=300))
def test_any_bytes_give_text_that_can_be_stored(body: bytes) -> None:
    form = parse(body)
    texts = [*form.values, *form.values.values()]
    assert not any(unusable(text) for text in texts)
    assert all(text.encode("utf-8") is not None for text in texts)


@pytest.mark.parametrize(
    ("raw", "shown", "fault"),
    [
        ("a%00b", "ab", "invisible"),
        ("%E2%80%AEabc", "abc", "invisible"),
        ("%E2%81%A6abc", "abc", "invisible"),
        ("%ED%A0%80abc", "\ufffd\ufffd\ufffdabc", "could not be read"),
        ("%FF", "\ufffd", "could not be read"),
        ("%07", "", "invisible"),
        ("x" * (FIELD_LIMIT + 1), "x" * FIELD_LIMIT, "too long"),
    ],
    ids=["nul", "override", "isolate", "surrogate", "no-utf8", "bell", "long"],
)
def test_a_faulty_field_keeps_what_can_be_shown_and_the_others_keep_all(raw: str, shown: str, fault: str) -> None:
    form = parse(f"name=Ana&note={raw}".encode())
    assert form.values == {"name": "Ana", "note": shown}
    assert list(form.faults) == ["note"]
    assert fault in form.faults["note"]


@pytest.mark.parametrize("typed", ["line one\nline two\ttab", "\u200fعربي\u200e", "é", "👩‍👩‍👧", "a\u00a0b"])
def test_what_people_write_is_no_fault(typed: str) -> None:
    assert parse(f"note={quote(typed)}".encode()).faults == {}


def test_a_field_that_is_sent_twice_keeps_the_first_and_says_so() -> None:
    form = parse(b"a=1&a=2&b=3")
    assert (form.values, list(form.faults)) == ({"a": "1", "b": "3"}, ["a"])


def test_fields_that_a_page_does_not_have_are_found() -> None:
    assert parse(b"a=1&b=2").foreign(["a"]) == ("b",)


@pytest.mark.parametrize(("count", "taken"), [(FIELD_COUNT, True), (FIELD_COUNT + 1, False)])
def test_more_fields_than_any_page_has_are_refused(count: int, taken: bool) -> None:
    body = b"&".join(b"f%d=1" % number for number in range(count))
    if taken:
        assert len(parse(body).values) == count
    else:
        with pytest.raises(Refused) as refused:
            parse(body)
        assert refused.value.status == 400


PLAIN = st.text("abAB01._-", min_size=1, max_size=6)


@given(st.lists(st.tuples(PLAIN | st.just("n" * 201), PLAIN | st.just("")), max_size=8))
def test_a_form_of_plain_letters_reads_as_the_same_form_written_in_escapes(fields: list[tuple[str, str]]) -> None:
    """Escapes take the long way through every check; plain letters take the short one."""
    escaped = "&".join(f"{name}={''.join(f'%{ord(c):02X}' for c in value)}" for name, value in [*fields, ("z", "z")])
    assert parse("&".join(f"{n}={v}" for n, v in [*fields, ("z", "z")]).encode()) == parse(escaped.encode())


def test_many_short_fields_are_too_many_in_plain_letters_too() -> None:
    with pytest.raises(Refused, match="More fields"):
        parse("&".join(f"{number}=" for number in range(FIELD_COUNT + 1)).encode())


def arriving(*pieces: bytes | None, limit: int = 20) -> Form:
    """Read a form that comes in pieces, its length untold; None is somebody who went away."""
    messages: list[Message] = [
        {"type": "http.disconnect"} if piece is None else {"type": "http.request", "body": piece, "more_body": True}
        for piece in pieces
    ]

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "http.request"}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", FORM_TYPE.encode())]}
    return asyncio.run(read_form(Request(scope, receive), body_limit=limit))


def test_a_form_that_comes_in_pieces_is_read_whole() -> None:
    assert arriving(b"one=1&t", b"", b"wo=2").values == {"one": "1", "two": "2"}


def test_pieces_without_end_are_refused_at_the_limit() -> None:
    with pytest.raises(Refused) as refused:
        arriving(*[b"a=" + b"x" * 9] * 1_000)
    assert refused.value.status == 413


def test_nothing_is_read_of_who_went_away_in_the_middle() -> None:
    with pytest.raises(ClientDisconnect):
        arriving(b"one=1", None)
