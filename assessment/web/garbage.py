"""Let the collector of garbage look at what comes and goes, not again and again at all that a server has loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 20_000
"""New objects after which Python looks for garbage among them. Its own 700 are ten requests of a hall: what a request
still needs would be looked through, and kept, hundreds of times a second."""


@contextmanager
def spared() -> Iterator[None]:
    """Look at what is there already no more, and at what is new more rarely, until leaving.

    A hall's saves spent half of their time on it: with all libraries loaded, a look at everything takes a tenth of a
    second. What becomes garbage from now on is found as before.
    """
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
