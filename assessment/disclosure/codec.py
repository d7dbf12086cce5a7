"""Sealed releases as plain data and back: the one way, besides sealing, to a published value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessment.disclosure.door import door
from assessment.disclosure.values import PublishedRelease
from assessment.errors import TendError

_ADAPTER = TypeAdapter(PublishedRelease)
HEADER = ("facts", "groups", "reliability", "judgement", "gaps")
"""What a stored release keeps in its header, beside its rules and its results."""


class UnreadableRelease(TendError):
    """Say that stored results do not have the form of a release."""


def to_json(release: PublishedRelease) -> dict[str, Any]:
    """Return a release as plain JSON values; the form is described in data/README.md under "Release JSON"."""
    plain: dict[str, Any] = _ADAPTER.dump_python(release, mode="json")
    return plain


def read_release(plain: Mapping[str, Any]) -> PublishedRelease:
    """Read what `to_json` wrote, exactly; raise UnreadableRelease for anything else."""
    try:
        with door():
            return _ADAPTER.validate_python(dict(plain))
    except ValidationError as faulty:
        first = faulty.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableRelease(f"This release cannot be read: {where}: {first['msg']}.") from faulty


def header(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a stored release keeps as its header, of what `to_json` wrote."""
    return {key: plain[key] for key in HEADER}


def from_rows(
    rules: Mapping[str, Any], header: Mapping[str, Any], shown: Iterable[Mapping[str, Any]]
) -> PublishedRelease:
    """Read a release from its stored rules, its header and one row per result, in any order."""
    results = [dict(row) for row in shown]
    order = {group["key"]: i for i, group in enumerate(header.get("groups", ()))}
    results.sort(key=lambda row: order.get(row["group"], len(order)))
    return read_release({"rules": dict(rules), **header, "results": results})
