"""`demo`: fill an empty database with the sample alliance."""

from __future__ import annotations

import argparse

from assessment.alliance import setup
from assessment.commands.addresses import add_base, base
from assessment.settings import Settings
from assessment.storage.engine import migrate, open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the address at which browsers reach this instance."""
    add_base(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Fill the database, unless it holds the sample already, and print a link that signs its coordinator in once."""
    migrate(settings.database_url)
    store = open_store(settings.database_url)
    address = base(args, settings)
    link = setup.setup_link(store, address)
    if setup.is_empty(store):
        setup.fill_with_sample(store, link.rsplit("/", 1)[1])
        link = setup.setup_link(store, address)
    print(link)
    return 0
