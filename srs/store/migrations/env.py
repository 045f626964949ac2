"""Run by Alembic: applies the steps on the connection that the store hands over, within its transaction."""

from alembic import context

from srs.store.version import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE, render_as_batch=True)
context.run_migrations()
