"""A page with a gap is ordinary gzip, whatever fills the gap."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.collect.screens import ANYBODY
from assessment.web.forms import unusable
from assessment.web.spliced import Spliced

MARK = b"@here@"
page = st.binary(max_size=3_000).filter(lambda text: MARK not in text)


@example(before=b"", after=bytes(3), filling=b"\0\0\0\0\0\0\0\1")
@given(before=page, after=page, filling=st.binary(min_size=8, max_size=8))
def test_whatever_fills_the_gap_comes_back(before: bytes, after: bytes, filling: bytes) -> None:
    spliced = Spliced(before + MARK + after, MARK, 8)
    assert spliced.plain(filling) == before + filling + after
    assert gzip.decompress(spliced.compressed(filling)) == before + filling + after


def test_what_comes_after_the_gap_still_profits_from_what_came_before() -> None:
    text = b"".join(b"<p>question %d of an alliance</p>" % (number * number) for number in range(300))
    spliced = Spliced(text + MARK + text, MARK, 8)
    assert len(spliced.compressed(b"12345678")) < 1.5 * len(gzip.compress(text))


def test_it_is_one_member_that_streaming_readers_end_with() -> None:
    reader = zlib.decompressobj(31)
    assert reader.decompress(Spliced(b"a" + MARK + b"b", MARK, 2).compressed(b"xy")) == b"axyb"
    assert (reader.eof, reader.unused_data) == (True, b"")


@pytest.mark.parametrize("plain", [b"no gap", b"two " + MARK + MARK])
def test_a_page_has_one_gap(plain: bytes) -> None:
    with pytest.raises(ValueError, match="must stand once"):
        Spliced(plain, MARK, 8)


@pytest.mark.parametrize("filling", [b"", b"short", b"much too long"])
def test_a_filling_has_the_size_of_its_gap(filling: bytes) -> None:
    with pytest.raises(ValueError, match="8 bytes fit here"):
        Spliced(b"a" + MARK + b"b", MARK, 8).compressed(filling)


def test_no_name_and_no_question_can_hold_the_mark_of_members_pages() -> None:
    assert unusable(ANYBODY)
