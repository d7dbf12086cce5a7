"""doctor finds what is wrong and says it in plain words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from assessment import clock
from assessment.alliance import sign_in
from assessment.commands.checks import examine
from assessment.settings import ROOT, load_settings
from assessment.storage import sqlite
from assessment.storage.audit import note
from assessment.storage.engine import Store, make_engine, migrate, open_store
from tests.commands.conftest import Tend


def test_a_sound_instance_is_well(tend: Tend, alliance: str) -> None:
    status, out, err = tend("doctor")
    assert (status, err) == (0, "")
    assert out.endswith("Everything is well.\n")
    for subject in ("questions of core", "database", "database settings", "writing", "clock", "alliance"):
        assert f"well   {subject}: " in out


def test_an_empty_instance_is_well_and_says_how_to_begin(tend: Tend, store: Store) -> None:
    status, out, _ = tend("doctor")
    assert status == 0
    assert "note   alliance: none yet. Begin with: python -m assessment setup-link" in out


def test_a_database_that_is_away_is_told_once(say: Tend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'gone.db'}")
    status, out, _ = say("doctor")
    assert status == 1
    assert out.count("WRONG") == 2  # the finding, and the last line that counts
    assert "WRONG  database: The database cannot be reached" in out


def test_a_database_that_was_never_prepared_is_told(tend: Tend, store: Store) -> None:
    with store.write() as session:
        session.execute(text("DROP TABLE schema_version"))
    status, out, _ = tend("doctor")
    assert status == 1
    assert "Run: python -m assessment migrate" in out


def test_a_database_of_a_newer_version_is_told(tend: Tend, store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE schema_version SET version_num = '9999'"))
    status, out, _ = tend("doctor")
    assert status == 1
    assert "newer version" in out


def test_a_damaged_file_is_told(say: Tend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"This was a letter, not a database. " * 200)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    status, out, _ = say("doctor")
    assert status == 1
    assert "WRONG  database: The database is damaged." in out


def test_faults_in_the_questions_are_told(
    tend: Tend, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data" / "instruments", tmp_path / "own")
    english = tmp_path / "own" / "core" / "en.toml"
    english.write_text(english.read_text(encoding="utf-8").replace("direction =", "dirction ="), encoding="utf-8")
    monkeypatch.setenv("TEND_INSTRUMENTS", str(tmp_path / "own"))
    status, out, _ = tend("doctor")
    assert status == 1
    assert "Did you mean 'direction'?" in out


def test_a_folder_without_questions_is_told(
    tend: Tend, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEND_INSTRUMENTS", str(tmp_path))
    status, out, _ = tend("doctor")
    assert status == 1
    assert "holds no questionnaire" in out


def test_a_clock_behind_the_program_is_told(tend: Tend, store: Store) -> None:
    with clock.standing_at(datetime(2016, 1, 1, tzinfo=UTC)):
        status, out, _ = tend("doctor")
    assert status == 1
    assert "WRONG  clock: it is 2016-01-01 00:00 UTC here" in out


def test_acts_that_are_still_to_come_are_told(tend: Tend, store: Store) -> None:
    with clock.standing_at(datetime.now(UTC) + timedelta(days=400)), store.write() as session:
        note(session, None, "a test", "from the future")
    status, out, _ = tend("doctor")
    assert status == 1
    assert "still to come" in out


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk_is_told(sqlite_url: str, say: Tend, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(sqlite_url)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setattr("assessment.commands.checks.shutil.disk_usage", lambda _path: Usage(10**9, 10**9, 5_000_000))
    status, out, _ = say("doctor")
    assert status == 1
    assert "WRONG  disk: only 5 MB free beside the database" in out


def test_a_database_that_others_can_read_is_told(sqlite_url: str, say: Tend, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(sqlite_url)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    path = open_store(sqlite_url).path
    assert path
    path.chmod(0o644)
    assert "WRONG  permissions: every user of this machine can open" in say("doctor").out
    path.chmod(0o640)
    assert "note   permissions: a group of users of this machine can open" in say("doctor").out
    path.chmod(0o600)
    assert "well   permissions: only this user" in say("doctor").out


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://tend.example.org", "well   address: https://tend.example.org"),
        ("http://tend.example.org", "note   address: http://tend.example.org is not encrypted"),
        ("http://localhost:8501", "well   address: http://localhost:8501"),
    ],
)
def test_the_public_address_is_judged(
    tend: Tend, store: Store, monkeypatch: pytest.MonkeyPatch, address: str, found: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    assert found in tend("doctor").out


def test_the_passwords_of_a_database_address_are_not_printed(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(postgres_url)
    password = make_engine(postgres_url).url.password
    findings = examine(load_settings({"DATABASE_URL": postgres_url}))
    assert any("PostgreSQL" in finding.words for finding in findings)
    assert not password or not any(password in finding.words for finding in findings)


def test_a_forgotten_password_is_replaced(tend: Tend, alliance: str, store: Store) -> None:
    status, out, _ = tend("doctor", "--reset-password", alliance.upper())
    assert status == 0
    password = out.splitlines()[0].rsplit(": ", 1)[1]
    assert sign_in.find(store, sign_in.start(store, alliance, password))
    with pytest.raises(sign_in.WrongPassword):
        sign_in.start(store, alliance, "nine quiet rivers flow")


def test_a_stranger_s_password_cannot_be_reset(tend: Tend, alliance: str) -> None:
    status, out, err = tend("doctor", "--reset-password", "eve@kettle.invalid")
    assert (status, out) == (2, "")
    assert "No account has the e-mail address eve@kettle.invalid" in err


def test_a_database_that_somebody_holds_is_told(
    sqlite_url: str, say: Tend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    migrate(sqlite_url)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", 20)
    holder = sqlite3.connect(tmp_path / "tend.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    status, out, _ = say("doctor")
    holder.close()
    assert status == 1
    assert "WRONG  database: The database is busy." in out


@pytest.fixture
def reader_url(postgres_url: str) -> Iterator[str]:
    """A prepared PostgreSQL database through a user who may only read it."""
    migrate(postgres_url)
    engine = make_engine(postgres_url)
    url = engine.url.set(username=f"reader_{engine.url.database}", password="only-reading")

    def execute(*statements: str) -> None:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    execute(
        f"CREATE ROLE {url.username} LOGIN PASSWORD 'only-reading'",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {url.username}",
    )
    yield url.render_as_string(hide_password=False)
    execute(f"DROP OWNED BY {url.username}", f"DROP ROLE {url.username}")
    engine.dispose()


def test_a_database_that_can_only_be_read_is_told(reader_url: str, say: Tend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", reader_url)
    status, out, _ = say("doctor")
    open_store(reader_url).close()
    assert status == 1
    assert "WRONG  database: The database can be read but not written." in out


def test_a_refusal_that_nobody_foresaw_is_told(tend: Tend, store: Store) -> None:
    if store.is_sqlite:
        made = "CREATE TRIGGER no BEFORE UPDATE ON instance BEGIN SELECT RAISE(ABORT, 'not today'); END"
    else:
        made = """CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
                  CREATE TRIGGER no BEFORE UPDATE ON instance EXECUTE FUNCTION no()"""
    with store.write() as session:
        session.connection().exec_driver_sql(made)
    status, out, err = tend("doctor")
    assert (status, err) == (1, "")
    assert "WRONG  database: not today" in out
    status, out, err = tend("setup-link")
    assert (status, out) == (2, "")
    assert err.startswith("The database refused: not today")
