"""Alembic's entry: run the migrations on the connection that `schema.migrate` opened."""

from __future__ import annotations

from alembic import context

from assessment.storage.schema import VERSION_TABLE
from assessment.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
