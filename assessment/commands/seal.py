"""`seal ROUND`: close a round for good."""

from __future__ import annotations

import argparse

from assessment.commands.finding import add_round, find_round
from assessment.rounds import published
from assessment.rounds.sealing import seal
from assessment.settings import Settings
from assessment.storage.engine import open_store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a round."""
    add_round(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Seal the round: answers become published results and are destroyed."""
    store = open_store(settings.database_url)
    view = find_round(store, args.round)
    seal(store, view.id)
    answered = published(store, view.id).facts.answered
    print(f"{view.name} is sealed. {answered:,} answered. The answers are destroyed; only the results are left.")
    return 0
