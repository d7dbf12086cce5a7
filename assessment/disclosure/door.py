"""The seal on published values: they are made inside the door, or not at all.

Only `release` (sealing), `codec` (reading what was sealed) and `polls` (revealing votes in a room) open it; a test
reads the imports and holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_opened: ContextVar[bool] = ContextVar("door", default=False)


class NotThroughTheDoor(TypeError):
    """Raised where somebody makes a published value of numbers that no release let out."""


@contextmanager
def door() -> Iterator[None]:
    """Let published values be made inside this block, in this thread or task only."""
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


class Sealed:
    """Refuse to be made outside the door."""

    __slots__ = ()

    def __post_init__(self) -> None:
        if not _opened.get():
            raise NotThroughTheDoor(f"{type(self).__name__} is made by sealing a round or by reading a release only")
