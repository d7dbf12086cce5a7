"""Single published values in words."""

from __future__ import annotations

from assessment.disclosure.values import Average, Withheld
from assessment.questionnaire.values import Questionnaire, Texts
from assessment.statistics.settings import JUDGEMENT, Judgement

FEW_FOR_PER_CENT = 30
"""Below this many answers people are counted, not put in per cents (charts 2.0)."""

REASONS = {
    Withheld.FEW: "not shown: fewer than {k} answers",
    Withheld.PROTECTED: "not shown, to protect a small group",
    Withheld.ORGANISATIONS: "not shown: too few organisations answered",
    Withheld.COLUMNS: "single answers not shown: too few people, or too alike",
    Withheld.NOT_ASKED: "not asked in this round",
    Withheld.NOT_STORED: "not known: ballots of this round name no organisation",
    Withheld.ALLIANCE_ONLY: "shown for the whole alliance only",
}
EXPLANATIONS = {
    Withheld.FEW: "Fewer than {k} people answered. Shown, one of them could be found out.",
    Withheld.PROTECTED: "Shown beside everything else, somebody could compute what a small group said.",
    Withheld.ORGANISATIONS: "Fewer than three organisations were heard, or one gave more than half of the answers.",
    Withheld.COLUMNS: "With few answers, or with nearly everybody answering alike, single answers could be traced.",
    Withheld.NOT_ASKED: "This round did not ask it.",
    Withheld.NOT_STORED: "Ballots of this round name no organisation, so there is one voice a person only.",
    Withheld.ALLIANCE_ONLY: "Single answers and the second voice are shown for the whole alliance only.",
}


def reason(why: Withheld, k: int) -> str:
    """Return the short note that stands in the place of a withheld value."""
    return REASONS[why].format(k=k)


def explanation(why: Withheld, k: int) -> str:
    """Return one sentence on why a value is withheld."""
    return EXPLANATIONS[why].format(k=k)


def number(value: float) -> str:
    """Return an average with its one decimal."""
    return f"{value:.1f}"


def score(average: Average) -> str:
    """Return a shown average as it is written: "3.4", "at least 4.6", "at most 1.4"."""
    lead = {"exact": "", "at_least": "at least ", "at_most": "at most "}[average.bound]
    return lead + number(average.value)


def interval(average: Average, points: int) -> tuple[float, float] | None:
    """Return where the average of everybody invited likely lies; None where nothing may be said.

    One point where everyone answered; up to the end of the scale where the end is coded.
    """
    if average.bound == "at_least":
        return average.value, float(points)
    if average.bound == "at_most":
        return 1.0, average.value
    if average.band90 is None and average.spread is not None:
        return average.value, average.value
    return average.band90


def band_word(average: Average, points: int, judged: Judgement = JUDGEMENT) -> str | None:
    """Return "strong", "mixed" or "weak" where the whole 90 % interval lies inside one band, else None.

    Cut at 4 and 3 on five points, carried to other scales (statistics 1.1).
    """
    ends = interval(average, points)
    if ends is None:
        return None
    weak, strong = (judged.place(cut, points) for cut in (judged.weak_below, judged.strong_from))
    if ends[0] >= strong:
        return "strong"
    if ends[1] < weak:
        return "weak"
    return "mixed" if ends[0] >= weak and ends[1] < strong else None


def texts_for(questionnaire: Questionnaire, language: str) -> Texts:
    """Return the texts of a language, else those of the questionnaire's first."""
    return questionnaire.texts.get(language) or next(iter(questionnaire.texts.values()))


def in_sentence(name: str, texts: Texts) -> str:
    """Return a title as it stands inside an English sentence; other languages keep their capitals."""
    return name[:1].lower() + name[1:] if texts.language == "en" else name


def listed(names: list[str]) -> str:
    """Join names as people do.

    >>> listed(["trust"]), listed(["trust", "wins", "power"])
    ('trust', 'trust, wins and power')
    """
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "person", "people"), counted(1200, "answer")
    ('1 person', '1,200 answers')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share_of(people: int, total: int) -> str:
    """Return a part of a group as people write it: counts below 30, whole per cents with 30 and more.

    >>> share_of(6, 9), share_of(47, 142)
    ('6 of 9', '33%')
    """
    return f"{people} of {total}" if total < FEW_FOR_PER_CENT else f"{round(100 * people / total)}%"
