"""Ask whether any pinned package has a known hole: `python -m tests.known_holes`, a part of `start.py test`.

pip-audit asks the package index. Where none answers, nothing is known and nothing fails: that is said. A hole for which
there is a mended version fails, unless `known-holes.toml` says why it does not reach us, and until when that holds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REVIEWED = ROOT / "known-holes.toml"
PATIENCE = 120
"""Seconds that the index has for all answers."""
SILENT = "No index answered: nothing is known about holes in what is pinned. Ask again with a network."


class Hole(NamedTuple):
    """A known hole in a pinned package; `mended` are the versions without it, none where there is no mend yet."""

    package: str
    version: str
    id: str
    mended: tuple[str, ...]


def main() -> int:
    """Print what is known and return 1 where something is to be done."""
    answer = ask(ROOT / "requirements.lock")
    if not answer:
        print(SILENT)
        return 0
    found = holes(answer)
    due = [hole for hole in found if hole.mended and not reviewed(hole, _reviews(), date.today())]
    for hole in found:
        mend = f"mended in {', '.join(hole.mended)}" if hole.mended else "no mend yet"
        print(f"{hole.package} {hole.version}: {hole.id}, {mend}{'' if hole in due else ' (nothing to do now)'}")
    print(f"{len(answer)} packages asked about, {len(found)} known holes, {len(due)} to mend.")
    return 1 if due else 0


def ask(lock: Path) -> list[Mapping[str, Any]]:
    """Return what pip-audit heard of each package that an index knows; nothing where none answered."""
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "--timeout", "15"]
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), *options]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE).stdout
        listed = json.loads(said)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        return []
    return [package for package in listed if "skip_reason" not in package]


def holes(answer: Sequence[Mapping[str, Any]]) -> list[Hole]:
    """Read the holes out of an answer, by package."""
    return [
        Hole(package["name"], package["version"], hole["id"], tuple(hole["fix_versions"]))
        for package in sorted(answer, key=lambda package: str(package["name"]))
        for hole in package["vulns"]
    ]


def reviewed(hole: Hole, reviews: Mapping[str, Mapping[str, Any]], today: date) -> bool:
    """Tell whether somebody wrote down why a hole does not reach us, with a date that has not passed."""
    review = reviews.get(hole.id)
    return review is not None and bool(review["why"]) and review["until"] >= today


def _reviews() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(REVIEWED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
