"""`copy --from URL --to URL`: move the whole instance into another database."""

from __future__ import annotations

import argparse

from sqlalchemy import make_url

from assessment.errors import TendError
from assessment.settings import Settings, database_url
from assessment.storage.backups import unmark
from assessment.storage.copying import copy_all, digests
from assessment.storage.engine import migrate, open_store

CHANGED = 1
WRITTEN_TO = (
    "While it was copied, somebody wrote to the first database: what came then is not in the copy. "
    "Stop the server, then copy again into an empty database."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take two addresses of databases."""
    parser.add_argument("--from", dest="source", metavar="URL", required=True, help="the database to copy")
    parser.add_argument(
        "--to", dest="target", metavar="URL", required=True, help="an empty one: made where it is a file"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Copy everything or nothing, and say what; 1 where the first database was written to meanwhile."""
    source, target = database_url(args.source, "--from"), database_url(args.target, "--to")
    if make_url(source) == make_url(target):
        raise TendError("--from and --to name the same database.")
    from_ = open_store(source)
    from_.check()
    migrate(target)
    to = open_store(target)
    copied = copy_all(from_, to)
    for table in copied:
        print(f"{table.rows:>9,} {table.table}")
    print(f"{sum(table.rows for table in copied):>9,} rows in all; both databases were read again and hold the same.")
    with to.write() as session:
        unmark(session)
    if digests(from_) != copied:
        print(WRITTEN_TO)
        return CHANGED
    print("Set DATABASE_URL to the new database and start. The first one still holds everything: destroy it then.")
    return 0
