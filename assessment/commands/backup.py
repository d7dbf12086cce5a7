"""`backup FILE`: write the whole instance into one file, while it is in use."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.settings import Settings
from assessment.storage.backups import KEPT, outdated, write_backup
from assessment.storage.engine import open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file that is not there yet."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write; none is overwritten")
    parser.add_argument("--remove-old", action="store_true", help="delete backups beside it that are past their time")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, then name or delete the older ones beside it that members were promised would be gone."""
    file: Path = args.file.expanduser().absolute()
    store = open_store(settings.database_url)
    made = write_backup(store, file)
    print(f"{file}: everything that was saved before {made:%Y-%m-%d %H:%M:%S} UTC. Only you can read it.")
    print(f"It holds answers of open rounds: keep it where nobody else comes, and delete it after {KEPT.days} days.")
    for old in outdated(file.parent, store.path):
        if args.remove_old:
            old.unlink()
        print(
            f"Older than {KEPT.days} days, {'deleted' if args.remove_old else 'delete it (or use --remove-old)'}: {old}"
        )
    return 0
