"""`import-answers FILE --mapping MAP`: bring another tool's export into a round."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.commands.finding import find_alliance
from assessment.importing.bringing import bring
from assessment.settings import Settings
from assessment.storage.engine import open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the exported file, the mapping, and perhaps another round than the mapping names."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the exported CSV file")
    parser.add_argument("--mapping", metavar="MAP", type=Path, required=True, help="what its columns and values mean")
    parser.add_argument("--round", metavar="ROUND", help="name of the round, in place of the one in the mapping")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Bring in every row, or none, and say what came."""
    store = open_store(settings.database_url)
    done = bring(store, find_alliance(store), settings.instruments, args.file, args.mapping, args.round)
    print(f"{done.rows:,} people's answers are in the {'new ' if done.created else ''}round {done.round_name}.")
    if done.empty:
        print(f"{done.empty:,} rows without an answer were left out.")
    if done.unasked:
        print(f"{done.unasked:,} questions of the round have no column in the file.")
    return 0
