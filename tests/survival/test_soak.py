"""Two minutes of use as on the busiest day: nothing piles up. The hour is `python -m tests.survival.soak`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.survival.hall import Faults
from tests.survival.processes import Nursery
from tests.survival.soak import soak

SECONDS = 120


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process takes")
def test_two_minutes_of_use_pile_nothing_up(
    nursery: Nursery, sqlite_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    soaked = soak(nursery, sqlite_url, tmp_path, SECONDS)
    record_property("counted", f"soak: {soaked}")
    assert soaked.faults == Faults()
    assert not soaked.piles_up
