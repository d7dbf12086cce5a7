"""`migrate`: prepare the database, or bring it up to this version."""

from __future__ import annotations

import argparse

from assessment.settings import Settings
from assessment.storage.engine import migrate


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the settings."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Bring the database of the settings to this program's schema."""
    migrate(settings.database_url)
    print("The database is ready.")
    return 0
