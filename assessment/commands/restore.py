"""`restore FILE`: put a backup in the place of what the database holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment import clock
from assessment.rounds.keeping import keep_promises
from assessment.settings import Settings
from assessment.storage import audit
from assessment.storage.backups import KEPT, BackupError, made_at, opened
from assessment.storage.engine import migrate, open_store
from assessment.storage.restoring import restore


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a backup, and what nobody but its owner can know."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that `backup` wrote")
    parser.add_argument("--without", metavar="ROUND", action="append", default=[], help="leave this open round out")
    parser.add_argument("--nothing-sealed", action="store_true", help="no round was sealed or destroyed since")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Restore all of it or nothing, then do at once what the clock has made due since."""
    file: Path = args.file.expanduser().absolute()
    if not file.exists():
        raise BackupError(f"{file} is not there.")
    made = made_at(file)
    if clock.now() - made > KEPT:
        raise BackupError(
            f"{file} is of {made:%d %B %Y}. Members were promised that no backup is used after {KEPT.days} days. "
            "Nothing was changed. Delete it."
        )
    migrate(settings.database_url)
    target = open_store(settings.database_url)
    with opened(file) as backup:
        left_out = restore(backup, target, args.without, nothing_sealed=args.nothing_sealed)
    with target.write() as session:
        audit.note(session, None, "backup restored", f"of {made:%Y-%m-%d %H:%M} UTC")
    if not keep_promises(target):
        print("What the clock has made due since is done within the hour: another process does it, or see the log.")
    print(f"The database is as it was on {made:%d %B %Y at %H:%M} UTC. Everybody signs in again.")
    print("What was destroyed or withdrawn since stays destroyed, as far as the replaced database knew of it.")
    for name in left_out:
        print(f"Left out with its answers: {name}")
    return 0
