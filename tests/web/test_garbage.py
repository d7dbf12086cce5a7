"""The collector of garbage leaves alone what the server has loaded, and still finds what requests leave behind."""

from __future__ import annotations

import gc
import weakref

from assessment.web.garbage import YOUNG, spared


class Knot:
    """Something that holds itself, which only the collector can take away."""

    def __init__(self) -> None:
        self.self = self


def test_what_is_there_is_left_alone_and_what_comes_is_still_collected() -> None:
    before, old = gc.get_threshold(), Knot()
    with spared():
        assert gc.get_threshold() == (YOUNG, *before[1:])
        assert not any(one is old for one in gc.get_objects())
        gone = weakref.ref(Knot())
        gc.collect()
        assert gone() is None
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
