"""The command line: one module per command, loaded only when it is called.

A command module has two functions: `arguments(parser)` says what it takes, `run(args, settings)` does it
and returns the exit status. Whatever goes wrong is told in words on the error output, with status 2.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from sqlalchemy.exc import SQLAlchemyError

from assessment.errors import TendError
from assessment.settings import Settings, load_settings

FAILED = 2
INTERRUPTED = 130

COMMANDS = {
    "migrate": "prepare the database, or bring it up to this version",
    "setup-link": "print the one-time link with which an empty instance is set up",
    "demo": "fill an empty database with the sample alliance",
    "backup": "write the whole instance into one file, while it is in use",
    "restore": "put a backup in the place of what the database holds",
    "copy": "move the whole instance into another database: SQLite, PostgreSQL, either way",
    "doctor": "check settings, database, disk and clock; reset a forgotten password",
    "import-answers": "bring another tool's export into a round",
    "codes": "make codes for members of a round that is open",
    "seal": "close a round for good: answers become published results and are destroyed",
    "release": "write a sealed round's published results to the output",
    "audit": "run the attacker on a sealed round's published results",
    "bill": "print what this program is made of, with licences, as a CycloneDX bill of materials",
    "bench": "measure this machine: members, screens, seal or room",
}


class Command(Protocol):
    """What a module in this folder offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, args: argparse.Namespace, settings: Settings) -> int:
        """Do it and return the exit status; raise TendError with words for a person."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 something needs attention, 2 could not be done."""
    _encode_as_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser(words).parse_args(words)
        status = _load(args.command).run(args, load_settings())
        sys.stdout.flush()
    except TendError as error:
        print(error, file=sys.stderr)
        return FAILED
    except SQLAlchemyError as error:
        print(f"The database refused: {str(getattr(error, 'orig', error)).strip()}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        print("Stopped. Whatever was not finished was not kept.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"{error.filename or 'The system'}: {error.strerror or error}.", file=sys.stderr)
        return FAILED
    return status


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m assessment", description="Tend: how is our alliance doing?")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}.")
        if name in words:
            _load(name).arguments(command)
    return parser


def _load(name: str) -> Command:
    return cast(Command, importlib.import_module(f"assessment.commands.{name.replace('-', '_')}"))


def _encode_as_utf8() -> None:
    # Names are written in every script; a terminal's old code page must not stop a command half-way.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _nobody_reads() -> int:
    # What Python would still flush on leaving must not fail a second time.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    print("The output was closed before everything was written.", file=sys.stderr)
    return FAILED
