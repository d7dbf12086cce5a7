"""How many people: thresholds and the bands in which numbers of people are shown (rules R3, R9a, R12, R14)."""

from __future__ import annotations

from bisect import bisect_right

from assessment.disclosure.rules import FEWEST

BANDS = (("1-4", 1), ("5-9", 5), ("10-19", 10), ("20-49", 20), ("50-99", 50), ("100+", 100))
"""Each band with its lowest number; "1-4" exists for the arithmetic only, no threshold lets it be shown."""
STEP = 5
"""While a round is open the alliance's count moves in steps of this many."""
FEWEST_WRITERS = 5
SEVERAL = 20
"""From here on composites of groups, and both lenses, may stand beside the alliance (R2, R19)."""
MANY = 50
"""From here on groups may stand beside columns (R2), and a band may show its own spread (R17)."""
_LOWEST = dict(BANDS)


def enough(n: int, k: int) -> bool:
    """Tell whether a group may be shown at all (R3).

    >>> [enough(n, 5) for n in (4, 5, 6)]
    [False, True, True]
    """
    return n >= k


def nobody_or_enough(n: int, k: int) -> bool:
    """Tell whether people who can be computed by subtraction are none or enough (R5, R6)."""
    return n == 0 or n >= k


def band(n: int) -> str:
    """Return the band in which a number of people (at least 1) is shown.

    >>> [band(n) for n in (5, 9, 10, 19, 20, 49, 50, 99, 100, 12000)]
    ['5-9', '5-9', '10-19', '10-19', '20-49', '20-49', '50-99', '50-99', '100+', '100+']
    """
    lowest = [low for _, low in BANDS]
    return BANDS[bisect_right(lowest, n) - 1][0]


def lowest(shown: str) -> int:
    """Return the lowest number of a shown band; raise KeyError for a band that does not exist."""
    return _LOWEST[shown]


def own_spread(n: int) -> bool:
    """Tell whether the spread of n people's answers may be shown (R17).

    >>> [own_spread(n) for n in (49, 50, 51)]
    [False, True, True]
    """
    return n >= MANY


def progress(sent: int) -> int:
    """Return how many ballots of an open round may be told: whole steps of five (R12).

    >>> [progress(n) for n in (0, 4, 5, 9, 10)]
    [0, 0, 5, 5, 10]
    """
    return sent - sent % STEP


def heard(sent: int) -> bool:
    """Tell of one organisation in an open round only whether five or more have answered (R12)."""
    return sent >= FEWEST


def texts_shown(answered: int, wrote: int, k_text: int) -> bool:
    """Tell whether written answers of a round may be moderated and shown (R14)."""
    return answered >= k_text and wrote >= FEWEST_WRITERS
