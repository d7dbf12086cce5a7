"""Rows as a Markdown table that reads well in a terminal too."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.frame import Aim, Row

TITLES = ("work", "size", "median", "lowest – highest", "limit, same run", "times the limit", "aim")
LEFT = 2
"""So many columns hold words; the others hold numbers and stand to the right."""


def rendered(rows: Sequence[Row]) -> str:
    """Return the table; nothing but its head where there are no rows."""
    cells = [TITLES, *map(_cells, rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(TITLES))]
    rule = ["-" * width if i < LEFT else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join(_line(line, widths) for line in (cells[0], rule, *cells[1:]))


def figure(value: float, unit: str) -> str:
    """Write a value with three digits that count, and its unit.

    >>> figure(0.00061, "ms"), figure(15.26, "ms"), figure(5312.7, "saves/s"), figure(0, "")
    ('0.00061 ms', '15.3 ms', '5,313 saves/s', '0')
    """
    if abs(value) >= 100:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.3g}" if abs(value) >= 1e-4 or value == 0 else f"{value:.1e}"
    return f"{text} {unit}".strip()


def told(row: Row) -> str:
    """Return a row in one line, for whoever watches."""
    return f"{', '.join(filter(None, (row.work, row.size)))}: {figure(row.median, row.unit)}"


def _cells(row: Row) -> tuple[str, ...]:
    spread = f"{figure(min(row.values), '')} – {figure(max(row.values), '')}" if len(row.values) > 1 else ""
    limit = f"{row.limit.name}: {figure(row.limit.value, row.unit)}" if row.limit else ""
    ratio = row.times_the_limit
    times = f"{figure(ratio, '')} ×" if ratio is not None else ""
    return row.work, row.size, figure(row.median, row.unit), spread, limit, times, _aim(row.aim, row)


def _aim(aim: Aim | None, row: Row) -> str:
    if aim is None:
        return ""
    sign, met = "≥" if aim.more_is_better else "≤", "met" if aim.met(row.median) else "MISSED"
    return f"{sign} {figure(aim.value, row.unit)}: {met}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (c.ljust(w) if i < LEFT else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True)))
    return f"| {' | '.join(padded)} |"
