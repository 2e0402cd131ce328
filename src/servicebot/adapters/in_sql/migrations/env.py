"""What alembic runs, in the transaction of whoever called it: the revisions that are missing."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
