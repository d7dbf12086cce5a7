"""The kinds of columns that tables are made of: words of a fixed set, moments, random ids."""

from __future__ import annotations

import enum
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, Enum, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A UTC moment; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _words(of: type[enum.StrEnum]) -> Enum:
    return Enum(of, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])


class Role(enum.StrEnum):
    """What a signed-in person may do (architecture, "Who sees what")."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    VIEWER = "viewer"
    READER = "reader"


class State(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    SEALED = "sealed"


class TextState(enum.StrEnum):
    """Moderation of a written answer: nobody but moderators sees it before it is shown."""

    WAITING = "waiting"
    SHOWN = "shown"
    COUNTED = "counted"


class Outcome(enum.StrEnum):
    """How something that an alliance fought for came out."""

    WON = "won"
    PARTIAL = "partial"
    BRIEF = "brief"
    REVERSED = "reversed"


class Lasting(enum.StrEnum):
    """How lasting a win is, as those who keep the log judge it."""

    LASTS = "lasts"
    UNSURE = "unsure"
    FRAGILE = "fragile"


class Post(enum.StrEnum):
    """Whether leaders who grew are paid for it."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"


class Promise(enum.StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: Moment(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        Role: _words(Role),
        State: _words(State),
        Attribution: _words(Attribution),
        Breakdown: _words(Breakdown),
        Lens: _words(Lens),
        Protection: _words(Protection),
        TextState: _words(TextState),
        Outcome: _words(Outcome),
        Lasting: _words(Lasting),
        Post: _words(Post),
        Promise: _words(Promise),
    }


Id = String(24)


def new_id() -> str:
    """Return a random id that may stand in an address: 80 bits as 20 hexadecimal digits."""
    return secrets.token_hex(10)


def insert_into(connection: Connection) -> Any:
    """Return the `insert` of this database's own dialect, which can say what to do where a row is there already."""
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
