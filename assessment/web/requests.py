"""Read what every request is asked for, in the least time: a hall asks two thousand times in a second."""

from __future__ import annotations

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """Return the first header of a name, None where there is none. `name` is in small letters, as servers hand them on.

    >>> header({"headers": [(b"host", b"tend.example")]}, b"host"), header({"headers": []}, b"host")
    ('tend.example', None)
    """
    for key, value in scope["headers"]:
        if key == name:
            sent: bytes = value
            return sent.decode("latin-1")
    return None
