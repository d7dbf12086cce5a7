"""Find what a command names: the alliance of this instance, a round, an organisation."""

from __future__ import annotations

import argparse

from assessment.errors import TendError
from assessment.questionnaire.toml_files import suggestion
from assessment.rounds import RosterView, RoundView, list_rounds
from assessment.storage import alliance as alliances
from assessment.storage.engine import Store


def add_round(parser: argparse.ArgumentParser) -> None:
    """Let a command take a round."""
    parser.add_argument("round", metavar="ROUND", help="the round's name or id")


def find_alliance(store: Store) -> str:
    """Return the id of the alliance of this instance; raise TendError before it is set up."""
    with store.read() as session:
        found = alliances.first_alliance(session)
    if found is None:
        raise TendError("No alliance is set up here yet. Begin with: python -m assessment setup-link")
    return found.id


def find_round(store: Store, named: str) -> RoundView:
    """Return the round with this id or name; raise TendError where there is none."""
    known = list_rounds(store, find_alliance(store))
    for view in known:
        if named == view.id or named.strip().casefold() == view.name.casefold():
            return view
    names = [view.name for view in known]
    listed = f"There are: {', '.join(names)}." if names else "There is none yet."
    raise TendError(f"There is no round {named!r}. {suggestion(named, names, listed)}")


def find_organisation(view: RoundView, named: str) -> RosterView:
    """Return the organisation of a round with this name; raise TendError where it is not asked."""
    for entry in view.roster:
        if named in {entry.organisation_id, entry.name} or named.strip().casefold() == entry.name.casefold():
            return entry
    names = [entry.name for entry in view.roster]
    listed = f"The round asks: {', '.join(names)}." if names else "The round is not open."
    raise TendError(f"{named!r} is not asked in {view.name}. {suggestion(named, names, listed)}")
