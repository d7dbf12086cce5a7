"""The instance that the screens show: its settings and its one open database."""

from __future__ import annotations

from functools import lru_cache

from assessment.settings import Settings, load_settings
from assessment.storage.engine import Store, open_store


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings, read once per process."""
    return load_settings()


def store() -> Store:
    """Return the open database of this process."""
    return open_store(settings().database_url)
