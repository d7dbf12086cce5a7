"""What `doctor` looks at. Every check says what it found, also when all is well; none changes what people entered."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assessment import clock
from assessment.commands import machine
from assessment.commands.findings import Finding, Health
from assessment.errors import TendError
from assessment.questionnaire.loading import instruments, load_questionnaire
from assessment.settings import ROOT, Settings
from assessment.storage import audit, schema, sqlite
from assessment.storage.engine import Store, open_store
from assessment.storage.tables import Account, Alliance, Audit, Instance, Release, Round

MEGABYTE = 1_000_000
TIGHT, TOO_TIGHT = 1_000 * MEGABYTE, 100 * MEGABYTE
"""Free room on the disk below which we warn, and below which a busy round could fail."""
DRIFT = timedelta(minutes=5)
FUTURE = timedelta(hours=1)


Check = Callable[[], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; a check that cannot be made is itself a finding.

    What needs the database is looked at only where it answers: one that is away is told once.
    """
    store = open_store(settings.database_url)
    found = _made(lambda: _address(settings), lambda: _instruments(settings.instruments))
    database = _made(lambda: _database(store))
    found += [*database, *_made(lambda: _disk(store.path), lambda: _privacy(store.path), _own_clock)]
    found += _made(lambda: machine.place(store.path), machine.open_files)
    if all(finding.health is not Health.WRONG for finding in database):
        found += _made(lambda: _writing(store), lambda: _stored_clock(store), lambda: _people(store))
    return found


def _made(*checks: Check) -> list[Finding]:
    found: list[Finding] = []
    for check in checks:
        try:
            found.extend(check())
        except TendError as error:
            found.append(Finding("database", Health.WRONG, str(error)))
        except SQLAlchemyError as error:
            found.append(Finding("database", Health.WRONG, str(getattr(error, "orig", error)).strip()))
        except OSError as error:
            found.append(Finding(str(error.filename or "system"), Health.WRONG, str(error.strerror or error)))
    return found


def _address(settings: Settings) -> Iterator[Finding]:
    if settings.public_url is None:
        words = "PUBLIC_URL is not set. Fine on one machine; behind a proxy links and QR codes need it."
        yield Finding("address", Health.NOTE, words)
    elif not settings.secure and urlsplit(settings.public_url).hostname not in {"127.0.0.1", "localhost"}:
        words = f"{settings.public_url} is not encrypted: whoever shares the network can read answers. Use https."
        yield Finding("address", Health.NOTE, words)
    else:
        yield Finding("address", Health.WELL, settings.public_url)


def _instruments(root: Path) -> Iterator[Finding]:
    found = instruments(root)
    if not found:
        yield Finding("questions", Health.WRONG, f"{root} holds no questionnaire. Set TEND_INSTRUMENTS to its folder.")
    for name, folder in found.items():
        try:
            questionnaire = load_questionnaire(folder)
        except TendError as error:
            yield Finding(f"questions of {name}", Health.WRONG, str(error))
            continue
        words = f"{len(questionnaire.questions)} questions in {', '.join(sorted(questionnaire.texts))}"
        yield Finding(f"questions of {name}", Health.WELL, words)


def _database(store: Store) -> Iterator[Finding]:
    store.check()
    where = str(store.path) if store.path else store.engine.url.render_as_string(hide_password=True)
    yield Finding("database", Health.WELL, f"{where}, schema {schema.head()}")
    if store.is_sqlite:
        sqlite.check_integrity(store.engine)
        mode, _ = sqlite.journal()
        words = f"SQLite {sqlite3.sqlite_version} with journal {mode}; every page is sound, every setting is kept"
        yield Finding("database settings", Health.WELL, words)
    else:
        with store.read() as session:
            version = session.scalar(text("SHOW server_version"))
        yield Finding("database settings", Health.WELL, f"PostgreSQL {version}")


def _writing(store: Store) -> Iterator[Finding]:
    with store.write() as session:
        # Writes a page and changes nothing.
        session.execute(update(Instance).values(sample=Instance.sample))
    yield Finding("writing", Health.WELL, "a test write was kept")


def _disk(path: Path | None) -> Iterator[Finding]:
    if path is None:
        yield Finding("disk", Health.NOTE, "is the PostgreSQL server's; look there")
        return
    free = shutil.disk_usage(path.parent).free
    words = f"{free / MEGABYTE:,.0f} MB free beside the database"
    if free < TOO_TIGHT:
        yield Finding("disk", Health.WRONG, f"only {words}. Make room: sealing needs a second copy of the database")
    else:
        yield Finding("disk", Health.NOTE if free < TIGHT else Health.WELL, words)


def _privacy(path: Path | None) -> Iterator[Finding]:
    if path is None or sys.platform == "win32" or not path.exists():
        return
    mode = path.stat().st_mode
    if mode & 0o077:
        who, health = ("every user", Health.WRONG) if mode & 0o007 else ("a group of users", Health.NOTE)
        words = f"{who} of this machine can open the database. Run: chmod 600 {path}"
        yield Finding("permissions", health, words)
    else:
        yield Finding("permissions", Health.WELL, "only this user can read the database")


def _own_clock() -> Iterator[Finding]:
    made = datetime.fromtimestamp((ROOT / "assessment" / "clock.py").stat().st_mtime, UTC)
    if clock.now() < made - FUTURE:
        words = f"it is {clock.now():%Y-%m-%d %H:%M} UTC here, before this program was installed. Set the clock."
        yield Finding("clock", Health.WRONG, words)
    else:
        yield Finding("clock", Health.WELL, f"{clock.now():%Y-%m-%d %H:%M} UTC")


def _stored_clock(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        latest, wrong = _latest(session), audit.clock_fault(session)
        server = None if store.is_sqlite else session.scalar(select(func.now()))
    if latest and latest > clock.now() + FUTURE:
        words = f"the database holds acts of {latest:%Y-%m-%d %H:%M} UTC, which is still to come. Set the clock."
        yield Finding("clock", Health.WRONG, words)
    if wrong:
        yield Finding("clock", Health.WRONG, str(wrong))
    if server and abs(server - clock.now()) > DRIFT:
        words = f"the database server's clock says {server:%Y-%m-%d %H:%M}. Let both machines follow one time server."
        yield Finding("clock", Health.WRONG, words)


def _people(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        alliances = session.scalar(select(func.count()).select_from(Alliance)) or 0
        accounts = session.scalar(select(func.count()).select_from(Account)) or 0
    if not alliances:
        yield Finding("alliance", Health.NOTE, "none yet. Begin with: python -m assessment setup-link")
    elif not accounts:
        yield Finding("alliance", Health.WRONG, "nobody can sign in. Restore the last backup.")
    else:
        yield Finding("alliance", Health.WELL, f"set up; accounts that may sign in: {accounts}")


def _latest(session: Session) -> datetime | None:
    columns = (Alliance.created_at, Round.created_at, Round.opened_at, Release.sealed_at, Audit.at)
    found = [session.scalar(select(func.max(column))) for column in columns]
    return max((moment for moment in found if moment), default=None)
