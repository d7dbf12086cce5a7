"""Kill migrations of databases of every released schema: a schema is old or new, and every row is there."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from alembic import command
from sqlalchemy import Boolean, MetaData, create_engine, inspect, select

from assessment.storage import schema
from assessment.storage.engine import Store, make_engine, migrate
from assessment.storage.tables import Base
from tests.postgres import PostgresServer
from tests.survival.hall import Faults
from tests.survival.killer import Killer, Outcome, check_soundness
from tests.survival.processes import Nursery

RELEASED = Path(__file__).resolve().parents[1] / "storage" / "released"
Make = Callable[[str], str]
"""Makes a database of a released schema, with rows in every table, and returns its address."""


def kill_the_migrating(nursery: Nursery, make: Make, what: str, kills: int, seed: int) -> Outcome:
    """Kill migrations to the present schema, and finish them afterwards."""
    chance, outcome = random.Random(seed), Outcome(f"migrating, {what}", kept="rows")
    killer, old = Killer(nursery, outcome, chance), old_schemas()
    before: dict[str, Look] = {}
    while killer.done < kills:
        version = chance.choice(old)
        url = make(version)
        was = before[version] = before.get(version) or look(url)
        killer.kill(migrate, url)
        outcome.faults += Faults(half=look(url).columns not in (was.columns, columns_of_head()))
        migrate(url)
        now = look(url)
        outcome.acknowledged += sum(was.rows.values())
        outcome.faults += Faults(lost=sum(abs(now.rows[name] - count) for name, count in was.rows.items()))
        store = Store(url)
        store.check()
        check_soundness(store)
        store.close()
    return outcome


class Look(NamedTuple):
    """The columns of every table and how many rows it holds."""

    columns: dict[str, set[str]]
    rows: dict[str, int]


def look(url: str) -> Look:
    """Look at a database as it is."""
    engine = make_engine(url)
    with engine.connect() as connection:
        seen = {name or "": found for (_, name), found in inspect(connection).get_multi_columns().items()}
        columns = {name: {column["name"] for column in found} for name, found in seen.items()}
        rows = {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in columns}
    engine.dispose()
    return Look(columns, rows)


def columns_of_head() -> dict[str, set[str]]:
    """Return the columns of every table of the present schema."""
    own = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    return {**own, schema.VERSION_TABLE: {"version_num"}}


def old_schemas() -> list[str]:
    """Return the versions of released schemas that are not the present one."""
    return sorted(path.stem for path in RELEASED.glob("*.db") if path.stem != schema.head())


def sqlite_makers(folder: Path) -> Make:
    """Return what copies released files."""

    def make(version: str) -> str:
        copy = folder / f"{len(list(folder.iterdir()))}.db"
        shutil.copy(RELEASED / f"{version}.db", copy)
        return f"sqlite:///{copy}"

    return make


def postgres_makers(server: PostgresServer) -> Make:
    """Return what copies databases that were filled from the released files."""
    templates: dict[str, str] = {}

    def make(version: str) -> str:
        if version not in templates:
            templates[version] = server.create()
            fill(templates[version], version)
        return server.create(template=templates[version])

    return make


def fill(url: str, version: str) -> None:
    """Bring an empty PostgreSQL database to a released schema and put the released file's rows into it."""
    engine, source = make_engine(url), create_engine(f"sqlite:///{RELEASED / version}.db")
    config = schema._config()
    with engine.begin() as target, source.connect() as released:
        config.attributes["connection"] = target
        command.upgrade(config, version)
        from_, to = MetaData(), MetaData()
        from_.reflect(released)
        to.reflect(target)
        for table in reversed(to.sorted_tables):
            target.execute(table.delete())
        for table in to.sorted_tables:
            truths = [column.name for column in table.columns if isinstance(column.type, Boolean)]
            rows = [dict(row) for row in released.execute(select(from_.tables[table.name])).mappings()]
            made = [{**row, **{name: bool(row[name]) for name in truths}} for row in rows]
            if made:
                target.execute(table.insert(), made)
    engine.dispose()
    source.dispose()
