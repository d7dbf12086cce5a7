"""`bill`: print what this program is made of, with versions, hashes and licences, as a CycloneDX bill of materials."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assessment.errors import TendError
from assessment.settings import ROOT, Settings
from assessment.slides import fonts

LOCK = ROOT / "requirements.lock"
FORM = "1.6"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")
_CLASSIFIED = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Part:
    """One package as locked: SHA-256 of every file that may be installed; `licence` None where it is not installed."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str | None
    index: str = "pypi"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: the lock and this environment say it all."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the bill of everything that runs; packages for other systems are in it without their licence."""
    print(json.dumps(bill([*parts(LOCK), typeface()]), indent=1, ensure_ascii=False))
    return 0


def parts(lock: Path) -> list[Part]:
    """Read a lock; raise TendError where there is none."""
    try:
        text = lock.read_text(encoding="utf-8")
    except OSError as error:
        raise TendError(f"There is no {lock.name} here. The bill is made in a complete checkout of Tend.") from error
    return list(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    for entry in re.split(r"\n(?=\S)", text):
        pinned = _PINNED.match(entry)
        if pinned:
            name = pinned["name"]
            yield Part(name, pinned["version"], tuple(sorted(_HASH.findall(entry))), licence(name))


def typeface() -> Part:
    """Return the fonts that lie in the repository, with the SHA-256 of each file."""
    files = sorted(fonts.TYPEFACE.glob("*.woff2"))
    digests = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return Part("@fontsource-variable/source-serif-4", fonts.VERSION, digests, "OFL-1.1", "npm")


def licence(package: str) -> str | None:
    """Return the licence that an installed package states, best form first; None where it is not installed."""
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None
    classified = [c.removeprefix(_CLASSIFIED) for c in about.get_all("Classifier") or () if c.startswith(_CLASSIFIED)]
    expressed, named = (next(iter(about.get_all(field) or ()), "") for field in ("License-Expression", "License"))
    return expressed or " AND ".join(classified) or named.strip().partition("\n")[0] or "not stated"


def bill(listed: list[Part]) -> dict[str, Any]:
    """Return the bill as plain JSON values."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": FORM,
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "tend"}},
        "components": [_component(part) for part in sorted(listed, key=lambda part: part.name)],
    }


def _component(part: Part) -> dict[str, Any]:
    address = f"pkg:{part.index}/{quote(part.name.lower().replace('_', '-'))}@{part.version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
        "properties": [{"name": "tend:sha256", "value": digest} for digest in part.hashes],
    }
    if part.licence:
        component["licenses"] = [{"license": {"name": part.licence}}]
    return component
