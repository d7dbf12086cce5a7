"""PostgreSQL as the promises need it: tables of secrets without a trace of who came when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, text

_SECRETS = (("code", "code_hash"), ("ballot", "key_hash"))
_PATIENCE = "SET LOCAL lock_timeout = '10s'"
LOCKED_FOR = "15s"
"""How long a step waits for what another one holds, as long as on SQLite; then it is told that the database is busy."""
NETWORK: Mapping[str, int] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
"""A server that was cut off is given up after 20 seconds: without this every thread would wait for it for hours."""
_HOURLY = 0x54656E64
"""The number by which processes of Tend know that one of them does what happens by itself."""


def prepare(engine: Engine) -> None:
    """Let no connection wait for a lock for ever: people wait behind it. Migrations do, and never come in between."""

    def be_patient(raw: Any, _: object) -> None:
        with raw.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCKED_FOR}'")
        raw.commit()  # else it would end with the first transaction that is undone

    event.listen(engine, "connect", be_patient)


@contextmanager
def one_process(engine: Engine) -> Iterator[bool]:
    """Tell whether this process alone may do what happens by itself; until leaving, all others are told that not.

    Several that sealed the same rounds would wait for each other, and give up together.
    """
    with engine.begin() as connection:
        yield bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:ours)"), {"ours": _HOURLY}))


def purge(engine: Engine) -> None:
    """Rewrite the rows of open rounds in the order of their random keys, and drop what was deleted.

    A row remembers the transaction that wrote it, and a code's shares it with the ballot that it began: after one
    rewriting transaction all rows remember the same. `ballot` is locked before `code`, as in members' requests: no two
    can wait for each other.
    """
    with engine.begin() as connection:
        connection.exec_driver_sql(_PATIENCE)
        connection.exec_driver_sql("LOCK TABLE ballot, code IN ACCESS EXCLUSIVE MODE")
        for table, key in _SECRETS:
            connection.exec_driver_sql(f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM {table}")  # noqa: S608
            connection.exec_driver_sql(f"TRUNCATE {table}")
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept ORDER BY {key}")  # noqa: S608
            connection.exec_driver_sql("DROP TABLE kept")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("code", "ballot", "ballot_box", "text", "round", "phone", "poll_vote"):
            connection.exec_driver_sql(f"VACUUM FULL {table}")
