"""What published columns, a published average and a published alpha leave possible, by arithmetic alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessment.disclosure.values import Average, Column, PublishedRelease
from assessment.questionnaire.measures import Measure

ROUNDING = 1e-9


def possible_codes(columns: Sequence[Column], average: Average) -> tuple[int, ...]:
    """Return the answers that at least one person can have given, in some world with these columns and this average.

    A column's people may stand on any of its codes; the total must round to the shown average.

    >>> from assessment.disclosure.door import door
    >>> with door():
    ...     shown = [Column((1, 2), 3), Column((3,), 3), Column((4, 5), 3)]
    ...     possible_codes(shown, Average(2.6, 0.2, "exact", None, None, None))
    (1, 3, 4)
    """
    people = sum(column.people for column in columns)
    low = (average.value - average.step / 2) * people - ROUNDING
    high = (average.value + average.step / 2) * people + ROUNDING
    least = sum(min(column.codes) * column.people for column in columns)
    most = sum(max(column.codes) * column.people for column in columns)
    return tuple(
        code
        for column in columns
        if column.people
        for code in column.codes
        if least + code - min(column.codes) <= high and most + code - max(column.codes) >= low
    )


def unbacked(release: PublishedRelease, measures: Mapping[str, Measure]) -> Iterator[str | None]:
    """Tell of each dimension whose alpha is given, or said to be none, beside a question without columns (R16).

    None for a dimension of which nothing can be learnt.
    """
    for found in release.reliability:
        results = [release.result(question) for question in measures[found.dimension].questions]
        hidden = any(result is None or result.columns is None for result in results)
        yield f"{found.dimension} tells how a hidden question was answered" if found.why is None and hidden else None
