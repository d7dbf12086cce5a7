"""A page that is compressed once and differs in one short place: the place is put in without compressing it again."""

from __future__ import annotations

import zlib
from struct import pack

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_RAW, _MOST_MEMORY = -15, 9
LEVEL = 9


class Spliced:
    """A page as gzip, with a gap of a fixed number of bytes that each answer fills.

    What comes before and after the gap is compressed once; the gap travels as a stored block between them. All of it
    is one ordinary gzip member, with the checksum of the page as it reads.
    """

    def __init__(self, plain: bytes, mark: bytes, size: int) -> None:
        """Take a page in which `mark` stands once, where `size` bytes will be."""
        self.before, found, self.after = plain.partition(mark)
        if not found or mark in self.after:
            raise ValueError(f"{mark!r} must stand once in the page")
        self.size = size
        first = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW, _MOST_MEMORY)
        block = pack("<BHH", 0, size, size ^ 0xFFFF)
        self._first = _HEAD + first.compress(self.before) + first.flush(zlib.Z_SYNC_FLUSH) + block
        # The second half may refer to the first, and never into the gap between them: it counts for the distance, as
        # zeros, which no page of ours contains. One that did would stand on its own.
        known = self.before + bytes(size) if b"\0" not in self.after else b""
        rest = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW, _MOST_MEMORY, zlib.Z_DEFAULT_STRATEGY, known)
        self._rest = rest.compress(self.after) + rest.flush(zlib.Z_FINISH)
        self._checked = zlib.crc32(self.before)
        self._length = len(self.before) + size + len(self.after)

    def plain(self, filling: bytes) -> bytes:
        """Return the page with the gap filled."""
        return self.before + self._fitting(filling) + self.after

    def compressed(self, filling: bytes) -> bytes:
        """Return the page with the gap filled, as gzip."""
        checksum = zlib.crc32(self.after, zlib.crc32(self._fitting(filling), self._checked))
        return self._first + filling + self._rest + pack("<II", checksum, self._length & 0xFFFFFFFF)

    def _fitting(self, filling: bytes) -> bytes:
        if len(filling) != self.size:
            raise ValueError(f"{self.size} bytes fit here, not {len(filling)}")
        return filling
