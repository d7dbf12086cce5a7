"""`audit ROUND`: run the attacker on a sealed round's published results."""

from __future__ import annotations

import argparse
from itertools import takewhile

from assessment.commands.finding import add_round, find_round
from assessment.disclosure.audit import audit_release, report_lines
from assessment.rounds import published, questionnaire_of, releases
from assessment.settings import Settings
from assessment.storage.engine import open_store

GIVES_AWAY = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a round."""
    add_round(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what was tried; return 1 where anything about fewer people than promised could be computed."""
    store = open_store(settings.database_url)
    view = find_round(store, args.round)
    release = published(store, view.id)
    before = takewhile(lambda other: other.facts.round_id != view.id, releases(store, view.alliance_id))
    report = audit_release(release, questionnaire_of(store, view.id), tuple(before))
    for line in report_lines(report):
        print(line)
    return 0 if report.withstood else GIVES_AWAY
