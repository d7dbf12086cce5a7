"""Rounds from draft to release: plan and open, collect, seal, read what was published."""

from assessment.rounds.collecting import add_codes, destroy_round, finish_purge, import_ballots, progress
from assessment.rounds.planning import (
    create_round,
    delete_draft,
    edit_round,
    list_rounds,
    open_round,
    plan_faults,
    questionnaire_of,
    round_view,
)
from assessment.rounds.published import published, published_for, published_for_members, releases
from assessment.rounds.sealing import seal, seal_overdue
from assessment.rounds.values import (
    FaultyImport,
    ImportedBallot,
    ImportFault,
    OrganisationProgress,
    Progress,
    RosterView,
    RoundError,
    RoundPlan,
    RoundView,
    State,
)

__all__ = [
    "FaultyImport",
    "ImportFault",
    "ImportedBallot",
    "OrganisationProgress",
    "Progress",
    "RosterView",
    "RoundError",
    "RoundPlan",
    "RoundView",
    "State",
    "add_codes",
    "create_round",
    "delete_draft",
    "destroy_round",
    "edit_round",
    "finish_purge",
    "import_ballots",
    "list_rounds",
    "open_round",
    "plan_faults",
    "progress",
    "published",
    "published_for",
    "published_for_members",
    "questionnaire_of",
    "releases",
    "round_view",
    "seal",
    "seal_overdue",
]
