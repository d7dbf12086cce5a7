"""A ballot as its owner meets it, and all that can stand in its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessment.collect.validation import Answers, unpack
from assessment.errors import TendError
from assessment.questionnaire.values import Questionnaire, Section


class CodeRefused(TendError):
    """Say the same about a used, an unknown and a foreign code."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("This code does not work. Check that all 26 letters and digits are as on your note.")


class NoBallot(TendError):
    """Say that a key opens no ballot: withdrawn, or its round was sealed."""

    def __init__(self) -> None:
        super().__init__("There are no answers of yours here any more.")


class Closed(TendError):
    """Say that a round takes no answers any more."""

    def __init__(self) -> None:
        super().__init__("This round is closed.")


class NothingAnswered(TendError):
    """Say that a ballot without a single answer cannot be sent."""

    def __init__(self) -> None:
        super().__init__("Answer at least one question before you send.")


class NothingLeft(TendError):
    """Say that the last answer of a sent ballot cannot be cleared: it would still count as somebody who answered."""

    def __init__(self) -> None:
        super().__init__(
            "Your answers are sent, and this would leave none. Keep at least one, or withdraw them: "
            "the link is at the end of the page on which you look over your answers."
        )


class Stale(TendError):
    """Say that a section was changed elsewhere since its page was made; carry what is stored now."""

    def __init__(self, stored: Answers, revision: int) -> None:
        super().__init__("Your answers to this part were changed on another screen.")
        self.stored = stored
        self.revision = revision


class Ballot(NamedTuple):
    """Somebody's own ballot. `revisions`: a number a section, 0 for one that was never saved."""

    round_id: str
    organisation_id: str | None
    only_total: bool
    sent: bool
    revisions: bytes
    answers: bytes
    texts: Mapping[str, Any]

    def of(self, questionnaire: Questionnaire, section: Section) -> Answers:
        """Return the answers to one section."""
        return unpack(questionnaire, section, self.answers, self.texts)

    def revision(self, questionnaire: Questionnaire, section: Section) -> int:
        """Return how often a section was saved."""
        return self.revisions[questionnaire.sections.index(section)]

    def next_section(self, questionnaire: Questionnaire) -> Section | None:
        """Return the first section that was never saved, None when all were."""
        return next((s for s, saved in zip(questionnaire.sections, self.revisions, strict=True) if not saved), None)


@dataclass(frozen=True, slots=True)
class Joining:
    """What a person chose on the first page; `organisation_id` None: none, or the one that the code carries."""

    organisation_id: str | None = None
    only_total: bool = False


class AnotherRound(TendError):
    """Say that a page asked the questions of another round than the ballot's."""

    def __init__(self) -> None:
        super().__init__("These questions belong to another round.")
