"""Composites beside their questions: shown exactly only where the difference tells of nobody in particular (R18)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from assessment.disclosure.averages import Rounded
from assessment.disclosure.people import SEVERAL, nobody_or_enough
from assessment.disclosure.rules import Protection, Rules
from assessment.disclosure.values import Average
from assessment.questionnaire.measures import Measure

TENTH = 10


def parts_of(measure: Measure) -> tuple[str, ...]:
    """Return the measures that a composite averages: its cells, or its questions."""
    return measure.components or measure.questions


def fewest_partial(rules: Rules) -> int:
    """Return how many who answered some questions only may be told apart from those who answered all.

    k people, as for every group; 20 at the guarded level: the difference is no average that could be end-coded.
    """
    return rules.k if rules.protection is Protection.OPEN else max(rules.k, SEVERAL)


def unmasked(partial: Sequence[int], shown: Sequence[int], outside: int, k: int) -> tuple[int, ...]:
    """Return the shown groups of a composite whose questions are shown for the alliance only.

    Where the groups hold everybody, the alliance's questions minus the groups' composites leave those who answered some
    questions: groups with such people are held back if they number 1 to k-1 in all.
    """
    if outside or nobody_or_enough(sum(partial), k):
        return tuple(shown)
    return tuple(i for i in shown if partial[i] == 0)


def exact_groups(partial: Sequence[int], shown: Sequence[int], k: int) -> tuple[int, ...]:
    """Return the shown groups in which none or at least k people answered some but not all questions."""
    return tuple(i for i in shown if nobody_or_enough(partial[i], k))


def exact_alliance(partial: Sequence[int], exact: Sequence[int], k: int) -> bool:
    """Tell the same of everybody, and of everybody outside the groups that are shown exactly."""
    everybody = sum(partial)
    return nobody_or_enough(everybody, k) and nobody_or_enough(everybody - sum(partial[i] for i in exact), k)


def from_parts(parts: Sequence[Average | None], step: Fraction) -> Rounded | None:
    """Average the shown averages of a composite's questions (or of an axis' cells); None where one is not shown.

    With parts that are coded at one end the result is coded there too; at both ends nothing can be said.
    """
    shown = [part for part in parts if part is not None]
    coded = {part.bound for part in shown} - {"exact"}
    if not shown or len(shown) < len(parts) or len(coded) > 1:
        return None
    value = sum(Fraction(round(part.value * TENTH), TENTH) for part in shown) / len(shown) / step
    if "at_most" in coded:
        return Rounded(math.ceil(value) * step, step, "at_most")
    if "at_least" in coded:
        return Rounded(math.floor(value) * step, step, "at_least")
    return Rounded(math.floor(value + Fraction(1, 2)) * step, step, "exact")
