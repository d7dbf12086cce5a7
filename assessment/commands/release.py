"""`release ROUND --format json|csv`: write a sealed round's published results to the output."""

from __future__ import annotations

import argparse
import json
import sys

from assessment.commands.finding import add_round, find_round
from assessment.disclosure.codec import to_json
from assessment.reports.spreadsheet import write_table
from assessment.rounds import published, questionnaire_of
from assessment.settings import Settings
from assessment.storage.engine import open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a round and a format."""
    add_round(parser)
    parser.add_argument("--format", choices=("json", "csv"), default="json", help="default: json")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write what may be known of the round; data/README.md describes both forms."""
    store = open_store(settings.database_url)
    view = find_round(store, args.round)
    release = published(store, view.id)
    if args.format == "csv":
        write_table(sys.stdout, release, questionnaire_of(store, view.id))
    else:
        json.dump(to_json(release), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    return 0
