"""`migrate`: prepare the database, or bring it up to this version."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy import make_url

from assessment.settings import Settings
from assessment.storage.engine import database_file, migrate
from assessment.storage.place import misplaced


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the settings."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Bring the database of the settings to this program's schema."""
    migrate(settings.database_url)
    path = database_file(make_url(settings.database_url))
    wrong = misplaced(path) if path else None
    if wrong:
        print(f"Attention: {wrong}", file=sys.stderr)
    print("The database is ready.")
    return 0
