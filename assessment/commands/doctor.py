"""`doctor`: check settings, database, disk and clock in plain words; reset a forgotten password."""

from __future__ import annotations

import argparse

from assessment import clock
from assessment.alliance import new_password
from assessment.commands.addresses import add_base, base
from assessment.commands.checks import examine
from assessment.commands.findings import Finding, Health
from assessment.settings import Settings
from assessment.storage import audit
from assessment.storage.engine import open_store

UNWELL = 1
MARKS = {Health.WELL: "well ", Health.NOTE: "note ", Health.WRONG: "WRONG"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the e-mail address of who is locked out."""
    add_base(parser)
    parser.add_argument(
        "--clock-is-right", action="store_true", help="let the clock decide again what cannot be undone"
    )
    parser.add_argument("--reset-password", metavar="EMAIL", help="give this account a new password and print it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print every finding and return 1 where something is wrong; or reset one password."""
    if args.reset_password:
        return _reset(args.reset_password, settings, base(args, settings))
    if args.clock_is_right:
        return _confirm_clock(settings)
    findings = examine(settings)
    for finding in findings:
        print(_line(finding))
    wrong = sum(finding.health is Health.WRONG for finding in findings)
    print("\nEverything is well." if not wrong else f"\n{wrong} to mend: see the lines that begin with WRONG.")
    return UNWELL if wrong else 0


def _reset(email: str, settings: Settings, address: str) -> int:
    made = new_password.reset(open_store(settings.database_url), email)
    print(f"The new password of {email} is: {made.password}")
    print(f"It is taken here, whatever others try on this account: {address}/sign-in/{made.browser}")
    print("Everybody who was signed in with this account is signed out.")
    return 0


def _confirm_clock(settings: Settings) -> int:
    with open_store(settings.database_url).write() as session:
        audit.confirm_clock(session)
    print(f"It is {clock.now():%d %B %Y, %H:%M} UTC. Rounds open, seal and are tidied up by this clock again.")
    return 0


def _line(finding: Finding) -> str:
    words = finding.words.replace("\n", "\n         ")
    return f"{MARKS[finding.health]}  {finding.subject}: {words}"
