"""`setup-link`: print the one-time link with which an empty instance is set up."""

from __future__ import annotations

import argparse
import sys

from assessment.alliance import setup
from assessment.commands.addresses import add_base, base
from assessment.settings import Settings
from assessment.storage.engine import open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the address at which browsers reach this instance."""
    add_base(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print one link as the only line of the output; print none where an alliance is set up already."""
    try:
        link = setup.setup_link(open_store(settings.database_url), base(args, settings))
    except setup.NotAllowed as refused:
        print(refused, file=sys.stderr)
        return 0
    print(link)
    return 0
