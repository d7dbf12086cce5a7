"""Errors that are meant for people: they say where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TendError(Exception):
    """Carry one sentence (or a few) that a person can act on; never a traceback to them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it is, what is wrong, how to mend it."""

    file: str
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.what}. {self.mend}"


class FaultyFile(TendError):
    """Report every fault of a file, or of several that belong together, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
