"""One sealing for `benchmarks.seal`, in a module that loads nothing else: its memory is that of a server that seals."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from assessment.rounds.sealing import seal
from assessment.storage.engine import Store
from assessment.web.garbage import spared
from benchmarks.apart import Spent, spent
from benchmarks.world import file_url


def seal_copy(folder: Path, round_id: str) -> Spent:
    """Copy the prepared database of a folder, seal its round there, and tell what that took."""
    copy = folder / "copy.db"
    for old in folder.glob("copy.db*"):
        old.unlink()
    shutil.copy(folder / "tend.db", copy)
    store = Store(file_url(folder, copy.name))
    with spared():  # as a server does
        took = spent(partial(seal, store, round_id))
    store.close()
    return took
