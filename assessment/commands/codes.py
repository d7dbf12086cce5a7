"""`codes ROUND --organisation NAME --count N`: make codes for members."""

from __future__ import annotations

import argparse

from assessment.commands.finding import add_round, find_organisation, find_round
from assessment.rounds import add_codes
from assessment.settings import Settings
from assessment.storage.engine import open_store
from assessment.tokens import grouped


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a round, an organisation, how many codes, and for how many people each."""
    add_round(parser)
    parser.add_argument("--organisation", metavar="NAME", help="whose codes they are (default: a person chooses)")
    parser.add_argument("--count", metavar="N", type=int, default=1, help="how many codes (default: 1)")
    parser.add_argument("--seats", metavar="N", type=int, default=1, help="how many people a code lets in (default: 1)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print one code a line. They are shown this once: only their hashes are kept."""
    store = open_store(settings.database_url)
    view = find_round(store, args.round)
    organisation = find_organisation(view, args.organisation).organisation_id if args.organisation else None
    for code in add_codes(store, view.id, organisation, args.count, args.seats):
        print(grouped(code))
    return 0
