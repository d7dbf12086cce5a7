"""Sealed releases as plain data and back: the one way, besides sealing, to a published value."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

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
    return _read(dict(plain), _ADAPTER.validate_python)


def header(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a stored release keeps as its header, of what `to_json` wrote."""
    return {key: plain[key] for key in HEADER}


def from_rows(
    rules: Mapping[str, Any], header: Mapping[str, Any], shown: Iterable[tuple[str, str]]
) -> PublishedRelease:
    """Read a release from its stored rules, its header, and (group, JSON text) of every result.

    Results come in the order of the header's groups; those of one group keep theirs. The text is parsed once, straight
    into published values: ten thousand results of a large alliance are what a screen waits for.
    """
    order = {group["key"]: i for i, group in enumerate(header.get("groups", ()))}
    ordered = sorted(shown, key=lambda row: order.get(row[0], len(order)))
    start = json.dumps({"rules": dict(rules), **header})
    return _read(f'{start[:-1]}, "results": [{",".join(text for _, text in ordered)}]}}', _ADAPTER.validate_json)


def narrowed(release: PublishedRelease, kept: Container[str]) -> PublishedRelease:
    """Return a release as it is for whoever may see some of its groups only: those whose key is in `kept`."""
    with door():
        return replace(
            release,
            groups=tuple(group for group in release.groups if group.key in kept),
            results=tuple(result for result in release.results if result.group in kept),
        )


def without_reliability(release: PublishedRelease) -> PublishedRelease:
    """Return a release without what is for coordinators only (R16)."""
    with door():
        return replace(release, reliability=())


T = TypeVar("T")


def _read(stored: T, validate: Callable[[T], PublishedRelease]) -> PublishedRelease:
    try:
        with door():
            return validate(stored)
    except ValidationError as faulty:
        first = faulty.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableRelease(f"This release cannot be read: {where}: {first['msg']}.") from faulty
