"""Bring an exported file into a round: read and check everything first, then store all of it in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessment.alliance import organisations
from assessment.alliance.values import OrganisationDraft
from assessment.disclosure.rules import Attribution, Rules
from assessment.errors import FaultyFile, TendError
from assessment.importing.mapping import Mapping, OrganisationTable, check_mapping, read_mapping
from assessment.importing.reading import Export, FaultyRows, Row, read_export
from assessment.questionnaire.loading import STRUCTURE, load_questionnaire
from assessment.questionnaire.snapshot import short_form
from assessment.questionnaire.values import Questionnaire
from assessment.rounds import (
    ImportedBallot,
    RoundPlan,
    RoundView,
    create_round,
    import_ballots,
    list_rounds,
    open_round,
    questionnaire_of,
    round_view,
)
from assessment.storage.engine import Store
from assessment.storage.tables import State
from assessment.storage.together import together


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: `empty` rows had no answer and were left out, `unasked` questions have no column."""

    round_id: str
    round_name: str
    rows: int
    empty: int
    unasked: int
    created: bool


def bring(
    store: Store, alliance_id: str, instruments: Path, file: Path, mapping_file: Path, named: str | None
) -> Brought:
    """Import a file into the round that its mapping (or `named`) tells, all or nothing.

    Raises FaultyFile for the mapping, FaultyRows for the file's rows, TendError where the round or an organisation
    is not there and the mapping does not say to create it.
    """
    mapping = read_mapping(mapping_file)
    name = named or mapping.round.name
    existing = next((r for r in list_rounds(store, alliance_id) if r.name.casefold() == name.casefold()), None)
    _check_round(existing, name, mapping)
    if existing:
        questionnaire = asked = questionnaire_of(store, existing.id)
    else:
        questionnaire = load_questionnaire(_folder(mapping.round.instrument, instruments, mapping_file))
        asked = short_form(questionnaire) if mapping.round.short_form else questionnaire
    faults = check_mapping(mapping_file.name, mapping, asked)
    if faults:
        raise FaultyFile(faults)
    export = read_export(file, mapping, asked)
    with together(store) as one:
        _add_organisations(one, alliance_id, mapping.organisation, export)
        round_id = existing.id if existing else _create(one, alliance_id, name, mapping, questionnaire)
        ids = _organisation_ids(round_view(one, round_id), mapping, file.name, export)
        import_ballots(one, round_id, [_ballot(row, ids) for row in export.rows])
    unasked = len(asked.questions) - len(mapping.answers.columns)
    return Brought(round_id, name, len(export.rows), export.empty, unasked, existing is None)


def _check_round(existing: RoundView | None, name: str, mapping: Mapping) -> None:
    if existing is None and not mapping.round.create:
        raise TendError(f"There is no round {name!r}. Create it, or write create = true under [round] in the mapping.")
    if existing and existing.state is not State.OPEN:
        raise TendError(f"The round {name!r} is {existing.state}. Only an open round takes answers.")


def _folder(instrument: str, instruments: Path, mapping_file: Path) -> Path:
    for folder in (mapping_file.parent / instrument, instruments / instrument):
        if (folder / STRUCTURE).is_file():
            return folder
    raise TendError(
        f"There is no questionnaire {instrument!r}, neither beside {mapping_file.name} nor in {instruments}. "
        "Correct instrument under [round]."
    )


def _add_organisations(store: Store, alliance_id: str, table: OrganisationTable | None, export: Export) -> None:
    if table is None or not table.create:
        return
    known = {o.name.casefold() for o in organisations.list_organisations(store, alliance_id)}
    wanted = dict.fromkeys([*table.names.values(), *sorted(export.headcounts)])
    drafts = [
        OrganisationDraft(name, chapter=table.chapters.get(name), headcount=table.headcounts.get(name))
        for name in wanted
        if name.casefold() not in known
    ]
    if drafts:
        organisations.add(store, alliance_id, drafts)


def _create(store: Store, alliance_id: str, name: str, mapping: Mapping, questionnaire: Questionnaire) -> str:
    table = mapping.round
    rules = Rules(
        k=table.k,
        k_text=table.k_text,
        protection=table.protection,
        attribution=table.attribution,
        breakdown=table.breakdown,
        lens=table.lens,
    )
    languages = tuple(table.languages) or tuple(sorted(questionnaire.texts))
    plan = RoundPlan(name, table.short_form, languages, rules, table.phase)
    round_id = create_round(store, alliance_id, plan, questionnaire)
    open_round(store, round_id)
    return round_id


def _organisation_ids(view: RoundView, mapping: Mapping, file: str, export: Export) -> dict[str, str]:
    """Return the ids of the round's organisations by case-folded name; raise FaultyRows for rows of others."""
    ids = {entry.name.casefold(): entry.organisation_id for entry in view.roster}
    column = mapping.organisation.column if mapping.organisation else ""
    faults = [
        f"row {row.number}, column {column}: {row.organisation!r} is not asked in this round. "
        "Add it to the alliance, or write create = true under [organisation]."
        for row in export.rows
        if row.organisation and row.organisation.casefold() not in ids
    ]
    if view.plan.rules.attribution is not Attribution.ALLIANCE:
        faults += _too_many(view, export)
    if faults:
        raise FaultyRows(file, faults)
    return ids


def _too_many(view: RoundView, export: Export) -> list[str]:
    """Say where a file holds more people than were asked: shares of those asked would be nonsense."""
    found = {name.casefold(): count for name, count in export.headcounts.items()}
    return [
        f"{entry.name} has {found[entry.name.casefold()]} rows, but only {entry.headcount} people were asked there. "
        "Correct its headcount."
        for entry in view.roster
        if entry.headcount is not None and found.get(entry.name.casefold(), 0) > entry.headcount
    ]


def _ballot(row: Row, ids: dict[str, str]) -> ImportedBallot:
    return ImportedBallot(row.values, ids[row.organisation.casefold()] if row.organisation else None)
