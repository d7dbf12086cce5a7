"""What each setting of a round costs and gains, in one plain sentence."""

from __future__ import annotations

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection

LENGTHS = {
    False: ("All questions", "About 13 minutes: the whole picture, with every reading of it."),
    True: (
        "The short form",
        "About 3 minutes, twelve questions: more people answer, but dimensions are told less surely.",
    ),
}
PROTECTIONS = {
    Protection.GUARDED: (
        "Guarded",
        "Knowing these rules and one's own answer does not tell another's; small groups see fewer single answers.",
    ),
    Protection.OPEN: (
        "Open",
        "For small groups that trust each other: more columns are seen, also when everybody answered the same.",
    ),
}
ATTRIBUTIONS = {
    Attribution.ALLIANCE: (
        "The alliance only",
        "Ballots name no organisation: people answer most freely, but organisations cannot be compared or weighed.",
    ),
    Attribution.OWN: (
        "Each organisation sees its own",
        "An organisation of five or more answers can learn from its own result; no screen shows it to anybody else. "
        "Whoever runs the server can read it.",
    ),
    Attribution.VISIBLE: (
        "Organisations are visible to all",
        "Differences can be talked about openly; people of small organisations may hold back.",
    ),
}
BREAKDOWNS = {
    Breakdown.NONE: ("None", "Results of the whole alliance only: most of them can be shown."),
    Breakdown.ORGANISATIONS: (
        "Organisations",
        "Large organisations are shown beside each other; small ones stay hidden.",
    ),
    Breakdown.ROLES: (
        "Roles",
        "Shows whether those who lead see it like those who take part, where enough of each answer.",
    ),
    Breakdown.CHAPTERS: (
        "Chapters",
        "Shows places beside each other, where three organisations or more answer in each.",
    ),
}
LENSES = {
    Lens.PEOPLE: ("Every person counts the same", "Large organisations weigh more, as they have more people."),
    Lens.ORGANISATIONS: (
        "Every organisation counts the same",
        "Small organisations weigh as much; averages are less sure.",
    ),
}
THRESHOLD = "A group is shown only with at least this many answers. Higher protects more and shows less; never below 5."
LANGUAGES = "People choose among these on the first page."
PHASE = "Where the work stands, as a reminder when results are read: going deep, winning a decision, negotiating."
ENDS = (
    "Told on the first page. The round seals itself seven days after, so that answers are not kept for ever; "
    "without a last day half a year after it opened."
)
SEALING = (
    "Sealing closes the round for good. All sent answers are counted, what may be known is published, and every single "
    "answer and every code is destroyed. Answers that were begun but not sent are lost. Nobody can undo this."
)
OPENING = "From then on its questions, its rules and who is asked are fixed: they are a promise to those who answer."
DESTROYING = "Every answer is destroyed at once and there will be no results. Nobody can undo this."
CODES = "Codes are shown once, on a sheet to print: we keep no copy. Nothing tells which code gave which answer."
