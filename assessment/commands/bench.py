"""`bench NAME`: measure this machine and print a table of medians; `benchmarks/frame.py` says how one is written."""

from __future__ import annotations

import argparse
import importlib
import sys
from types import ModuleType

from assessment.errors import TendError
from assessment.settings import ROOT, Settings

NAMES = ("members", "screens", "seal", "room")
FOLDER = ROOT / "benchmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the benchmark's name, and how much of it."""
    parser.add_argument("name", choices=NAMES, help="what to measure")
    parser.add_argument(
        "--people", type=int, nargs="+", default=[], metavar="N", help="sizes instead of the usual ones"
    )
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="repetitions that a median is taken of (5)")
    parser.add_argument("--large", action="store_true", help="the largest sizes too; takes longer than four minutes")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the machine and the table; every benchmark makes databases of its own and touches nobody's."""
    module, frame = _module(args.name), _module("frame")
    table, machine = _module("table"), _module("machine")
    scale = frame.Scale(tuple(args.people), max(args.runs, 1), args.large)
    on = machine.describe()
    rows = []
    for row in module.measure(scale):
        rows.append(row)
        print(table.told(row), file=sys.stderr, flush=True)
    print(f"{str(module.__doc__).splitlines()[0]}\n\nMeasured on {on}.\n\n{table.rendered(rows)}")
    return 0


def _module(name: str) -> ModuleType:
    """Load a module of the checkout's `benchmarks`; raise TendError where it is not there."""
    if not (FOLDER / f"{name}.py").is_file():
        raise TendError(f"There is no {FOLDER.name}/{name}.py here. Benchmarks run in a complete checkout of Tend.")
    return importlib.import_module(f"{FOLDER.name}.{name}")
